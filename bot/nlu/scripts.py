"""Names the script of a text (ISO 15924), and the one that gives its language away."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
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

_DENSE: Final = {"Hani": 3}
"""How many letters of another script say as much as one of this one."""
HOME_SHARE: Final = 0.2
"""Share of a text from which letters of a script with one language of ours make it that language's: people mix in
English words, hardly ever the other way round."""
HOMES: Final = ("Thai", "Laoo", "Khmr", "Mymr", "Hani")

_BURMESE: Final = re.compile(r"[\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]")
_OTHER_BURMESE: Final = re.compile(r"[\u1022\u1028\u1033-\u1035\u105a-\u108f\u109a-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff]")
"""Letters that Shan, Karen, Mon and others have and Burmese in Unicode has not."""
OTHER_SHARE: Final = 0.05


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


def home_script_of(text: str) -> str:
    """Give the script that tells the language, where words in Latin letters may be mixed in; else `script_of`."""
    found = Counter(map(_script_of_character, text))
    del found[UNKNOWN]
    weights = {name: count * _DENSE.get(name, 1) for name, count in found.items()}
    homes = {name: weights.get(name, 0) for name in HOMES}
    best = max(homes, key=lambda name: homes[name])
    if weights.get("Latn") and homes[best] >= HOME_SHARE * sum(weights.values()):
        return best
    return script_of(text)


def is_other_burmese(text: str) -> bool:
    """Tell Shan, Karen, Mon and others that share Burmese letters, in Unicode, from Burmese."""
    return len(_OTHER_BURMESE.findall(text)) >= OTHER_SHARE * max(1, len(_BURMESE.findall(text)))


@lru_cache(maxsize=4096)
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
