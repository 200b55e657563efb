"""Texts of proxies, certificates, addresses and lost connections (sdk-matrix 8, 10)."""

from __future__ import annotations

from typing import Tuple

from ..row import LIKELY, OTHERS, OURS, POSSIBLE, Row

_NO_SCHEME = r"missing an 'http://' or 'https://' protocol"
_STALLED = r"Read timed out|ReadTimeout|APITimeoutError|Request timed out|TimeoutError|timed out"
_CONNECTING = (
    r"ConnectTimeout|connect timeout=|\[Errno (?:110|60)\]|WinError 10060"
    r"|handshake operation timed out|handshake timed out|ConnectionTimeoutError"
    r"|[Cc]onnection(?: to \S+)? timed out|Connection timeout to host"
)

_CONNECTED = (
    r"\A(?![\s\S]*(?:connecttimeout|connect timeout=|handshake|connection timed out|"
    r"connection timeout to|errno (?:110|60)\]|winerror 10060))"
)

ROWS: Tuple[Row, ...] = (
    Row(
        "net-proxy-auth",
        r"407 Proxy Authentication Required|(?:Tunnel connection failed|ProxyError): 407"
        r"|Proxy Authentication Required",
    ),
    Row("net-proxy-forbidden", r"Tunnel connection failed: 403|ProxyError: 403"),
    Row(
        "net-certificate-date",
        r"certificate has expired|certificate is not yet valid",
    ),
    Row(
        "net-certificate-host",
        r"Hostname mismatch, certificate is not valid for|IP address mismatch, certificate is not"
        r"|hostname '[^']+' doesn't match|no alternative certificate subject name matches",
    ),
    Row(
        "net-ssl-eof",
        r"UNEXPECTED_EOF_WHILE_READING|EOF occurred in violation of protocol|SSLZeroReturnError",
        ("python -m dsadapter doctor online --online",),
        LIKELY,
    ),
    Row(
        "net-socks",
        r"the 'socksio' package is not installed|Missing dependencies for SOCKS support",
        ('pip install "httpx[socks]" "requests[socks]"',),
        checks=("network-socks",),
    ),
    Row(
        "net-proxy-scheme",
        r"Unknown scheme for proxy URL",
        checks=("network-proxy-url", "network-socks"),
    ),
    Row("net-no-proxy", r"Invalid port: ':", checks=("network-no-proxy",), sure=LIKELY),
    Row(
        "net-proxy-port",
        r"Invalid port: '|is not a valid host or port|LocationParseError|label empty or too long",
        checks=("network-proxy-url", "settings-base-url"),
        sure=LIKELY,
    ),
    Row(
        "net-proxy-https",
        r"Your proxy appears to only use HTTP and not HTTPS|WRONG_VERSION_NUMBER",
        sure=LIKELY,
        checks=("network-proxy-url",),
    ),
    Row(
        "net-proxy-old-urllib3",
        r"Cannot connect to proxy\.', (?:FileNotFoundError\(2|OSError\(0)",
        ('pip install --upgrade "urllib3>=1.26.6" requests',),
        sure=LIKELY,
        checks=("network-proxy-url",),
    ),
    Row(
        "net-proxy-dead",
        r"(?:ProxyError|Cannot connect to proxy|Unable to connect to proxy)(?![^\n]*(?:40[37]"
        r"|only use HTTP|Tunnel connection failed|FileNotFoundError\(2|OSError\(0))",
        checks=("network-proxy-alive",),
        sure=LIKELY,
    ),
    Row(
        "net-ca-bundle",
        r"Could not find a suitable TLS CA certificate bundle, invalid path",
        checks=("network-ca-files",),
    ),
    Row(
        "net-ca-file",
        r"load_verify_locations(?:[^\n]*\n){1,6}?FileNotFoundError|NO_CERTIFICATE_OR_CRL_FOUND",
        checks=("network-ca-files",),
    ),
    Row(
        "net-certificate",
        r"CERTIFICATE_VERIFY_FAILED(?![^\n]*(?:expired|not yet valid|[Mm]ismatch|not valid for))"
        r"|self[- ]signed certificate"
        r"|SSL certificate problem(?![^\n]*(?:expired|not yet valid|mismatch))",
        checks=("network-trust-store", "network-ca-split"),
        general=True,
    ),
    Row(
        "net-keylog",
        r"(?:SSLKEYLOGFILE|keylog_filename)(?:[^\n]*\n){1,6}?FileNotFoundError|FileNotFoundError[^\n]*keylog",
        checks=("network-ca-files",),
    ),
    Row(
        "net-url-scheme",
        rf"{_NO_SCHEME}|No connection adapters were found for|No scheme supplied",
        checks=("settings-base-url",),
        needs=r"\bopenai\b|deepseek|dsadapter|chat/?\.?completions",
        vendor=OURS,
    ),
    Row(
        "net-url-own",
        r"Invalid URL '(?P<url>[^'\n]*)': No scheme supplied"
        r"|No connection adapters were found for [\x22']*(?P<name>[^\x22'\n:/]+(?::\d+)?"
        r"(?:/[^\x22'\n]*)?)[\x22']",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "net-url-unnamed",
        rf"{_NO_SCHEME}|No connection adapters were found for",
        sure=LIKELY,
        general=True,
    ),
    Row(
        "net-url-break",
        r"Invalid non-printable ASCII character in URL",
        checks=("settings-base-url",),
    ),
    Row(
        "net-slash",
        r"//chat/completions",
        sure=POSSIBLE,
        when="<1",
        checks=("settings-base-url",),
    ),
    Row(
        "net-no-slash",
        r"/v1chat/completions",
        when=">=1.0",
    ),
    Row(
        "net-dns",
        r"Name or service not known|getaddrinfo failed|Temporary failure in name resolution"
        r"|nodename nor servname|NameResolutionError|Failed to resolve|Could not resolve host",
        ("python -m dsadapter doctor online --online",),
        checks=("settings-base-url",),
        sure=LIKELY,
    ),
    Row(
        "net-refused",
        r"Connection refused|actively refused|WinError 10061|All connection attempts failed"
        r"|\[Errno (?:111|61)\]|Failed to connect to \S+ port \d+[^\n]*: Could(?:n't| not) connect",
        ("python -m dsadapter doctor network settings",),
        sure=LIKELY,
        checks=("network-proxy-alive", "settings-base-url"),
    ),
    Row(
        "net-cut",
        r"incomplete chunked read|Response ended prematurely|ChunkedEncodingError"
        r"|ClientPayloadError|peer closed connection|IncompleteRead|unexpected EOF",
        sure=LIKELY,
    ),
    Row(
        "net-connect-failed",
        r"Cannot connect to host \S+ ssl:[^\n]*|Connect call failed",
        ("python -m dsadapter doctor network",),
        sure=LIKELY,
        general=True,
    ),
    Row(
        "net-connect-timeout",
        _CONNECTING,
        ("python -m dsadapter doctor network",),
        sure=LIKELY,
        checks=("network-proxy-alive",),
        general=True,
    ),
    Row(
        "net-stalled",
        _STALLED,
        sure=LIKELY,
        needs=_CONNECTED,
        vendor=OURS,
        general=True,
    ),
    Row(
        "net-stalled-elsewhere",
        _STALLED,
        sure=LIKELY,
        needs=_CONNECTED,
        vendor=OTHERS,
        general=True,
    ),
    Row(
        "net-reset",
        r"Connection reset by peer|Connection aborted|RemoteDisconnected"
        r"|Server disconnected\b"
        r"|WinError 10054|WinError 10053|ECONNRESET|Connection aborted by",
        ("python -m dsadapter doctor online --online",),
        sure=LIKELY,
    ),
    Row(
        "net-connection",
        r"APIConnectionError|Error communicating with OpenAI|Connection error\.",
        ("python -m dsadapter doctor network online --online",),
        sure=POSSIBLE,
        checks=(
            "network-proxy-alive",
            "network-proxy-url",
            "network-ca-files",
            "settings-base-url",
            "settings-key-shape",
        ),
        general=True,
    ),
    Row(
        "net-unreachable",
        r"Network is unreachable|No route to host|WinError 10051|WinError 10065"
        r"|\[Errno (?:101|113|51|65)\]",
        ("python -m dsadapter doctor network online --online",),
        LIKELY,
        checks=("network-proxy-alive",),
    ),
    Row("net-blocked", r"WinError 10013", sure=LIKELY),
    Row("net-pool", r"\bPoolTimeout\b|QueuePool is full|Connection pool is full", sure=LIKELY),
    Row(
        "net-tls-version",
        r"ALERT_PROTOCOL_VERSION|ALERT_HANDSHAKE_FAILURE|UNSUPPORTED_PROTOCOL|DH_KEY_TOO_SMALL"
        r"|NO_PROTOCOLS_AVAILABLE|UNSAFE_LEGACY_RENEGOTIATION_DISABLED|EE_KEY_TOO_SMALL",
        sure=LIKELY,
    ),
    Row(
        "net-redirects",
        r"TooManyRedirects|Exceeded \d+ redirects|Exceeded maximum allowed redirects",
        sure=LIKELY,
        checks=("settings-base-url",),
    ),
)
