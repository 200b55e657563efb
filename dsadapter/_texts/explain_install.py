"""Texts of pip, of shells that do not find it, and of compiled packages that cannot be loaded."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

_RUNTIME = Text(
    "Install https://aka.ms/vs/17/release/vc_redist.x64.exe; then install the package again with "
    "pip install --force-reinstall.",
    "请安装 https://aka.ms/vs/17/release/vc_redist.x64.exe，再用 pip install --force-reinstall 重装"
    "这个包。",
)

EXPLANATIONS: Dict[str, Explanation] = {
    "pip-managed": Explanation(
        Text(
            "This Python belongs to the operating system, which forbids pip to install into it.",
            "这个 Python 归操作系统管理，不允许用 pip 往里装包。",
        ),
        Text(
            "Make an environment and install there: .venv/bin/pip install ...",
            "请新建虚拟环境，装到里面：.venv/bin/pip install ...",
        ),
    ),
    "pip-conflict": Explanation(
        Text(
            "No set of versions meets all demands: two of the packages ask for different versions "
            "of a third. The lines above name them.",
            "没有一组版本能同时满足所有要求：有两个包对第三个包的版本要求不同，上面几行写着是哪"
            "些。",
        ),
        Text(
            "Loosen one of the pins that the lines name, or use an environment for each.",
            "请放宽其中一个版本限制，或各用各的虚拟环境。",
        ),
    ),
    "pip-conflict-after": Explanation(
        Text(
            "pip installed what was asked for, and another installed package does not accept one "
            "of the versions. The lines below name both.",
            "pip 已装好所要求的包，但另一个已装的包不接受其中某个版本；下面几行写着是哪两个。",
        ),
        Text(
            "Install that package again together with the new one. All such conflicts:",
            "请把那个包和新装的包放在一条命令里重装。查看全部冲突：",
        ),
    ),
    "pip-python": Explanation(
        Text(
            "The package, or its newer versions, does not support this version of Python.",
            "这个包（或它的新版）不支持当前的 Python 版本。",
        ),
        Text(
            "Use a Python that it supports, or an older version of the package.",
            "请换用它支持的 Python，或装它的旧版。",
        ),
    ),
    "pip-no-match": Explanation(
        Text(
            "The index offers no such package for this Python: the name or version is mistyped, "
            "the version does not support this Python or platform, or the index (a mirror) lacks "
            "it or was not reached.",
            "软件源里没有适合这个 Python 的包：名字或版本写错、该版本不支持这个 Python 或平台，或"
            "镜像源里没有、没连上。",
        ),
        Text(
            "Compare the name and the versions listed in the line with https://pypi.org/",
            "请对照 https://pypi.org/ 核对名字和版本。",
        ),
    ),
    "pip-compiler": Explanation(
        Text(
            "There is no ready-made package for this Python and platform, and building it needs "
            "a compiler that is not installed.",
            "这个 Python 和平台没有现成的安装包，而编译它需要的编译器没有安装。",
        ),
        Text(
            "Use a Python that has one (mostly a version or two older), or install the compiler.",
            "请换用有现成包的 Python（多半低一两个版本），或安装编译器。",
        ),
    ),
    "pip-wheel": Explanation(
        Text(
            "The package had to be built from source, and that failed. The cause stands further "
            "up in pip's output.",
            "这个包需要从源码构建，而构建失败了。原因在 pip 输出的更上面。",
        ),
        Text(
            "Try a newer version of it, or a Python that has ready-made packages: pip install "
            "--only-binary :all: NAME says whether there are any.",
            "请试它的新版，或换用有现成包的 Python：pip install --only-binary :all: 包名 "
            "可以看出有没有。",
        ),
    ),
    "pip-hashes": Explanation(
        Text(
            "A downloaded file is not the one whose hash the requirements file names, or a line "
            "has no hash.",
            "下载到的文件与 requirements 里写的哈希不一致，或有一行没写哈希。",
        ),
        Text(
            "Make the file anew (pip-compile --generate-hashes); with a mirror, clear the cache: "
            "pip cache purge",
            "请重新生成该文件（pip-compile --generate-hashes）；用镜像时先清缓存：pip cache purge",
        ),
    ),
    "pip-permission": Explanation(
        Text(
            "pip may not write into that folder: it is the system's, or a running program holds "
            "the file open.",
            "pip 没有权限写那个目录：它属于系统，或文件正被运行中的程序占用。",
        ),
        Text(
            "Close programs that use this Python; better, use an environment of your own:",
            "请关闭正在使用这个 Python 的程序；更好的办法是新建虚拟环境：",
        ),
    ),
    "pip-locked": Explanation(
        Text("Another program holds the file open.", "文件正被另一个程序占用。"),
        Text("Close it and try again.", "请关闭那个程序再试。"),
    ),
    "pip-disk": Explanation(
        Text("The disk is full.", "磁盘已满。"),
        Text("Make room, for instance: pip cache purge", "请腾出空间，例如：pip cache purge"),
    ),
    "env-no-ssl": Explanation(
        Text(
            "This Python was built without the module ssl: it can open no https:// address, and "
            "pip reaches no index.",
            "这个 Python 编译时没有 ssl 模块：打不开任何 https:// 地址，pip 也连不上软件源。",
        ),
        Text(
            "Install OpenSSL's headers (Debian: libssl-dev, Fedora: openssl-devel) and build "
            "Python again, or use another Python (the system's, uv's); conda on Windows: activate "
            "its environment first.",
            "请安装 OpenSSL 的头文件（Debian：libssl-dev，Fedora：openssl-devel）后重新编译 "
            "Python，或换一个 Python（系统自带的、uv 的）；Windows 上的 conda 请先激活环境。",
        ),
    ),
    "pip-certificate": Explanation(
        Text(
            "pip does not trust the certificate of the package index: mostly a company proxy that "
            "inspects TLS, or a wrong clock.",
            "pip 不信任软件源的证书：多半是公司代理在检查 TLS，或系统时间不对。",
        ),
        Text(
            "Name the company's certificate: pip config set global.cert FILE",
            "请指定公司的证书：pip config set global.cert 文件",
        ),
    ),
    "pip-index": Explanation(
        Text(
            "pip does not reach the package index: no network, a proxy, or a slow route to it.",
            "pip 连不上软件源：没有网络、代理问题，或线路太慢。",
        ),
        Text(
            "Check the proxy variables, or use a mirror: pip install -i "
            "https://pypi.tuna.tsinghua.edu.cn/simple NAME",
            "请检查代理变量，或用镜像："
            "pip install -i https://pypi.tuna.tsinghua.edu.cn/simple 包名",
        ),
    ),
    "pip-missing": Explanation(
        Text("This Python has no pip.", "这个 Python 没有 pip。"),
        Text(
            "Install it (Debian, Ubuntu: sudo apt install python3-pip python3-venv):",
            "请安装（Debian、Ubuntu：sudo apt install python3-pip python3-venv）：",
        ),
    ),
    "pip-requirement": Explanation(
        Text("pip cannot read this requirement: {name}", "pip 读不懂这个依赖写法：{name}"),
        Text(
            'Write name and version together, in quotes: "openai>=1.55.3"',
            '请把名字和版本连着写并加引号："openai>=1.55.3"',
        ),
    ),
    "pip-file": Explanation(
        Text(
            "The requirements file is not in the folder in which pip was started.",
            "运行 pip 的目录里没有这个 requirements 文件。",
        ),
        Text("Change into its folder, or write its path.", "请先进入它所在的目录，或写全路径。"),
    ),
    "env-dll-python": Explanation(
        Text(
            "Windows could not load {name}, a compiled part of Python itself: a library that it "
            "needs is not on PATH (a conda environment that is not activated), or another "
            "program's is found first.",
            "Windows 无法加载 Python 自身编译的部分 {name}：它需要的库不在 PATH 上（conda 环境没有"
            "激活），或先找到了别的程序的库。",
        ),
        Text(
            "Activate the environment (conda activate NAME); else install Python again.",
            "请激活环境（conda activate 名字）；否则重装 Python。",
        ),
    ),
    "env-dll-unnamed": Explanation(
        Text(
            "Windows could not load a compiled part of a package: the Visual C++ runtime is "
            "missing, or the package is for another Python.",
            "Windows 无法加载包里编译过的部分：缺少 Visual C++ 运行库，或这个包属于另一个 Python。",
        ),
        _RUNTIME,
    ),
    "env-dll": Explanation(
        Text(
            "Windows could not load a compiled part of a package ({name}): the Visual C++ runtime "
            "is missing, or the package is for another Python.",
            "Windows 无法加载包里编译过的部分（{name}）：缺少 Visual C++ 运行库，或这个包属于另一"
            "个 "
            "Python。",
        ),
        _RUNTIME,
    ),
    "env-glibc": Explanation(
        Text(
            "The compiled package needs a newer system library ({name}) than this Linux has.",
            "编译过的包需要比这个 Linux 更新的系统库（{name}）。",
        ),
        Text(
            "Use a newer system or container image, or install an older version of the package.",
            "请换用更新的系统或镜像，或装这个包的旧版。",
        ),
    ),
    "env-architecture": Explanation(
        Text(
            "A compiled package is for another processor or system than this Python (it has "
            "{have}, {need} is needed): mostly copied from another machine.",
            "编译过的包属于另一种处理器或系统（现有 {have}，需要 {need}）：多半是从别的机"
            "器拷来的。",
        ),
        Text(
            "Make the environment anew on this machine; for Apple silicon with a native Python.",
            "请在本机新建虚拟环境；Apple 芯片要用原生的 Python。",
        ),
    ),
    "env-stdlib-part": Explanation(
        Text(
            "This Python was built without {name}: a library was missing when it was compiled.",
            "这个 Python 编译时缺少系统库，所以没有 {name}。",
        ),
        Text(
            "Install the library (Debian: libffi-dev libssl-dev libsqlite3-dev) and build Python "
            "again, or use the system's.",
            "请安装系统库（Debian：libffi-dev libssl-dev libsqlite3-dev）后重新编译 Python，或用系"
            "统自带的。",
        ),
    ),
    "env-stdlib-gone": Explanation(
        Text(
            "Newer Pythons have no {name} any more, and a package still imports it.",
            "新版 Python 已没有 {name}，而某个包还在导入它。",
        ),
        Text(
            "Upgrade the package in the last frame; setuptools brings distutils and "
            "pkg_resources back:",
            "请升级最后一帧里的那个包；distutils 和 pkg_resources 可由 setuptools 补上：",
        ),
    ),
    "env-own-module": Explanation(
        Text(
            "Python finds no module {name}. That is mostly a file or folder of the project itself, "
            "not a package to install: the program was started from another folder.",
            "找不到模块 {name}。它多半是项目自己的文件或目录，而不是要安装的包：程序是从别的目录启"
            "动的。",
        ),
        Text(
            "Start it from the project's folder: python -m package.module. A package of that name "
            "on the index is a stranger's.",
            "请在项目根目录启动：python -m 包.模块。软件源里同名的包是别人的。",
        ),
    ),
    "env-relative": Explanation(
        Text(
            "A file of a package was started as a script, so `from .x import y` has no package.",
            "把包里的文件当脚本直接运行，所以 from .x import y 没有所属的包。",
        ),
        Text("Start it as: python -m package.module", "请这样启动：python -m 包.模块"),
    ),
    "env-h2": Explanation(
        Text(
            "The HTTP client was made with http2=True, and the package that speaks HTTP/2 is not "
            "installed.",
            "HTTP 客户端写了 http2=True，但没装支持 HTTP/2 的包。",
        ),
        Text("Install it, or leave http2 out.", "请安装，或去掉 http2。"),
    ),
    "pip-library": Explanation(
        Text(
            "The package is built from source here and needs a system library with its headers "
            "({name}), which is not installed.",
            "这个包要在本机编译，需要系统库及其头文件（{name}），而它没有安装。",
        ),
        Text(
            "Take a ready-made package where there is one (psycopg2-binary for psycopg2), or "
            "install "
            "the library: libpq-dev for pg_config, python3-dev for Python.h.",
            "有现成包就用现成包（psycopg2 换成 psycopg2-binary），或安装系统库：pg_config 属于 "
            "libpq-dev，Python.h 属于 python3-dev。",
        ),
    ),
    "pip-platform": Explanation(
        Text(
            "{name} was made for another Python version or platform than the pip that installs it.",
            "{name} 是给另一个 Python 版本或平台做的，与运行 pip 的不同。",
        ),
        Text(
            "Name the package, not a file, so that pip chooses. What fits here: pip debug "
            "--verbose",
            "请写包名而不是文件，让 pip 自己选。本机支持的标签：pip debug --verbose",
        ),
    ),
    "pip-long-path": Explanation(
        Text(
            "The path of a file is longer than the 260 characters that Windows allows by default.",
            "文件路径超过 Windows 默认允许的 260 个字符。",
        ),
        Text(
            "Enable long paths (Group Policy: Enable Win32 long paths), or make a virtual "
            "environment "
            "in a short folder such as C:\\v.",
            "请启用长路径（组策略：启用 Win32 长路径），或在 C:\\v 这样的短目录里建虚拟环境。",
        ),
    ),
    "pip-uninstall": Explanation(
        Text(
            "{name} was installed by the system or by distutils: pip does not know its files and "
            "cannot remove it.",
            "{name} 是系统或 distutils 装的：pip 不知道它有哪些文件，无法卸载。",
        ),
        Text(
            "Best in a virtual environment, which leaves the system's copy alone: python3 -m venv "
            ".venv. In an environment of your own:",
            "最好用虚拟环境，不动系统那一份：python3 -m venv .venv。在自己的环境里可以：",
        ),
    ),
    "pip-modify": Explanation(
        Text(
            "On Windows pip.exe cannot replace itself while it runs.",
            "在 Windows 上 pip.exe 运行时无法替换自己。",
        ),
        Text("Run the command that pip shows.", "请运行 pip 给出的那条命令。"),
    ),
    "pip-memory": Explanation(
        Text("pip ran out of memory.", "pip 内存不足。"),
        Text(
            "Without its cache it needs less:",
            "不用缓存时占用更少：",
        ),
    ),
    "env-shared-library": Explanation(
        Text(
            "A compiled package needs the system library {name}, which is not installed: the "
            "package "
            "or this Python was made on another system.",
            "编译好的包需要系统库 {name}，而它没有安装：这个包或 Python 是在别的系统上做的。",
        ),
        Text(
            "Install the package again on this machine: pip install --force-reinstall NAME; else "
            "the "
            "system package that has the library.",
            "请在本机重装这个包：pip install --force-reinstall 包名；或安装含该库的系统软件包。",
        ),
    ),
}
