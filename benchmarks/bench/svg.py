"""Charts as SVG text: bars of ratios, and lines over a logarithmic axis. Nothing but strings."""

from __future__ import annotations

import math
from html import escape
from typing import Dict, List, NamedTuple, Tuple

COLOURS = ("#1f6feb", "#d29922", "#2da44e", "#a371f7", "#cf222e", "#57606a", "#bf3989", "#0a7ea4")
FONT = 'font-family="system-ui, sans-serif" font-size="12"'
LABEL_WIDTH, BAR_WIDTH, ROW = 300, 380, 20


class Bar(NamedTuple):
    label: str
    value: float
    text: str
    colour: str
    sets_scale: bool = True  # others are cut off where they are longer


def _document(width: float, height: float, parts: List[str]) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {FONT}>'
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return "\n".join([head, ground, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, text: str, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="#24292f" {extra}>{escape(text)}</text>'


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
    return _document(LABEL_WIDTH + BAR_WIDTH + 150, y, parts)


def _bar(bar: Bar, y: float, most: float) -> List[str]:
    width, longest = max(1.0, BAR_WIDTH * bar.value / most), BAR_WIDTH + 20.0
    text = f"» {bar.text}" if width > longest else bar.text
    width = min(width, longest)
    middle = y + ROW / 2 + 4
    return [
        _text(LABEL_WIDTH - 8, middle, bar.label, 'text-anchor="end"'),
        f'<rect x="{LABEL_WIDTH}" y="{y + 3:.1f}" width="{width:.1f}" height="{ROW - 6}" '
        f'fill="{bar.colour}"/>',
        _text(LABEL_WIDTH + width + 6, middle, text),
    ]


# --- lines ---------------------------------------------------------------------------------------

Series = Dict[str, List[Tuple[float, float]]]  # name -> (x, y); x logarithmic
LEFT, TOP, WIDE, HIGH = 70, 40, 380, 230


def lines(panels: List[Tuple[str, str, Series]]) -> str:
    """Panels side by side: (title, name of the x axis, series)."""
    parts: List[str] = []
    names = list(dict.fromkeys(name for _, _, series in panels for name in series))
    colours = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)}
    for i, (title, axis, series) in enumerate(panels):
        parts += _panel(i * (LEFT + WIDE + 20), title, axis, series, colours)
    for i, name in enumerate(names):
        x, y = LEFT + (i % 2) * (LEFT + WIDE + 20), TOP + HIGH + 60 + (i // 2) * 18
        parts.append(f'<rect x="{x}" y="{y - 9}" width="14" height="10" fill="{colours[name]}"/>')
        parts.append(_text(x + 20, y, name))
    height = TOP + HIGH + 70 + 18 * math.ceil(len(names) / 2)
    return _document(len(panels) * (LEFT + WIDE + 20) + 20, height, parts)


def _panel(
    left: float, title: str, axis: str, series: Series, colours: Dict[str, str]
) -> List[str]:
    points = [point for line in series.values() for point in line]
    if not points:
        return []
    xs = sorted({x for x, _ in points})
    span = math.log10(xs[-1] / xs[0]) or 1.0
    step = _step(max(y for _, y in points))
    most = step * math.ceil(max(y for _, y in points) / step or 1)

    def at(x: float, y: float) -> Tuple[float, float]:
        across = WIDE * math.log10(x / xs[0]) / span
        return left + LEFT + across, TOP + HIGH * (1 - max(0.0, y) / most)

    parts = [_text(left + LEFT, TOP - 16, title, 'font-weight="bold"')]
    for i in range(round(most / step) + 1):
        x, y = at(xs[0], i * step)
        parts.append(f'<path d="M{x:.1f} {y:.1f}h{WIDE}" stroke="#d0d7de"/>')
        parts.append(_text(x - 8, y + 4, f"{i * step:g}", 'text-anchor="end"'))
    parts += [_text(at(x, 0)[0], TOP + HIGH + 18, f"{x:,.0f}", 'text-anchor="middle"') for x in xs]
    middle = left + LEFT + WIDE / 2
    parts.append(_text(middle, TOP + HIGH + 36, axis, 'text-anchor="middle"'))
    for name, line in series.items():
        parts += _line([at(x, y) for x, y in line], colours[name])
    return parts


def _line(points: List[Tuple[float, float]], colour: str) -> List[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    return drawn + [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]


def _step(most: float) -> float:
    """Of the ruler: 1, 2 or 5 times a power of ten, about five to the top."""
    rough = max(most, 1e-9) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
