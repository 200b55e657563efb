"""What is published: metadata, the page of the index, an sdist that tests itself, true hints."""

from __future__ import annotations

import email
import os
import re
import subprocess
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

import pytest

from dsadapter import _distribution

ROOT = Path(__file__).resolve().parent.parent
#: The places that may say what will work once dsadapter is on the index.
SPELLED_HERE = ("dsadapter/_distribution.py", "docs/publishing.md")
FROM_THE_INDEX = re.compile(r"dsadapter\[\w+\]|pip3? install [^\n`&;]*\bdsadapter\b")
LINK = re.compile(r"\]\(([^)]+)\)")
#: A part of the tests that takes seconds and reads the examples, the pages and the results.
FAST = (
    "tests/unit/_settings/test_keys.py",
    "tests/matrix/test_page.py",
    "tests/guide",
    "tests/docs/test_links.py",
)


def pyproject() -> Dict[str, Any]:
    tomllib = pytest.importorskip("tomllib", reason="tomllib came with Python 3.11")
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8")))


# --- hints ---------------------------------------------------------------------------------------


def texts() -> Iterator[Tuple[str, str]]:
    folders = [ROOT / name for name in ("dsadapter", "examples", "docs", "benchmarks")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    for path in (*paths, *ROOT.glob("*.md")):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in (".py", ".md", ".txt", ".json") and name not in SPELLED_HERE:
            yield name, path.read_text(encoding="utf-8")


def claims(text: str) -> List[str]:
    """The lines that name a package of the index; one from git is none."""
    return [x for x in text.splitlines() if FROM_THE_INDEX.search(x) and "git+" not in x]


@pytest.mark.skipif(_distribution.PUBLISHED, reason="it is on the index")
def test_nothing_names_a_package_that_is_not_on_the_index() -> None:
    assert {name: claims(text) for name, text in texts() if claims(text)} == {}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('pip install "dsadapter[gateway]"', 1),
        ("pip install -q dsadapter", 1),
        ("Needs dsadapter[fast].", 1),
        ('pip install ".[gateway]"', 0),
        ('pip install "dsadapter @ git+https://github.com/dsadapter/dsadapter"', 0),
        ("pip install . && python -m pytest", 0),
    ],
)
def test_a_claim_is_found(line: str, count: int) -> None:
    assert len(claims(line)) == count


def test_a_hint_says_what_works_now_and_what_will() -> None:
    before, after = (_distribution.extra_hint("fast", published) for published in (False, True))
    assert before.startswith('pip install ".[fast]" in a clone of https://')
    assert after == 'pip install "dsadapter[fast]"'
    assert after in before


# --- pyproject -----------------------------------------------------------------------------------


def test_every_address_is_of_the_one_repository() -> None:
    address = _distribution.REPOSITORY
    urls = pyproject()["project"]["urls"]
    assert set(urls) == {"Repository", "Documentation", "Changelog", "Issues"}
    assert urls["Repository"] == address
    for name in ("pyproject.toml", "docs/publishing.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = re.findall(r"https://github\.com/[\w.-]+/dsadapter(?=[/\s\"'@`])", text)
        assert named and set(named) == {address}, name


def test_every_address_is_of_a_file() -> None:
    for name in ("Documentation", "Changelog"):
        path = pyproject()["project"]["urls"][name].partition("/HEAD/")[2]
        assert (ROOT / path).exists(), path


def page_of_the_index(text: str) -> str:
    hook = pyproject()["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    for rule in hook["substitutions"]:
        text = re.sub(rule["pattern"], rule["replacement"], text)
    return text


def test_the_links_of_the_index_page_are_absolute() -> None:
    text = page_of_the_index((ROOT / "README.md").read_text(encoding="utf-8"))
    links = [link for link in LINK.findall(text) if not link.startswith("#")]
    assert links
    assert [link for link in links if "://" not in link] == []
    ours = [link.partition("/HEAD/")[2] for link in links if "/HEAD/" in link]
    assert ours and [path for path in ours if not (ROOT / path.partition("#")[0]).exists()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](docs/a.md#b)", "[a]({}/blob/HEAD/docs/a.md#b)"),
        ("![a](docs/a.svg)", "![a]({}/raw/HEAD/docs/a.svg)"),
        ("[![a](a.svg)](b.md)", "[![a]({0}/raw/HEAD/a.svg)]({0}/blob/HEAD/b.md)"),
        (
            "[a](#b) [c](https://d.e) [f](mailto:g@h.i)",
            "[a](#b) [c](https://d.e) [f](mailto:g@h.i)",
        ),
    ],
)
def test_a_link_of_the_index_page(text: str, expected: str) -> None:
    assert page_of_the_index(text) == expected.format(_distribution.REPOSITORY)


def test_the_licence_is_an_expression() -> None:
    project = pyproject()["project"]
    assert (project["license"], project["license-files"]) == ("MIT", ["LICENSE"])
    assert [name for name in project["classifiers"] if name.startswith("License")] == []


def test_every_python_of_the_matrix_is_a_classifier(monkeypatch: Any) -> None:
    listed = set(
        re.findall(r"Python :: (3\.\d+)", "\n".join(pyproject()["project"]["classifiers"]))
    )
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "matrix"))
    from compat_matrix.product import PYTHONS

    assert listed == set(PYTHONS)


