"""What the pages have from the code: ``python docs/generate.py --write | --check``.

A table of the code stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``. Its head, and
the last column of some, are written by hand in the page's language and stay as they are; a row
that is new there begins with the code's own words. In ``.env.example`` the keys of the presets
are the code's, and so is the paragraph of a variable that no other one names.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from pathlib import Path
from typing import Callable, Dict, List, NamedTuple, Tuple

# The code's tables: nothing else in docs/ names a module of the package.
from dsadapter._doctor.registry import CHECKS
from dsadapter._migrate.rules import RULES as MIGRATE_RULES
from dsadapter._repairs.table import RESEND, RESPONSES_RULES, RULES
from dsadapter._settings.offered import OFFERS
from dsadapter._settings.providers import PRESETS
from dsadapter._settings.table import SETTINGS
from dsadapter.testing import FAULTS

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
LAYOUT = ROOT / "tests" / "unit" / "test_layout.py"  # keeps the order of the folders
PACKAGE = ROOT / "dsadapter"
EXAMPLE = ROOT / ".env.example"
NOT_APPLICABLE: Dict[str, Dict[str, List[str]]] = json.loads(
    (ROOT / "tests" / "sdk" / "not_applicable.json").read_text(encoding="utf-8")
)
KEYS_OF_PRESETS = "# Keys of the presets"  # the first words of their paragraph
BLOCK = re.compile(r"(<!-- generated: ([a-z]+) -->\n\n)(.*?)(\n\n<!-- end -->)", re.S)
Cells = Tuple[str, ...]


def code(*names: str) -> str:
    """Names in backticks, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def settings(language: str) -> List[Cells]:
    """Name, variables, meaning."""
    return [(code(row.name, *row.aliases), code(*row.env), row.note) for row in SETTINGS]


def providers(language: str) -> List[Cells]:
    """Names, vendor, base URL, key variables."""
    return [
        (code(row.name, *row.aliases), row.title, code(str(row.base_url)), code(*row.key_env))
        for row in PRESETS
    ]


def offers(language: str) -> List[Cells]:
    """Vendor, what it offers beside chat, what it does not; each with the date and page of it."""

    def those(vendor: str, offered: bool) -> str:
        names: Dict[Tuple[str, str], List[str]] = {}
        for row in OFFERS:
            if (row.vendor, row.offered) == (vendor, offered):
                names.setdefault((row.date, row.page), []).append(row.resource)
        return "; ".join(f"{code(*names[d, page])} ([{d}]({page}))" for d, page in names)

    vendors = list(dict.fromkeys(row.vendor for row in OFFERS))
    return [(code(name), those(name, True), those(name, False)) for name in vendors]


def repairs(language: str) -> List[Cells]:
    """Rule, date with its page, why (the code has it in English only), what is sent."""
    pages = "https://api-docs.deepseek.com/"
    rows = []
    usual = [rule for rule in RULES if not rule.opt_in]
    for rule in (*usual, RESEND):
        why = (rule.why,) if language == "en" else ()
        rows.append((code(rule.id), f"[{rule.since}]({pages}{rule.source})", *why, rule.why))
    return rows


def opt_in(language: str) -> List[Cells]:
    """Rule, date with its page, what is sent (by hand)."""
    pages = "https://api-docs.deepseek.com/"
    rules = [rule for rule in RULES if rule.opt_in]
    return [(code(r.id), f"[{r.since}]({pages}{r.source})", r.why) for r in rules]


def ignored(language: str) -> List[Cells]:
    """Rule, date with its page, why (the other languages have it by hand)."""
    pages = "https://api-docs.deepseek.com/"
    rules = [rule for rule in RESPONSES_RULES if rule.notice]
    return [(code(r.id), f"[{r.since}]({pages}{r.source})", r.why) for r in rules]


def checks(language: str) -> List[Cells]:
    """Id, and what should be; ``link`` of a finding leads to it."""
    return [
        (code(check.id), f'<a id="{check.id}"></a>{check.title.say(language)}') for check in CHECKS
    ]


def faults(language: str) -> List[Cells]:
    """Name, what happens, options with their defaults."""
    return [
        (code(fault.name), fault.summary, code(*map(option, fault.options.items())))
        for fault in FAULTS.values()
    ]


def folders(language: str) -> List[Cells]:
    """Level from the top, folder, what it is for: the docstring's first line to begin with."""
    rows = []
    for level, names in enumerate(order(), 1):
        for name in names:
            source = ast.parse((PACKAGE / name / "__init__.py").read_text(encoding="utf-8"))
            summary = (ast.get_docstring(source) or "").split("\n")[0]
            rows.append((str(level), f"`{name}/`", summary))
    return rows


