"""The facts that checks judge. Plain data, no secrets: ``collect`` fills it in, tests write it.

Paths are as they are shown: the home folder is ``~``. Every default is what a healthy machine
has, so that a test names only what it is about.
"""

from __future__ import annotations

from typing import Dict, FrozenSet, Mapping, Optional, Tuple

from .._named_tuple import NamedTuple
from .data.package_names import import_name as _import_name
from .findings import Finding

ENVIRONMENT = "env"  # the source of a variable that the shell set


class Tool(NamedTuple):
    """A program on PATH. ``here``: it belongs to this interpreter; None where that is unknown."""

    path: str = ""
    here: Optional[bool] = None


class Python(NamedTuple):
    """The interpreter and its environment."""

    version: str = "3.12.9"
    implementation: str = "CPython"
    executable: str = "~/app/.venv/bin/python"
    kind: str = "venv"  # venv, conda, system
    managed: bool = False  # the system forbids pip to touch it (PEP 668)
    active_venv: str = ""  # an activated environment that is not this one
    unused_venv: str = ""  # an environment of this folder that is not this one
    python: Tool = Tool("~/app/.venv/bin/python", True)
    pip: Tool = Tool("~/app/.venv/bin/pip", True)
    uv: str = ""
    has_pip: bool = True
    windows: bool = False
    foreign_paths: Tuple[str, ...] = ()  # folders of another Python version on sys.path
    stdout: str = "utf-8"
    openssl: str = "OpenSSL 3.0.15"
    openssl_number: Tuple[int, ...] = (3, 0, 15)
    today: str = "2026-11-22"

    def is_at_least(self, *numbers: int) -> bool:
        """Whether the version is this one or newer."""
        return tuple(int(part) for part in self.version.split(".")[:2]) >= numbers


class Requires(NamedTuple):
    """One requirement of an installed distribution, if its marker applies here."""

    name: str
    specifier: str = ""


# Where a distribution lies, and with it how it is installed again.
SITE, USER, TARGET, SYSTEM = "site", "user", "target", "system"


class Dist(NamedTuple):
    """One ``.dist-info`` (or ``.egg-info``) folder. ``name`` is normalised."""

    name: str
    version: str
    folder: str = "~/app/.venv/lib/python3.12/site-packages"
    requires: Tuple[Requires, ...] = ()
    requires_python: str = ""
    fault: str = ""  # no-metadata
    local: bool = False  # installed from a folder or a URL, no index has it
    place: str = SITE  # USER: --user, TARGET: --target or PYTHONPATH, SYSTEM: the distribution's
    installer: str = "pip"
    info: str = ""  # the folder's own name
    recorded: bool = True  # its files are listed, with their hashes


class Damage(NamedTuple):
    """Files that are not as the RECORD of their distribution lists them."""

    missing: Tuple[str, ...] = ()
    cut: Tuple[str, ...] = ()  # shorter than they were, or empty
    changed: Tuple[str, ...] = ()  # otherwise: somebody edited them
    binary: str = ""  # a compiled part for another Python

    def files(self) -> Tuple[str, ...]:
        """All of them, the worst first."""
        return (*self.missing, *self.cut, *self.changed)


class Module(NamedTuple):
    """What ``import name`` would find. ``kind``: package, file, namespace, missing."""

    name: str
    kind: str = "package"
    origin: str = ""
    version: str = ""  # as its own code says
    by_user: bool = False  # a file of the working directory, not of the installed package
    hides: str = ""  # the installed package behind it


class Packages(NamedTuple):
    """What is installed."""

    dists: Tuple[Dist, ...] = ()
    modules: Mapping[str, Module] = {}
    debris: Tuple[str, ...] = ()  # folders of an interrupted uninstall (~penai)
    legacy_files: Tuple[str, ...] = ()  # files of openai 0.x inside a newer one
    modern_files: Tuple[str, ...] = ()  # and the other way round
    damages: Mapping[str, Damage] = {}  # by distribution
    stdlib_shadows: Tuple[str, ...] = ()  # files beside the program named like json.py
    aside: Mapping[str, str] = {}  # path -> a name beside it that nobody has
    folders: Tuple[str, ...] = ()  # the site folders, as shown

    def version(self, name: str) -> str:
        """The version that runs, "" for none: what the metadata says, and the code where there is
        no metadata or more than one."""
        module = self.modules.get(_import_name(name))
        copies = self.all_of(name)
        if module is not None and module.kind in ("missing", "namespace"):
            return ""
        if len(copies) == 1 and not copies[0].fault:
            return copies[0].version
        in_code = module.version if module is not None and module.kind == "package" else ""
        return in_code or (copies[0].version if copies else "")

    def all_of(self, name: str) -> Tuple[Dist, ...]:
        """Every copy of a distribution."""
        return tuple(dist for dist in self.dists if dist.name == name)


class Variable(NamedTuple):
    """One variable that is set. ``value`` is "" for secrets, of which ``tail`` may be shown."""

    name: str
    value: str = ""
    source: str = ENVIRONMENT  # or the path of a .env
    line: int = 0
    tail: str = ""


class KeyFault(NamedTuple):
    """What is wrong with a key; ``position`` counts from 1."""

    kind: str  # non-ascii, control, quotes, bearer, blanks, placeholder
    position: int = 0
    char: str = ""


