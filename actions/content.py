"""The content files that actions need, read once for the whole process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from bot.domain.questions import Bank
from bot.errors import SettingError

QUESTIONS: Final = Path(__file__).resolve().parents[1] / "flows" / "questions.yml"


@cache
def question_bank() -> Bank:
    """Give the bank of gentle questions; a file that is not as it should be raises SettingError."""
    try:
        return Bank.of(yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))["questions"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        advice = "run `saphan check`, which says what is wrong"
        raise SettingError(f"flows/{QUESTIONS.name} cannot be used ({type(fault).__name__}); {advice}") from None
