"""Names the script of a text (ISO 15924), and tells Burmese in Zawgyi from Burmese in Unicode.

Zawgyi puts other letters at the same code points and stores them as they are seen, not as they are spoken; the marks
below are orders and code points that occur in one of the two and hardly ever in the other.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

UNWRITTEN: Final = "Zyyy"
"""A text without a single letter."""
UNKNOWN: Final = "Zzzz"
ZAWGYI: Final = "Mymr-Zawgyi"

RANGES: Final = (
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x1000, 0x109F, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xA9E0, 0xA9FF, "Mymr"),
    (0x1780, 0x17FF, "Khmr"),
    (0x19E0, 0x19FF, "Khmr"),
    (0x3040, 0x30FF, "Jpan"),
    (0x1100, 0x11FF, "Kore"),
    (0xAC00, 0xD7AF, "Kore"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xF900, 0xFAFF, "Hani"),
    (0x20000, 0x323AF, "Hani"),
    (0x0041, 0x024F, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0xFF21, 0xFF5A, "Latn"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0370, 0x03FF, "Grek"),
    (0x10D00, 0x10D3F, "Rohg"),
)

_TRADITIONAL: Final = frozenset(
    "們這說們個來時為會沒對過還嗎國錢護證簽電話裡裏開關門間問學給讓請幫誰應該離馬東車報實現發當點無處頭與從見長樣"
)
_SIMPLIFIED: Final = frozenset(
    "们这说个来时为会没对过还吗国钱护证签电话里开关门间问学给让请帮谁应该离马东车报实现发当点无处头与从见长样"
)

_CONSONANT: Final = "\u1000-\u1021\u103f\u1025\u1027"
_ZAWGYI_MARKS: Final = re.compile(
    rf"(?:^|[^{_CONSONANT}\u103b-\u103e\u1039])\u1031"
    r"|[\u1033\u1034\u105a\u1060-\u1097]|\u1039(?![\u1000-\u1021])|(?:^|\s)\u103b",
)
_UNICODE_MARKS: Final = re.compile(
    rf"\u1031(?![{_CONSONANT}\u103b\u107e-\u1084])|\u103a[\u1037\u1038]|\u1037\u103a",
)
_FINAL_MARK: Final = "\u103a"
"""Ends a syllable in Unicode and is a medial in Zawgyi: it tells only where nothing speaks for Zawgyi."""


def script_of(text: str) -> str:
    """Give the script that most letters are in; `Zyyy` without letters, `Zzzz` for letters of none we know."""
    found = Counter(_script_of_character(character) for character in text if character.isalpha())
    if not found:
        return UNWRITTEN
    script = found.most_common(1)[0][0]
    if script == "Hani":
        if found["Jpan"]:
            return "Jpan"
        return _han_of(text)
    return script


def zawgyi_of(text: str) -> float:
    """Give how much the writing speaks for Zawgyi (to 1) or for Unicode (to -1); 0 where nothing tells."""
    zawgyi, unicode = len(_ZAWGYI_MARKS.findall(text)), len(_UNICODE_MARKS.findall(text))
    if not zawgyi:
        unicode += text.count(_FINAL_MARK)
    return (zawgyi - unicode) / (zawgyi + unicode) if zawgyi + unicode else 0.0


def _script_of_character(character: str) -> str:
    code = ord(character)
    return next((name for low, high, name in RANGES if low <= code <= high), UNKNOWN)


def _han_of(text: str) -> str:
    letters = set(text)
    traditional = len(letters & (_TRADITIONAL - _SIMPLIFIED))
    simplified = len(letters & (_SIMPLIFIED - _TRADITIONAL))
    if traditional == simplified:
        return "Hani"
    return "Hant" if traditional > simplified else "Hans"
