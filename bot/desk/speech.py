"""In which language the desk speaks, and how it says words, codes, numbers and times there.

Every sentence of the desk's pages is in `bot/desk/words/<language>/<topic>.ftl`; templates and errors hold keys only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.dates import get_month_names

from bot.domain.codes import Language
from bot.domain.roster import say_time
from bot.words import Words

FOLDER: Final = Path(__file__).parent / "words"
SPOKEN: Final[tuple[Language, ...]] = ("en", "th")
"""Languages of the desk; English is spoken where nobody asked for another."""
OWN_NAMES: Final = {"en": "English", "th": "ไทย"}
"""What the switch says, to who cannot read the page."""
MOST_SAID: Final = 5_000
"""Sentences kept as they were said, with what stood in them; a page of a busy desk has some hundred."""
BUDDHIST_YEARS: Final = 543
"""A year of the Buddhist era, which Thai offices write, is so many more."""


@cache
def load_words() -> Words:
    """Read the desk's sentences, once in a process; a broken file raises SettingError."""
    return Words.load(FOLDER, SPOKEN)


def make_speech() -> Mapping[Language, Speech]:
    """Give the speech of each language; a broken words file raises SettingError."""
    words = load_words()
    return {language: Speech(words, language) for language in SPOKEN}


def choose(chosen: str, accepted: str) -> Language:
    """Choose the language: by the switch, by what the browser asks for (`Accept-Language`, best first), or English."""
    asked = [chosen, *(part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))]
    return next((code for each in asked for code in SPOKEN if code == each), SPOKEN[0])


DETAILS: Final = {
    "reason": "reason",
    "outcome": "outcome",
    "ground": "ground",
    "roles": "role",
    "checked": "check",
    "point": "point",
    "purpose": "opened",
    "kind": "alert",
}
"""Details of acts whose values are codes, and of which kind; a code of another kind is shown as it is."""


@dataclass(frozen=True)
class Speech:
    """How the pages of one language speak; one for all of them, so that a sentence is put together once."""

    words: Words
    language: Language
    _said: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)

    def say(self, key: str, **args: str | int) -> str:
        """Give a sentence; an unknown key, or a place left open, raises UnknownWords."""
        asked = (key, *args.items())
        if asked not in self._said:
            if len(self._said) >= MOST_SAID:
                self._said.clear()
            self._said[asked] = self.words.say(key, self.language, **args)
        return self._said[asked]

    def code(self, kind: str, code: str) -> str:
        """Say a code in words; behind a colon it carries a detail, as `remembered:30` does.

        A code that is newer than the words files is shown as it is: a page of the desk must open in any case.
        """
        name, _, detail = code.partition(":")
        key = f"codes.{kind}-{name}"
        if not self.words.has(key):
            return code.replace("_", " ")
        return self.say(key, detail=int(detail) if detail.isdecimal() else detail)

    def row(self, code: str, label: str) -> str:
        """Say a row of the catalogue; one that is only in `flows/indicators.yml` is said in that file's words."""
        key = f"catalogue.{code}"
        return self.say(key) if self.words.has(key) else label

    def codes(self, kind: str, codes: Iterable[str]) -> str:
        """Say several codes in words."""
        return ", ".join(self.code(kind, code) for code in codes)

    def detail(self, name: str, value: object) -> str:
        """Say one detail of an act of the audit: its name, and its value in words where it is a code or a day."""
        said = str(value)
        if name == "until":
            with suppress(ValueError):
                said = self.day(datetime.fromisoformat(said))
        elif name in DETAILS:
            said = self.codes(DETAILS[name], [each.strip() for each in said.split(",")])
        return f"{self.code('detail', name)}: {said}"

    def ago(self, since: datetime, now: datetime) -> str:
        """Say how long ago something was."""
        if _minutes(since, now) < 1:
            return self.say("time.just-now")
        return self.say("time.ago", gap=self.lasting(since, now))

    def lasting(self, since: datetime, now: datetime) -> str:
        """Say how long something has lasted."""
        hours, minutes = divmod(_minutes(since, now), 60)
        days, rest = divmod(hours, 24)
        if days:
            return self.say("time.days", days=days, hours=rest)
        if hours:
            return self.say("time.hours", hours=hours, minutes=f"{minutes:02}")
        return self.say("time.minutes", minutes=minutes) if minutes else self.say("time.under-a-minute")

    def clock(self, at: datetime) -> str:
        """Give the time as it stands without JavaScript; with it the browser shows its own zone."""
        return f"{self._date(at)} {at:%H:%M} UTC"

    def day(self, at: date) -> str:
        """Give a day with its year, in Thai the year of the Buddhist era."""
        year = at.year + (BUDDHIST_YEARS if self.language == "th" else 0)
        return f"{self._date(at)} {year}"

    def _date(self, at: date) -> str:
        """Say day and month; a page of a talk says some hundred, for which Babel's own formats are slow."""
        return f"{at.day} {_months(self.language)[at.month]}"

    def hour(self, minutes: int) -> str:
        """Give minutes after midnight as a clock shows them."""
        return say_time(minutes)

    def country(self, code: str) -> str:
        """Say a country by its ISO 3166 code."""
        return str(Locale.parse(self.language).territories.get(code, code))

    def in_templates(self) -> dict[str, Any]:
        """Give what templates call."""
        each = [
            self.say,
            self.code,
            self.codes,
            self.row,
            self.ago,
            self.lasting,
            self.clock,
            self.day,
            self.hour,
            self.country,
            self.detail,
        ]
        return {"language": self.language} | {one.__name__: one for one in each}


@cache
def _months(language: Language) -> dict[int, str]:
    return dict(get_month_names("abbreviated", locale=language))


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 60))