class Key(NamedTuple):
    """The key that a call would use."""

    variable: str = "DEEPSEEK_API_KEY"
    source: str = ENVIRONMENT
    tail: str = "...9f3c"
    fault: Optional[KeyFault] = None
    foreign: bool = False


class EnvFile(NamedTuple):
    """A place where a .env is looked for."""

    path: str
    state: str = "ok"  # missing, folder, unreadable
    encoding: str = "utf-8"  # utf-8-sig, utf-16, gbk
    bad_lines: Tuple[int, ...] = ()
    lookalikes: Tuple[str, ...] = ()  # .env.txt and the like beside it
    copy: str = ""  # a name for the old one that nobody has


class Settings(NamedTuple):
    """The variables, and what follows from them."""

    variables: Tuple[Variable, ...] = ()
    key: Optional[Key] = Key()
    base_url: str = "https://api.deepseek.com"
    base_source: str = "the default"
    provider: str = "deepseek"
    paired: bool = True  # the key may go there (contract 4)
    trusted: bool = False  # DSADAPTER_TRUST_HOSTS names the host
    led_by: str = ""  # the .env whose base URL leads a key away that is not in it
    led_by_stranger: bool = False  # it lies elsewhere than the program
    files: Tuple[EnvFile, ...] = ()
    unread: bool = False  # a .env is there, and python-dotenv cannot be imported
    differing: Tuple[str, ...] = ()  # secrets set in the environment and otherwise in a .env

    def get(self, name: str) -> Optional[Variable]:
        """The variable that wins."""
        return next((row for row in self.variables if row.name == name), None)

    def all_of(self, name: str) -> Tuple[Variable, ...]:
        """Every place where the variable is set, the winning one first."""
        return tuple(row for row in self.variables if row.name == name)


class FileVariable(NamedTuple):
    """A variable that names a file. ``state``: ok, missing, not-pem, folder."""

    name: str
    value: str
    state: str = "ok"


class Proxy(NamedTuple):
    """A proxy variable as it is set, without user and password."""

    name: str
    value: str
    scheme: str = "http"  # "" when none is written
    host: str = ""
    fault: str = ""  # port, blanks, unreadable
    refused: bool = False  # on this machine, and nobody listens


class Network(NamedTuple):
    """Proxies, certificates, .netrc."""

    proxies: Tuple[Proxy, ...] = ()
    no_proxy: str = ""
    files: Tuple[FileVariable, ...] = ()
    netrc: str = ""  # a .netrc with an entry for the provider's host
    system_store: bool = True  # the operating system's certificates can be found


class Step(NamedTuple):
    """One thing that the probe did."""

    name: str  # import, construct, call, stream, async-construct, async-call, environment
    error: str = ""  # the type of what was raised, "" when it worked
    text: str = ""
    causes: Tuple[str, ...] = ()  # "type: text", the chain behind it
    where: str = ""  # file:line of the innermost frame


class Probe(NamedTuple):
    """What happened when the chosen SDK was imported, constructed and called on loopback."""

    backend: str
    steps: Tuple[Step, ...] = ()
    fault: str = ""  # timeout, or how the probe itself died
    seconds: float = 0.0
    ended_in: str = ""  # the step in which the process ended, without an exception
    stdlib: FrozenSet[str] = frozenset()  # modules of the standard library that were looked for

    def failed(self, *names: str) -> Optional[Step]:
        """The first step that failed, among these or all."""
        chosen = (step for step in self.steps if step.error and (not names or step.name in names))
        return next(chosen, None)


class Choice(NamedTuple):
    """The backend, and why the others are not it. ``fault`` when the wish cannot be met."""

    name: str = "modern-openai"
    reason: str = "openai 3.54.0 is installed"
    rejected: Tuple[Tuple[str, str], ...] = ()
    wanted: str = ""
    fault: str = ""


class Hit(NamedTuple):
    """A place in the user's files where a rule applies."""

    rule: str
    file: str
    line: int
    finding: Finding


class Code(NamedTuple):
    """What the scan of the user's files found."""

    files: int = 0
    hits: Tuple[Hit, ...] = ()
    unparsed: Tuple[Tuple[str, str], ...] = ()  # file, why
    unread: Tuple[Tuple[str, str], ...] = ()  # those of them that were named, not found in a folder


class OnlineStep(NamedTuple):
    """One step of the online probe. ``state``: ok, failed, skipped."""

    name: str  # dns, tcp, tls, models, balance
    state: str = "ok"
    status: int = 0
    text: str = ""
    data: Dict[str, object] = {}


class Snapshot(NamedTuple):
    """Everything. ``None``: it was not looked at."""

    python: Python = Python()
    packages: Packages = Packages()
    choice: Choice = Choice()
    settings: Settings = Settings()
    network: Network = Network()
    probe: Optional[Probe] = None
    code: Optional[Code] = None
    online: Optional[Tuple[OnlineStep, ...]] = None
    crashes: Tuple[Tuple[str, str], ...] = ()  # part of the collection, what it raised

    def sdk(self) -> str:
        """The version of the openai SDK that runs, "" for none: what its code says."""
        module = self.packages.modules.get("openai")
        in_code = module.version if module is not None and module.kind == "package" else ""
        return in_code or self.packages.version("openai")
