"""The pictures of the benchmarks as a browser draws them: no text over another, none cut off."""

from __future__ import annotations

from typing import Any, Iterator, List

import pytest
from browsing import ROOT, browser_page, chromium

pytest.importorskip("playwright", reason="the environment browser has it")
pytestmark = pytest.mark.skipif(not chromium(), reason="there is no Chromium here")

PICTURES = sorted((ROOT / "benchmarks" / "results").glob("*.svg"))
# Texts that stand in each other's way or beyond the edge; two pixels in height are no harm.
COLLISIONS = """() => {
  const edge = document.documentElement.getBoundingClientRect();
  const texts = [...document.querySelectorAll("text")].map(
    (text) => [text.textContent, text.getBoundingClientRect()]);
  const found = [];
  texts.forEach(([name, a], i) => {
    if (a.left < edge.left || a.right > edge.right || a.bottom > edge.bottom) found.push(name);
    texts.slice(i + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 0.5 && high > 2) found.push(`${name} | ${other}`);
    });
  });
  return found;
}"""
CONTRAST = """() => {
  const light = (element) => {
    const linear = (x) => (x <= 0.04 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    const parts = getComputedStyle(element).fill.match(/\\d+/g);
    const [r, g, b] = parts.map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(document.querySelector(".ground")), light(document.querySelector(".ink"))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    with browser_page() as page:
        yield page.tab


def test_there_are_pictures() -> None:
    assert len(PICTURES) >= 6


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_no_text_is_in_the_way_of_another(path: Any, tab: Any) -> None:
    tab.goto(path.as_uri())
    found: List[str] = tab.evaluate(COLLISIONS)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_can_be_read_on_their_ground(scheme: str, tab: Any) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(PICTURES[0].as_uri())
    assert tab.evaluate(CONTRAST) >= 7
