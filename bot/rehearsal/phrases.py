"""Finds the key of a sentence that was sent: what is not in the words files was not the bot's to say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.domain.wording import Draft

_PLACE: Final = re.compile(r"\\\{\\? ?\s*\\?\$[\w\\-]+\\? ?\s*\\\}")


class Phrases:
    """Every sentence of the words files, the places of each standing for anything short."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        """A sentence that chooses among variants, or is one place only, is not looked for: its turn tells its key."""
        self._whole: dict[tuple[str, str], list[str]] = {}
        self._open: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        self._asking: set[str] = set()
        for draft in drafts:
            if draft.asks == "yes":
                self._asking.add(draft.key)
            if "->" in draft.text or not _PLACE.sub("", re.escape(draft.text)):
                continue
            if "{" in draft.text:
                pattern = _PLACE.sub("(.{1,200}?)", re.escape(draft.text))
                self._open.setdefault(draft.language, []).append((re.compile(pattern, re.DOTALL), draft.key))
            else:
                self._whole.setdefault((draft.language, draft.text), []).append(draft.key)

    def key_of(self, text: str, language: str, likely: Iterable[str] = ()) -> str:
        """Give the key of a sentence, of a `likely` one first where two are worded alike; nothing where none is."""
        found = [key for pattern, key in self._open.get(language, ()) if pattern.fullmatch(text)]
        keys = [*self._whole.get((language, text), ()), *found]
        return next((key for key in likely if key in keys), keys[0] if keys else "")

    def asks(self, key: str) -> bool:
        """Tell whether the sentence of a key asks something."""
        return key in self._asking