def order() -> List[Tuple[str, ...]]:
    """The folders that may import each other, top to bottom, as the layout's test has them."""
    for node in ast.parse(LAYOUT.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "ORDER":
            levels = ast.literal_eval(node.value) if node.value else ()
            present = (tuple(n for n in names if (PACKAGE / n).is_dir()) for names in levels)
            return [names for names in present if names]
    raise ValueError(f"{LAYOUT.name} has no ORDER")


def migrate(language: str) -> List[Cells]:
    """Id, kind, before, after, what."""
    return [
        (code(r.id), r.kind, code(r.before), code(r.after) if r.after else "", r.what.say(language))
        for r in MIGRATE_RULES
    ]


def option(item: Tuple[str, object]) -> str:
    """``after=3``; the name alone where the default is nothing."""
    name, default = item
    return name if default == "" else f"{name}={default}"


class Table(NamedTuple):
    """``rows(language)``, whether the last column is written by hand, and which column names a
    row."""

    rows: Callable[[str], List[Cells]]
    by_hand: bool = False
    key: int = 0


def sdk_tests(language: str) -> List[Cells]:
    """Why tests of the SDK do not apply, and which: names without their parameters."""
    rows = []
    for reason, files in NOT_APPLICABLE.items():
        names = [
            f"{file.split('/', 1)[1]}: {code(*dict.fromkeys(n.partition('[')[0] for n in tests))}"
            for file, tests in files.items()
        ]
        rows.append((reason, "; ".join(names)))
    return rows


TABLES: Dict[str, Table] = {
    "settings": Table(settings, by_hand=True),
    "providers": Table(providers),
    "offers": Table(offers),
    "repairs": Table(repairs, by_hand=True),
    "optin": Table(opt_in, by_hand=True),
    "ignored": Table(ignored, by_hand=True),
    "checks": Table(checks),
    "faults": Table(faults),
    "migrate": Table(migrate),
    "folders": Table(folders, by_hand=True, key=1),
    "sdktests": Table(sdk_tests),
}


def cells(line: str) -> Cells:
    """The cells of one line of a Markdown table."""
    return tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1]))


def rendered(name: str, block: str, language: str) -> str:
    """The table ``name`` under the head that ``block`` has."""
    table, lines = TABLES[name], block.split("\n")
    rows = table.rows(language)
    if table.by_hand:
        present = {row[table.key]: row[-1] for row in map(cells, lines[2:])}
        rows = [(*row[:-1], present.get(row[table.key], row[-1])) for row in rows]
    return "\n".join(
        [*lines[:2], *(f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows)]
    )


def page(path: Path) -> str:
    """A page as it should be."""
    language = "zh" if path.parent.name == "zh" else "en"
    return BLOCK.sub(
        lambda match: match[1] + rendered(match[2], match[3], language) + match[4],
        path.read_text(encoding="utf-8"),
    )


def environment_example(text: str) -> str:
    """``.env.example`` as it should be."""
    paragraphs = text.rstrip("\n").split("\n\n")
    for row in SETTINGS:
        new = [name for name in row.env if not re.search(rf"^(# )?{name}=", text, re.M)]
        if new:
            lines = (f"# {name}={row.default or ''}" for name in new)
            paragraphs.append("\n".join([f"# {row.note}", *lines]))
    for i, paragraph in enumerate(paragraphs):
        if paragraph.startswith(KEYS_OF_PRESETS):
            lines = [paragraph.split("\n")[0], *(f"# {name}=" for name in preset_keys())]
            paragraphs[i] = "\n".join(lines)
    return "\n\n".join(paragraphs) + "\n"


def preset_keys() -> List[str]:
    """The key variables that belong to a preset alone."""
    settings = {name for row in SETTINGS for name in row.env}
    return [name for row in PRESETS for name in row.key_env if name not in settings]


def outdated() -> Dict[Path, str]:
    """The files that do not follow the code, and what they should be."""
    files = {path: page(path) for path in sorted(DOCS.rglob("*.md"))}
    files[EXAMPLE] = environment_example(EXAMPLE.read_text(encoding="utf-8"))
    return {path: text for path, text in files.items() if text != path.read_text(encoding="utf-8")}


def main() -> int:
    """Exit code 1 when ``--check`` meets a file that does not follow."""
    parser = argparse.ArgumentParser(description="what the pages have from the code")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true", help="write the files")
    choice.add_argument("--check", action="store_true", help="exit code 1 where one is outdated")
    options = parser.parse_args()
    files = outdated()
    for path, text in files.items():
        name = path.relative_to(ROOT).as_posix()
        print(f"{name} {'written' if options.write else 'does not follow the code'}")
        if options.write:
            path.write_text(text, encoding="utf-8")
    if options.check and files:
        print("python docs/generate.py --write", file=sys.stderr)
    return 1 if options.check and files else 0


if __name__ == "__main__":
    sys.exit(main())
