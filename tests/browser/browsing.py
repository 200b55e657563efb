"""A headless Chromium without a network, and the pages that it is shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, List
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
STREAMLIT = ROOT / "examples" / "recipes" / "streamlit_chat.py"
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # No name but this machine's has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
SERVE = ["-m", "dsadapter", "serve", "--port"]
STREAMLIT_RUN = [
    "-m", "streamlit", "run", str(STREAMLIT), "--server.headless", "true",
    "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1", "--server.port",
]  # fmt: skip


def chromium() -> str:
    """The browser's program, or ""."""
    return shutil.which("chromium") or shutil.which("google-chrome") or ""


class Page:
    """A tab; what went wrong in it, and which addresses it asked for."""

    def __init__(self, page: Any) -> None:
        self.tab = page
        self.problems: List[str] = []
        self.addresses: List[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda err: self.problems.append(str(err)))
        page.on("request", lambda request: self.addresses.append(request.url))

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.problems.append(f"{message.text} {message.location}")


@contextmanager
def browser_page() -> Iterator[Page]:
    """A page of a browser of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        try:
            size = {"width": 900, "height": 640}
            yield Page(browser.new_page(viewport=size, device_scale_factor=1.0))
        finally:
            browser.close()


@contextmanager
def served(arguments: List[str], port: int, upstream: str, ready: str = "/") -> Iterator[str]:
    """The address of a server in a process of its own, which asks the emulator at ``upstream``."""
    variables = {**os.environ, "DSADAPTER_OFFLINE_URL": upstream, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, *arguments, str(port)], cwd=str(ROOT), env=variables, stdout=sys.stderr
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url + ready, process)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _wait(url: str, process: Any) -> None:
    ends = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < ends:
        try:
            return urlopen(url, timeout=10).close()
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {url}")


def ask_streamlit(page: Page, question: str) -> List[str]:
    """Type a question; what the answer's place held, from the first word to the last."""
    box = page.tab.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    turns = page.tab.get_by_test_id("stChatMessageContent")
    before = turns.count()
    box.press("Enter")
    turns.nth(before + 1).wait_for(timeout=60_000)
    seen: List[str] = []
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        text = turns.nth(before + 1).inner_text()
        if text and (not seen or seen[-1] != text):
            seen.append(text)
        if page.tab.get_by_test_id("stStatusWidget").count() == 0 and "repeats what" in text:
            break
        time.sleep(0.05)
    return seen
