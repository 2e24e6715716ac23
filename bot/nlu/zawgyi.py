"""Tells Burmese in Zawgyi from Burmese in Unicode, and turns the one into the other.

Zawgyi puts other letters at the same code points and stores them as they are seen, not as they are spoken. The
probability is that of `myanmartools`, whose small model also knows Shan, Karen and Mon, which use the same code points
and must be left alone; the conversion is ICU's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import isinf
from typing import Any, Final

from bot.nlu.alignment import Aligned

SURE: Final = 0.5
"""How far from 0 the number of a text decides alone; nearer, what came before in the conversation helps."""
BEFORE_COUNTS: Final = 0.5

_BURMESE: Final = re.compile(r"[\u1000-\u109f]")
_SYLLABLE: Final = re.compile(
    r"(?<![\u1031\u103b\u107e-\u1084])"
    r"(?=[\u1031\u103b\u107e-\u1084]*[\u1000-\u1021\u1023-\u1027\u1029\u106a\u106b\u108f\u1090](?!\u1039))"
    r"|(?=[\s\u104a\u104b])"
)
"""Where a syllable begins as Zawgyi stores it: a vowel or a medial that is drawn on the left comes first."""
_WORD: Final = re.compile(r"(?<=\s)(?=\S)|(?<=[\u104a\u104b])")


def zawgyi_of(text: str) -> float:
    """Give how much the writing speaks for Zawgyi (to 1) or for Unicode (to -1); 0 where nothing tells.

    Nothing tells when the text is the same in both, as short words often are.
    """
    if not _BURMESE.search(text):
        return 0.0
    probability = _detector().get_zawgyi_probability(text)
    number = 0.0 if isinf(probability) else round(2.0 * float(probability) - 1.0, 4)
    return 0.0 if number > 0 and _converter("Zawgyi-my").transliterate(text) == text else number


def is_zawgyi(text: str, number: float, before: float) -> bool:
    """Decide by the number of this text and, where it is in doubt, by the sum of those before it."""
    if not _BURMESE.search(text):
        return False
    if abs(number) >= SURE:
        return number > 0
    return number + BEFORE_COUNTS * max(-1.0, min(1.0, before)) > 0


def to_unicode(text: Aligned) -> Aligned:
    """Convert a text in Zawgyi, syllable by syllable where that gives what ICU makes of the whole."""
    whole = _converter("Zawgyi-my").transliterate(text.text)
    for borders in (_SYLLABLE, _WORD):
        cuts = sorted({0, len(text.text), *(border.start() for border in borders.finditer(text.text))})
        pieces = [(a, b, str(_converter("Zawgyi-my").transliterate(text.text[a:b]))) for a, b in pairwise(cuts)]
        if "".join(new for _, _, new in pieces) == whole:
            return text.rewritten(pieces)
    return text.rewritten([(0, len(text.text), str(whole))])


def to_zawgyi(text: str) -> str:
    """Write a Unicode text as Zawgyi: for examples and tests, never for people."""
    return str(_converter("my-Zawgyi").transliterate(text))


@lru_cache(maxsize=1)
def _detector() -> Any:
    from myanmartools import ZawgyiDetector

    return ZawgyiDetector()


@lru_cache(maxsize=2)
def _converter(name: str) -> Any:
    import icu

    return icu.Transliterator.createInstance(name)