# --- built through the index ---------------------------------------------------------------------

through_the_index = [
    pytest.mark.envs,
    pytest.mark.skipif(
        not os.environ.get("DSADAPTER_TEST_ENVS"), reason="builds an environment through the index"
    ),
]


class Built(NamedTuple):
    """Both files, and what the build said."""

    sdist: Path
    wheel: Path
    output: str


def run(arguments: List[str], folder: Path) -> str:
    done = subprocess.run(
        arguments, cwd=str(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900
    )
    output = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, output[-3000:]
    return output


def environment(folder: Path) -> str:
    """The Python of a fresh environment."""
    venv.create(str(folder), with_pip=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: Any) -> Built:
    folder = tmp_path_factory.mktemp("built")
    python = environment(folder / "env")
    run([python, "-m", "pip", "install", "-q", "build"], folder)
    output = run([python, "-m", "build", "--outdir", str(folder / "dist"), str(ROOT)], folder)
    (sdist,), (wheel,) = ((folder / "dist").glob(kind) for kind in ("*.tar.gz", "*.whl"))
    return Built(sdist, wheel, output)


class TestBuilt:
    pytestmark = through_the_index

    def test_the_build_warns_of_nothing(self, built: Built) -> None:
        lines = [line for line in built.output.splitlines() if "file:///" not in line]
        assert [line for line in lines if re.search("warn|deprecat", line, re.I)] == []

    def test_the_metadata(self, built: Built) -> None:
        with zipfile.ZipFile(str(built.wheel)) as wheel:
            (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
            metadata = email.message_from_bytes(wheel.read(name))
        assert metadata["License-Expression"] == "MIT"
        assert metadata["License-File"] == "LICENSE"
        assert metadata["Author"]
        assert "Framework :: Pytest" in metadata.get_all("Classifier", [])
        assert len(metadata.get_all("Project-URL", [])) == 4
        links = LINK.findall(str(metadata.get_payload()))
        assert links and [x for x in links if "://" not in x and x[0] != "#"] == []

    def test_the_wheel_holds_the_package_alone(self, built: Built) -> None:
        with zipfile.ZipFile(str(built.wheel)) as wheel:
            names = wheel.namelist()
        assert {name.split("/")[0].split("-")[0] for name in names} == {"dsadapter"}
        assert {"dsadapter/py.typed", "dsadapter/_cli/matrix.json"} <= set(names)

    def test_the_sdist_runs_its_own_tests(self, built: Built, tmp_path: Path) -> None:
        safely: Dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        with tarfile.open(str(built.sdist)) as sdist:
            sdist.extractall(str(tmp_path), **safely)
        (folder,) = tmp_path.glob("dsadapter-*")
        python = environment(tmp_path / "env")
        run([python, "-m", "pip", "install", "-q", ".[test]"], folder)
        tests = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not envs", *FAST]
        output = run(tests, folder)
        assert re.search(r"\d+ passed", output)
