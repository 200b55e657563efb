"""Charts as SVG text: bars of ratios, and lines over a logarithmic axis. Nothing but strings.

A chart has a ground of its own and takes dark colours where the reader's system is dark.
"""

from __future__ import annotations

import math
from html import escape
from typing import Dict, List, NamedTuple, Tuple

# What an element is -> its colour on a light and on a dark ground.
COLOURS = {
    "ground": ("#ffffff", "#0d1117"),
    "ink": ("#1f2328", "#e6edf3"),
    "grid": ("#d1d9e0", "#3d444d"),
    "ours": ("#0969da", "#4493f8"),
    "native": ("#cf222e", "#f85149"),
    "other": ("#818b98", "#9198a1"),
    "s0": ("#0969da", "#4493f8"),
    "s1": ("#bc4c00", "#f0883e"),
    "s2": ("#1a7f37", "#3fb950"),
    "s3": ("#8250df", "#ab7df8"),
    "s4": ("#cf222e", "#f85149"),
    "s5": ("#59636e", "#b1bac4"),
    "s6": ("#bf3989", "#db61a2"),
    "s7": ("#0a7ea4", "#39c5cf"),
}
SERIES = sum(name[1:].isdigit() for name in COLOURS)
FONT = 'font-family="system-ui, sans-serif" font-size="12"'
LABEL_WIDTH, BAR_WIDTH, ROW = 260, 420, 20


class Bar(NamedTuple):
    label: str
    value: float
    text: str
    colour: str
    sets_scale: bool = True  # others are cut off where they are longer


def _style() -> str:
    light, dark = (
        "".join(f".{name}{{color:{pair[i]}}}" for name, pair in COLOURS.items()) for i in (0, 1)
    )
    return f"<style>{light}\n@media (prefers-color-scheme: dark){{{dark}}}</style>"


