"""The bot's picture, made by code: a bowl on a plain ground, of blocks of eight by eight; JPEG, as the Bot API wants.

Every block has one colour, so each is its first coefficient alone: no library is needed for a picture this plain.
"""

from __future__ import annotations

import struct
from typing import Final

SIDE: Final = 80
"""Blocks on each side; eight pixels each."""
GROUND: Final = (244, 236, 220)
BOWL: Final = (70, 110, 130)
RIM: Final = (110, 150, 165)
STEAM: Final = (205, 195, 178)
RIM_HEIGHT: Final = 3
RIM_WIDTH: Final = 27
RADIUS: Final = 24
STEAM_RISES: Final = range(-18, -5)
STEAM_STANDS: Final = (-12, 0, 12)

_DC_COUNTS: Final = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
_DC_SIZES: Final = bytes(range(12))
_AC_COUNTS: Final = bytes([1, *[0] * 15])
_END_OF_BLOCK: Final = "0"
"""The only code of the second table: a block has no other coefficients."""


def picture() -> bytes:
    """Give the picture, the same bytes every time."""
    side = SIDE * 8
    parts = [
        b"\xff\xd8",
        _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        # Steps of eight: a coefficient is then the colour's value itself.
        _segment(0xDB, bytes([0]) + bytes([8] * 64)),
        _segment(0xC0, struct.pack(">BHHB", 8, side, side, 3) + b"\1\x11\0\2\x11\0\3\x11\0"),
        _segment(0xC4, b"\x00" + _DC_COUNTS + _DC_SIZES),
        _segment(0xC4, b"\x10" + _AC_COUNTS + b"\0"),
        _segment(0xDA, b"\3\1\0\2\0\3\0\0\x3f\0"),
        _scan(),
        b"\xff\xd9",
    ]
    return b"".join(parts)


def colour_at(column: int, row: int) -> tuple[int, int, int]:
    """Give the colour of one block: the lower half of a circle under a rim, and three lines of steam."""
    across, down = column - SIDE / 2 + 0.5, row - SIDE / 2
    if 0 <= down < RIM_HEIGHT and abs(across) < RIM_WIDTH:
        return RIM
    if down >= RIM_HEIGHT and across**2 + (down - RIM_HEIGHT) ** 2 < RADIUS**2:
        return BOWL
    if down in STEAM_RISES and any(abs(across - centre - (row // 4) % 2) < 1 for centre in STEAM_STANDS):
        return STEAM
    return GROUND


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _scan() -> bytes:
    codes = _codes(_DC_COUNTS, _DC_SIZES)
    before = [0, 0, 0]
    bits: list[str] = []
    for row in range(SIDE):
        for column in range(SIDE):
            for at, value in enumerate(_levels(colour_at(column, row))):
                bits.append(_difference(value - before[at], codes) + _END_OF_BLOCK)
                before[at] = value
    stream = "".join(bits)
    stream += "1" * (-len(stream) % 8)
    written = int(stream, 2).to_bytes(len(stream) // 8, "big")
    # A byte of ones would be taken for a marker.
    return written.replace(b"\xff", b"\xff\0")


def _levels(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = colour
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return round(light) - 128, round(0.564 * (blue - light)), round(0.713 * (red - light))


def _difference(value: int, codes: dict[int, str]) -> str:
    size = abs(value).bit_length()
    if not size:
        return codes[0]
    return codes[size] + format(value if value > 0 else value + (1 << size) - 1, f"0{size}b")


def _codes(counts: bytes, symbols: bytes) -> dict[int, str]:
    """Give the canonical code of each symbol."""
    codes: dict[int, str] = {}
    code, at = 0, 0
    for length, count in enumerate(counts, start=1):
        for _ in range(count):
            codes[symbols[at]] = format(code, f"0{length}b")
            code, at = code + 1, at + 1
        code <<= 1
    return codes
