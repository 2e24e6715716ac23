"""The content files that actions need, read once for the whole process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from bot.domain.flags import phrases, rules_of
from bot.domain.questions import Bank
from bot.errors import SettingError

FLOWS: Final = Path(__file__).resolve().parents[1] / "flows"
QUESTIONS: Final = FLOWS / "questions.yml"
FLAGS: Final = FLOWS / "flags.yml"


@cache
def question_bank() -> Bank:
    """Give the bank of gentle questions; a file that is not as it should be raises SettingError."""
    try:
        return Bank.of(yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        raise _unusable(QUESTIONS, fault) from None


@cache
def flag_phrases() -> tuple[tuple[str, ...], ...]:
    """Name the words of the published rules by which a case is listed; a wrong file raises SettingError."""
    try:
        return phrases(rules_of(yaml.safe_load(FLAGS.read_text(encoding="utf-8"))["rules"]))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        raise _unusable(FLAGS, fault) from None


def _unusable(file: Path, fault: Exception) -> SettingError:
    advice = "run `saphan check`, which says what is wrong"
    return SettingError(f"flows/{file.name} cannot be used ({type(fault).__name__}); {advice}")