def _document(width: float, height: float, parts: List[str]) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {FONT}>'
    ground = '<rect width="100%" height="100%" class="ground" fill="currentColor"/>'
    return "\n".join([head, _style(), ground, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, extra: str = "") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" class="ink" fill="currentColor"'
    return f"<text {place} {extra}>{escape(text)}</text>"


def bars(groups: List[Tuple[str, List[Bar]]]) -> str:
    """Groups of horizontal bars, each group with a title and a scale of its own."""
    parts: List[str] = []
    y = 10.0
    for title, rows in groups:
        y += 18
        parts.append(_text(12, y, title, 'font-weight="bold"'))
        y += 8
        most = max((bar.value for bar in rows if bar.sets_scale), default=1) or 1
        for bar in rows:
            parts += _bar(bar, y, most)
            y += ROW
        y += 14
    return _document(LABEL_WIDTH + BAR_WIDTH + 120, y, parts)


def _bar(bar: Bar, y: float, most: float) -> List[str]:
    width, longest = max(1.0, BAR_WIDTH * bar.value / most), BAR_WIDTH + 20.0
    text = f"» {bar.text}" if width > longest else bar.text
    width = min(width, longest)
    middle = y + ROW / 2 + 4
    return [
        _text(LABEL_WIDTH - 8, middle, bar.label, 'text-anchor="end"'),
        f'<rect x="{LABEL_WIDTH}" y="{y + 3:.1f}" width="{width:.1f}" height="{ROW - 6}" '
        f'class="{bar.colour}" fill="currentColor"/>',
        _text(LABEL_WIDTH + width + 6, middle, text),
    ]


# --- lines ---------------------------------------------------------------------------------------

Series = Dict[str, List[Tuple[float, float]]]  # name -> (x, y); x logarithmic
LEFT, TOP, WIDE, HIGH = 70, 40, 380, 230


class Panel(NamedTuple):
    title: str
    axis: str  # the name of the x axis
    series: Series
    logarithmic: bool = False  # the y axis, too


class Scale(NamedTuple):
    """The y axis: its marks, and how far up a value stands (0 to 1)."""

    marks: List[float]
    logarithmic: bool

    def height(self, y: float) -> float:
        low, high = self.marks[0], self.marks[-1]
        if self.logarithmic:
            return math.log(max(y, low) / low) / math.log(high / low)
        return max(0.0, y) / high


def lines(panels: List[Panel]) -> str:
    """Panels side by side, one legend for all."""
    parts: List[str] = []
    panels = [panel for panel in panels if panel.series]
    names = list(dict.fromkeys(name for panel in panels for name in panel.series))
    colours = {name: f"s{i % SERIES}" for i, name in enumerate(names)}
    for i, panel in enumerate(panels):
        parts += _panel(i * (LEFT + WIDE + 20), panel, colours)
    for i, name in enumerate(names):
        row, column = divmod(i, len(panels))
        x, y = LEFT + column * (LEFT + WIDE + 20), TOP + HIGH + 60 + row * 18
        place = f'x="{x}" y="{y - 9}" width="14" height="10"'
        parts.append(f'<rect {place} class="{colours[name]}" fill="currentColor"/>')
        parts.append(_text(x + 20, y, name))
    height = TOP + HIGH + 70 + 18 * math.ceil(len(names) / max(1, len(panels)))
    return _document(len(panels) * (LEFT + WIDE + 20) + 20, height, parts)


def _panel(left: float, panel: Panel, colours: Dict[str, str]) -> List[str]:
    points = [point for line in panel.series.values() for point in line]
    xs = sorted({x for x, _ in points})
    span = math.log10(xs[-1] / xs[0]) or 1.0
    scale = _scale([y for _, y in points], panel.logarithmic)

    def at(x: float, y: float) -> Tuple[float, float]:
        across = WIDE * math.log10(x / xs[0]) / span
        return left + LEFT + across, TOP + HIGH * (1 - scale.height(y))

    parts = [_text(left + LEFT, TOP - 16, panel.title, 'font-weight="bold"')]
    for mark in scale.marks:
        x, y = at(xs[0], mark)
        path = f'd="M{x:.1f} {y:.1f}h{WIDE}"'
        parts.append(f'<path {path} class="grid" stroke="currentColor"/>')
        parts.append(_text(x - 8, y + 4, f"{mark:,g}", 'text-anchor="end"'))
    below = TOP + HIGH + 18
    parts += [_text(at(x, 0)[0], below, f"{x:,.0f}", 'text-anchor="middle"') for x in xs]
    middle = left + LEFT + WIDE / 2
    parts.append(_text(middle, below + 18, panel.axis, 'text-anchor="middle"'))
    for name, line in panel.series.items():
        parts += _line([at(x, y) for x, y in line], colours[name])
    return parts


def _line(points: List[Tuple[float, float]], colour: str) -> List[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = 'fill="none" stroke="currentColor" stroke-width="2"'
    drawn = [f'<polyline points="{path}" class="{colour}" {stroke}/>']
    for x, y in points:
        place = f'cx="{x:.1f}" cy="{y:.1f}" r="3"'
        drawn.append(f'<circle {place} class="{colour}" fill="currentColor"/>')
    return drawn


def _scale(values: List[float], logarithmic: bool) -> Scale:
    """With about five marks, all values between the first and the last."""
    if not logarithmic or min(values) <= 0:
        step = _step(max(values))
        count = max(1, math.ceil(max(values) / step))
        return Scale([step * i for i in range(count + 1)], False)
    powers = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)
    factors = (1, 2, 5) if len(powers) < 4 else (1, 3)
    marks = [factor * 10.0**power for power in powers for factor in factors]
    first = max(i for i, mark in enumerate(marks) if mark <= min(values))
    last = next(i for i, mark in enumerate(marks) if mark >= max(values))
    return Scale(marks[first : max(last, first + 1) + 1], True)


def _step(most: float) -> float:
    """Of the ruler: 1, 2 or 5 times a power of ten, about five to the top."""
    rough = max(most, 1e-9) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
