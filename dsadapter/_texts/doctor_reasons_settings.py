"""Why each check of settings and network is there: what breaks, and what mends it."""

from __future__ import annotations

from typing import Dict

from .text import Text, untranslated
from .topic import Reason

REASONS: Dict[str, Reason] = {
    "settings-env-trust": Reason(
        Text("A .env file must not say whom to trust.", "信任谁不能由 .env 决定。"),
        Text("Set the variable in the environment.", "请在环境变量里设置。"),
    ),
    "settings-base-url": Reason(
        Text(
            "A malformed base URL ends in 404 or in a connection error.",
            "base URL 写错会得到 404 或连接错误。",
        ),
        Text("Write https://api.deepseek.com", "请写 https://api.deepseek.com"),
    ),
    "settings-base-spellings": Reason(
        Text(
            "Two spellings with different URLs: which one counts depends on the SDK.",
            "两种写法的 URL 不同：用哪个取决于 SDK。",
        ),
        Text("Keep one of the variables.", "请只保留一个变量。"),
    ),
    "settings-api-base": Reason(
        Text(
            "openai 1.0 and newer does not read OPENAI_API_BASE: the key goes to OpenAI.",
            "openai 1.0 起不读 OPENAI_API_BASE：key 会发往 OpenAI。",
        ),
        Text("Name the variable OPENAI_BASE_URL.", "请改用变量名 OPENAI_BASE_URL。"),
    ),
    "settings-azure": Reason(
        Text(
            "OPENAI_API_TYPE=azure without an endpoint of Azure changes what an SDK used by itself "
            "sends.",
            "只有 OPENAI_API_TYPE=azure 而没有 Azure 的地址，会改变直接使用的 SDK 发出的请求。",
        ),
        Text(
            "Unset it, or set AZURE_OPENAI_ENDPOINT if Azure is meant.",
            "请取消它；确实要用 Azure 时，请设置 AZURE_OPENAI_ENDPOINT。",
        ),
    ),
    "settings-vendor-headers": Reason(
        Text(
            "Organization and project of OpenAI are sent to every host.",
            "OpenAI 的组织和项目会发往任何主机。",
        ),
        Text(
            "Unset OPENAI_ORG_ID and OPENAI_PROJECT_ID.",
            "请取消 OPENAI_ORG_ID 和 OPENAI_PROJECT_ID。",
        ),
    ),
    "settings-key-path": Reason(
        Text(
            "openai 0.x prefers the file in OPENAI_API_KEY_PATH to the key.",
            "openai 0.x 优先用 OPENAI_API_KEY_PATH 指的文件。",
        ),
        Text("Unset OPENAI_API_KEY_PATH.", "请取消 OPENAI_API_KEY_PATH。"),
    ),
    "settings-own": Reason(
        Text("A value that is not known has no effect.", "无法识别的值不起作用。"),
        Text("Write one of the values that the finding lists.", "请写提示列出的值。"),
    ),
    "settings-key": Reason(
        Text("Without a key the server answers 401.", "没有 key，服务器返回 401。"),
        Text("Write DEEPSEEK_API_KEY=sk-... into .env", "请在 .env 里写 DEEPSEEK_API_KEY=sk-..."),
    ),
    "settings-key-shape": Reason(
        Text(
            "A key with blanks, line breaks or non-ASCII characters cannot be sent.",
            "含空格、换行或非 ASCII 字符的 key 发不出去。",
        ),
        Text("Copy the key alone.", "请只复制 key 本身。"),
    ),
    "settings-key-vendor": Reason(
        Text(
            "A key of another vendor is refused, and was shown to a stranger.",
            "别家的 key 会被拒绝，而且已泄露给外人。",
        ),
        Text("Use the key of the host that is called.", "请用所调用主机的 key。"),
    ),
    "settings-key-sources": Reason(
        Text(
            "Different keys in different places: which one counts is chance.",
            "各处的 key 不同：用哪个难以预料。",
        ),
        Text("Keep one place.", "请只保留一处。"),
    ),
    "settings-key-names": Reason(
        Text("A mistyped variable is not read by anybody.", "写错的变量名没有程序会读。"),
        Text("Write DEEPSEEK_API_KEY.", "请写 DEEPSEEK_API_KEY。"),
    ),
    "settings-env-file": Reason(
        Text("A .env that cannot be read sets nothing.", "读不了的 .env 不起作用。"),
        Text("Mend the line that the finding names.", "请改正提示的那一行。"),
    ),
    "settings-env-encoding": Reason(
        Text(
            "python-dotenv fails on a .env that is not UTF-8.",
            ".env 不是 UTF-8 时 python-dotenv 会出错。",
        ),
        Text("Save it as UTF-8.", "请另存为 UTF-8。"),
    ),
    "settings-env-name": Reason(
        Text(
            "A file named env or .env.txt is not read.", "名为 env 或 .env.txt 的文件不会被读取。"
        ),
        Text("Rename the file to .env", "请改名为 .env"),
    ),
    "network-proxy-url": Reason(
        Text(
            "A malformed proxy variable stops every client.", "代理变量写错，所有客户端都无法工作。"
        ),
        Text("Write http://host:port", "请写 http://主机:端口"),
    ),
    "network-socks": Reason(
        Text(
            "A SOCKS proxy needs a package that is not installed.", "SOCKS 代理需要的包没有安装。"
        ),
        untranslated('pip install "httpx[socks]"'),
    ),
    "network-proxy-alive": Reason(
        Text("A proxy that does not run refuses every request.", "没有运行的代理会拒绝所有请求。"),
        Text("Start the proxy, or unset the variables.", "请启动代理，或取消变量。"),
    ),
    "network-no-proxy": Reason(
        Text("httpx cannot read some spellings of NO_PROXY.", "NO_PROXY 的某些写法 httpx 读不懂。"),
        Text("Write plain addresses: ::1", "请写纯地址：::1"),
    ),
    "network-async-proxy": Reason(
        Text("aiohttp ignores the proxy variables unless told.", "aiohttp 默认不读代理变量。"),
        Text("Set trust_env=True, or use httpx.", "请设置 trust_env=True，或改用 httpx。"),
    ),
    "network-ca-files": Reason(
        Text("A certificate file that is not there stops TLS.", "证书文件不存在，TLS 就无法建立。"),
        Text("Correct the variable, or unset it.", "请改正或取消变量。"),
    ),
    "network-ca-split": Reason(
        Text(
            "The HTTP libraries read different variables for your CA.",
            "各 HTTP 库读取证书的变量不同。",
        ),
        Text(
            "Set SSL_CERT_FILE and REQUESTS_CA_BUNDLE.",
            "请同时设置 SSL_CERT_FILE 和 REQUESTS_CA_BUNDLE。",
        ),
    ),
    "network-trust-store": Reason(
        Text(
            "Without root certificates no server can be verified.", "没有根证书就无法验证服务器。"
        ),
        untranslated("pip install --upgrade certifi"),
    ),
    "network-netrc": Reason(
        Text(
            "requests sends the password of .netrc in place of the key.",
            "requests 会用 .netrc 的密码顶替 key。",
        ),
        Text("Take the host out of .netrc.", "请从 .netrc 去掉该主机。"),
    ),
    "network-client": Reason(
        Text(
            "A client that cannot be made makes every call fail.",
            "客户端构造不出来，所有调用都会失败。",
        ),
        Text("Look at the error that the check shows.", "请看检查给出的错误。"),
    ),
    "online-dns": Reason(
        Text("Without an address there is no connection.", "解析不出地址就无法连接。"),
        Text("Check network and base URL.", "请检查网络和 base URL。"),
    ),
    "online-tcp": Reason(
        Text("A firewall or proxy stands between.", "中间有防火墙或代理。"),
        Text("Check the proxy variables.", "请检查代理变量。"),
    ),
    "online-tls": Reason(
        Text(
            "The certificate is not trusted, or somebody inspects TLS.",
            "证书不被信任，或有人在检查 TLS。",
        ),
        Text(
            "Name your company's certificate in SSL_CERT_FILE.",
            "请在 SSL_CERT_FILE 里指定公司的证书。",
        ),
    ),
    "online-models": Reason(
        Text("The server does not accept the key.", "服务器不接受 key。"),
        Text("Make a new key.", "请新建 key。"),
    ),
    "online-balance": Reason(
        Text("With an empty account every call ends in 402.", "余额为零时所有调用都返回 402。"),
        Text("Top up.", "请充值。"),
    ),
    "online-model-names": Reason(
        Text(
            "Names that the server does not list are refused.", "服务器没有列出的模型名会被拒绝。"
        ),
        untranslated("python -m dsadapter models"),
    ),
}
