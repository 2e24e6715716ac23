"""Reads the stories of rehearsals: `flows/rehearsal/<persona>/<story>.yml`, written by people who know the field.

A story is what one invented person does, step by step, and what they must be answered. No programming is needed:

    title: She asks what help there is and tells nothing
    language: th
    steps:
      - starts: th
        says: [opening.who]
      - presses: information
      - writes: ...
      - waits: 3 days
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.codes import LANGUAGES
from bot.errors import SettingError

PERSONAS: Final = (
    "chatty",
    "child",
    "coached",
    "distrustful",
    "in_danger",
    "mother",
    "prankster",
    "silent",
    "testing",
)
"""Who is played; `testing` is a trafficker who tries the bot out, `coached` somebody who was told what to say."""

DOES: Final = {
    "starts": "the language of a deep link, or nothing",
    "writes": "one message, or a list of messages sent in one breath",
    "tells": "a list of messages, one after the other, until the button of `until:` is there",
    "presses": "the act of a button on the newest message, such as safe_yes",
    "presses_old": "the act of a button that was pressed or shown before",
    "sends": "sticker, voice, photo, location or contact",
    "edits": "the new text of an earlier message",
    "blocks": "true",
    "waits": "a time, such as 40 minutes, 3 days or 5 weeks",
    "shift": "a time, such as 5 hours, after which the next counsellor's shift is planned to begin",
    "engine": "stops or returns",
    "counsellor": "comes, leaves, claims, returns or closes",
    "counsellor_writes": "one message",
}
"""What a step may do; exactly one of them."""

EXPECTS: Final = ("says", "never_says", "silence", "state", "alert", "language", "level", "on_screen")
ON_THE_WAY: Final = ("until", "answers")
"""Fields of `tells` alone."""

SENT: Final[dict[str, dict[str, Any]]] = {
    "sticker": {"sticker": {"file_id": "s", "emoji": "\N{SLIGHTLY SMILING FACE}"}},
    "voice": {"voice": {"file_id": "v", "duration": 3}},
    "photo": {"photo": [{"file_id": "p", "width": 9, "height": 9}]},
    "location": {"location": {"latitude": 0.0, "longitude": 0.0}},
    "contact": {"contact": {"phone_number": "+000", "first_name": "invented"}},
}

_CHOICES: Final = {
    "sends": tuple(SENT),
    "engine": ("stops", "returns"),
    "counsellor": ("comes", "leaves", "claims", "returns", "closes"),
}
_GAP: Final = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?")


@dataclass(frozen=True)
class Step:
    """One thing that happens, and what must follow."""

    number: int
    does: str
    what: Any
    says: tuple[str, ...] = ()
    """Keys, or beginnings of keys such as `weeks.`, that must be said, in this order; others may come between."""
    never_says: tuple[str, ...] = ()
    """Keys, or beginnings of keys such as `questions.`, that must not be said."""
    silence: bool = False
    """Nothing at all may be sent."""
    state: str = ""
    alert: str = ""
    language: str = ""
    level: str = ""
    on_screen: int | None = None
    """How many messages of the bot stand on the screen."""
    until: str = ""
    """Of `tells`: the act of the button that has to come before the messages end."""
    answers: tuple[str, ...] = ()
    """Of `tells`: acts of buttons that are pressed whenever they come on the way."""

    @property
    def gap(self) -> timedelta:
        """How long a step of waiting lasts, or how far a shift is away."""
        match = _GAP.fullmatch(str(self.what))
        return timedelta() if match is None else timedelta(**{f"{match[2]}s": int(match[1])})

    @property
    def texts(self) -> tuple[str, ...]:
        """What the person writes in this step."""
        if self.does not in ("writes", "edits"):
            return ()
        return tuple(self.what) if isinstance(self.what, list) else (str(self.what),)


@dataclass(frozen=True)
class Story:
    """One invented person's way through the bot."""

    name: str
    """`<persona>/<story>`."""
    title: str
    language: str
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def persona(self) -> str:
        """Whose story it is."""
        return self.name.partition("/")[0]


def read_stories(folder: Path) -> list[Story]:
    """Read every story below a folder; a wrong one raises SettingError with its file and what to write."""
    stories = [_read(path, folder) for path in sorted(folder.glob("*/*.yml"))]
    if not stories:
        raise SettingError(f"{folder.name}: holds no stories; put <persona>/<story>.yml there")
    return stories


def _read(path: Path, folder: Path) -> Story:
    file = f"{folder.parent.name}/{folder.name}/{path.parent.name}/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise SettingError(f"{file}: cannot be read ({type(fault).__name__}); put a UTF-8 YAML file there") from None
    if path.parent.name not in PERSONAS:
        raise SettingError(f"{file}: is of no known persona; use a folder of {', '.join(PERSONAS)}")
    if not isinstance(data, dict) or set(data) != {"title", "language", "steps"} or not isinstance(data["steps"], list):
        raise SettingError(f"{file}: must hold `title:`, `language:` and a list `steps:`, and nothing else")
    if data["language"] not in LANGUAGES:
        raise SettingError(f"{file}: `language:` should be one of {', '.join(LANGUAGES)}")
    steps = tuple(_step(step, number, file) for number, step in enumerate(data["steps"], start=1))
    return Story(f"{path.parent.name}/{path.stem}", str(data["title"]), data["language"], steps)


def _step(step: object, number: int, file: str) -> Step:
    where = f"{file}: step {number}"
    does = [name for name in step if name in DOES] if isinstance(step, dict) else []
    if not isinstance(step, dict) or len(does) != 1:
        raise SettingError(f"{where} does not do exactly one thing; use one of {', '.join(DOES)}")
    fields = (*EXPECTS, *ON_THE_WAY) if does[0] == "tells" else EXPECTS
    unknown = sorted(set(map(str, step)) - {does[0], *fields})
    if unknown:
        raise SettingError(f"{where} has the unknown field {unknown[0]!r}; use one of {', '.join(fields)}")
    what = step[does[0]]
    allowed = _CHOICES.get(does[0])
    wrong = allowed is not None and what not in allowed
    wrong |= does[0] in ("waits", "shift") and not _GAP.fullmatch(str(what))
    wrong |= does[0] == "tells" and not (isinstance(what, list) and step.get("until"))
    if wrong:
        raise SettingError(f"{where}: `{does[0]}:` should be {DOES[does[0]]}")
    expected = {name: step[name] for name in fields if name in step}
    for name in ("says", "never_says", "answers"):
        if name in expected:
            expected[name] = tuple(map(str, expected[name] if isinstance(expected[name], list) else [expected[name]]))
    return Step(number, does[0], what, **expected)
