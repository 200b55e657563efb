"""Draw the pictures of the pages: ``tox run -e pictures``, or ``python docs/draw_pictures.py``.

What is shown is what runs: the Streamlit recipe and the gateway's page in headless Chromium, chat
in a terminal, doctor in an environment that is made for it (openai 1.55.2 beside httpx 0.28.1,
through the package index). The emulator answers.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List

from dsadapter.testing import Emulator

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))
from browsing import SERVE, STREAMLIT_RUN, ask_streamlit, browser_page, served  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
COLUMNS = 88
QUESTION = "Show **bold** and `code`, please."


def streamlit() -> None:
    """Two turns of the recipe."""
    with Emulator(chunk_delay=0.02) as server, browser_page() as page:
        with served(STREAMLIT_RUN, 8511, server.base_url) as url:
            page.tab.goto(url)
            for question in ("你好", "Why is the sky blue?"):
                ask_streamlit(page, question)
            page.tab.wait_for_timeout(1000)
            page.tab.screenshot(path=str(PICTURES / "streamlit.png"))


def gateway() -> None:
    """Its page for people."""
    with Emulator() as server, browser_page() as page:
        with served(SERVE, 8512, server.base_url, "/healthz") as url:
            page.tab.goto(f"{url}/docs")
            page.tab.screenshot(path=str(PICTURES / "gateway-docs.png"))


def chat() -> None:
    """An answer as rich draws it."""
    shown = terminal([sys.executable, "-m", "dsadapter", "chat", "--offline", QUESTION], ROOT)
    draw("chat", f'python -m dsadapter chat --offline "{QUESTION}"', shown)


def doctor() -> None:
    """A broken environment, activated and examined; the key is an invented one."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/env"], check=True)
        python = f"{folder}/env/bin/python"
        packages = ["openai==1.55.2", "httpx==0.28.1", str(ROOT)]
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
        active = {"VIRTUAL_ENV": f"{folder}/env", "DEEPSEEK_API_KEY": "sk-" + "4f8a19c0" * 4}
        active["PATH"] = os.pathsep.join([f"{folder}/env/bin", os.environ["PATH"]])
        shown = terminal([python, "-m", "dsadapter", "doctor"], Path(folder), **active)
    draw("doctor", "python -m dsadapter doctor", shown)


def terminal(command: List[str], folder: Path, **more: str) -> str:
    """What a command writes on a terminal, with its colours."""
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LANG": "C.UTF-8"}
    variables["PYTHONPATH"] = str(ROOT) if command[0] == sys.executable else ""
    variables.update(more)
    main, child = pty.openpty()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=child, stderr=child, cwd=str(folder),
        env=variables,
    ):  # fmt: skip
        os.close(child)
        shown = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:  # Linux: the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(main)
    return shown.decode("utf-8").replace("\r\n", "\n")


def draw(name: str, command: str, shown: str) -> None:
    """The text as SVG; the fonts are those of the reader, nothing is loaded."""
    from rich.console import Console
    from rich.text import Text

    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        console.print(f"[bold]$ {command}[/bold]")
        console.print(Text.from_ansi(last_screen(shown)))
        picture = console.export_svg(title="dsadapter", unique_id=name)
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.S)
    (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


def last_screen(shown: str) -> str:
    """Without what was drawn over: progress, and the earlier states of an answer."""
    shown = re.sub(r"\x1b\[\?\d+[hl]", "", shown)
    return "\n".join(line.rpartition("\r")[2] for line in shown.split("\n")).strip("\n")


DRAWN = {"streamlit": streamlit, "gateway": gateway, "chat": chat, "doctor": doctor}

if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    for name in sys.argv[1:] or DRAWN:
        DRAWN[name]()
