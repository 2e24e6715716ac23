"""Zawgyi twins: Burmese messages as they look from a telephone with the old encoding, read beside their originals.

The set holds no Zawgyi, for one person's Zawgyi would be one keyboard's. The twins are made by ICU, which knows the
way back too; so they measure what the reader does with Zawgyi, not with the slips of real Zawgyi keyboards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.evaluation.arithmetic import Estimate, share
from bot.evaluation.messages import Labelled
from bot.evaluation.readings import Read, Reader

TO_ZAWGYI: Final = "my-Zawgyi"
NO_ICU: Final = "PyICU is not installed in the engine's environment"
BURMESE: Final = range(0x1000, 0x10A0)


def converter() -> Callable[[str], str] | None:
    """Give ICU's way from Unicode to Zawgyi; None where it cannot be loaded."""
    try:
        import icu
    except ImportError:
        return None
    transliterator: Any = icu.Transliterator.createInstance(TO_ZAWGYI)
    return lambda text: str(transliterator.transliterate(text))


def read_twins(reader: Reader, messages: Sequence[Labelled], readings: Sequence[Read]) -> Estimate | None:
    """Give the share of Burmese messages whose twin is read the same: language, intent, codes and urgency."""
    to_zawgyi = converter()
    if to_zawgyi is None:
        return None
    pairs = [
        (original, to_zawgyi(message.text), message.text)
        for message, original in zip(messages, readings, strict=True)
        if any(ord(letter) in BURMESE for letter in message.text)
    ]
    # A message without anything that differs, such as one short word, is no twin.
    return share(_say(original) == _say(reader.read(twin)) for original, twin, text in pairs if twin != text)


def _say(read: Read) -> tuple[Any, ...]:
    return (read.language, read.intent, read.codes, read.urgency, read.urgency_maybe)
