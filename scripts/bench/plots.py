"""Two plain pictures, written by hand: how long an answer takes, and how that grows with a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from scripts.bench.figures import Figure, shown

WIDTH: Final = 760
COLOURS: Final = {"Saphan": "#1f6f8b", "stock Rasa": "#b5651d"}
INK: Final = "#333"


def bars(title: str, figures: Sequence[Figure]) -> str:
    """Draw p50 as a full bar and p99 as a thin one, a line for each figure."""
    left, row = 270, 34
    most = max(figure.at(0.99) for figure in figures)
    parts = [_text(10, 24, title, size=15)]
    for place, figure in enumerate(figures):
        y = 44 + place * row
        colour, scale = _colour(figure.what), (WIDTH - left - 170) / most
        p50, p99 = figure.median, figure.at(0.99)
        parts += [
            _text(10, y + 15, figure.what),
            f'<rect x="{left}" y="{y + 7}" width="{p99 * scale:.1f}" height="6" fill="{colour}" opacity="0.4"/>',
            f'<rect x="{left}" y="{y}" width="{p50 * scale:.1f}" height="20" fill="{colour}"/>',
            _text(left + p99 * scale + 8, y + 15, f"p50 {shown(p50)}, p99 {shown(p99)} {figure.unit}"),
        ]
    return _picture(54 + len(figures) * row, parts)


def lines(title: str, across: str, by_bot: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Draw milliseconds by the number of the message, each bot a line of medians over neighbours."""
    left, top, right, bottom = 60, 50, WIDTH - 20, 300
    smooth = {name: _medians(points) for name, points in by_bot.items()}
    far = max(at for points in smooth.values() for at, _ in points)
    most = max(ms for points in smooth.values() for _, ms in points) * 1.1
    parts = [_text(10, 24, title, size=15), _text(right - 150, bottom + 36, across)]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y, x = bottom - share * (bottom - top), left + share * (right - left)
        parts += [
            f'<line x1="{left}" y1="{y:.0f}" x2="{right}" y2="{y:.0f}" stroke="#ddd"/>',
            _text(8, y + 4, f"{share * most:.0f} ms"),
            _text(x - 12, bottom + 18, f"{share * far:.0f}"),
        ]
    for place, (name, points) in enumerate(smooth.items()):
        drawn = " ".join(
            f"{left + at / far * (right - left):.1f},{bottom - ms / most * (bottom - top):.1f}" for at, ms in points
        )
        parts += [
            f'<polyline points="{drawn}" fill="none" stroke="{_colour(name)}" stroke-width="2"/>',
            f'<rect x="{left + 20 + place * 130}" y="34" width="12" height="12" fill="{_colour(name)}"/>',
            _text(left + 38 + place * 130, 45, name),
        ]
    return _picture(bottom + 50, parts)


def _medians(points: Sequence[tuple[int, float]], near: int = 9) -> list[tuple[int, float]]:
    groups = [points[first : first + near] for first in range(0, len(points), near)]
    return [(group[len(group) // 2][0], sorted(ms for _, ms in group)[len(group) // 2]) for group in groups]


def _colour(name: str) -> str:
    return next((colour for bot, colour in COLOURS.items() if name.startswith(bot)), INK)


def _text(x: float, y: float, words: str, size: int = 12) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{INK}">{escape(words)}</text>'


def _picture(height: int, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="sans-serif">'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>', *parts, "</svg>", ""])
