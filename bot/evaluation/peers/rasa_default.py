"""Peer: Rasa's default pipeline: whitespace tokenizer, count vectors of words and characters, DIET.

It gives one intent a message. For codes it is asked in the way that Rasa offers for several things at once: an intent
made of parts, `debt_bondage+child`, where only combinations that it has seen can be said.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from rasa.core.channels.channel import UserMessage

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.errors import EngineFailure
from bot.evaluation.peers.training import Example
from bot.evaluation.readings import Read

NOTHING: Final = "nothing"
PLUS: Final = "+"
CACHE: Final = "RASA_CACHE_DIRECTORY"


class RasaDefault:
    """Reads by two models, each trained as `rasa train nlu` would."""

    has_all_scores = False

    def __init__(self, examples: Sequence[Example], folder: Path, epochs: int) -> None:
        """Learn in a folder that nobody keeps."""
        self.name = f"Rasa's default pipeline (DIET, {epochs} epochs)"
        started = time.perf_counter()
        with _no_old_work(folder / "cache"):
            self._intent = _train(examples, lambda one: one.intent, folder / "intents", epochs)
            self._labels = _train(examples, _joined, folder / "labels", epochs)
        self.training_seconds: float | None = time.perf_counter() - started
        self.size = sum(model.stat().st_size for model in folder.rglob("*.tar.gz"))

    def read(self, text: str) -> Read:
        """Read one text."""
        labels = frozenset(str(self._ask(self._labels, text)).split(PLUS))
        urgency = next((name for name in URGENCIES if name in labels), "none")
        return Read(
            language=None,
            intent=self._ask(self._intent, text),
            codes=labels & frozenset(INDICATOR_CODES),
            urgency=urgency,
            urgency_maybe=urgency,
        )

    @staticmethod
    def _ask(processor: Any, text: str) -> str | None:
        found = asyncio.run(processor.parse_message(UserMessage(text, sender_id="evaluation")))
        name: str | None = found["intent"]["name"]
        return name


def _joined(example: Example) -> str:
    return PLUS.join(sorted(example.labels)) or NOTHING


def _train(examples: Sequence[Example], intent_of: Callable[[Example], str], folder: Path, epochs: int) -> Any:
    """Train one model and load it."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    folder.mkdir(parents=True)
    (folder / "config.yml").write_text(yaml.safe_dump(_config(epochs)), encoding="utf-8")
    by_intent: dict[str, list[dict[str, str]]] = {}
    for example in examples:
        by_intent.setdefault(intent_of(example), []).append({"text": example.text})
    nlu = [{"intent": intent, "examples": texts} for intent, texts in by_intent.items()]
    data = {"version": "3.1", "nlu": nlu}
    (folder / "nlu.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "model"))
    processor = Agent.load(model_path=model).processor if model else None
    if processor is None:
        raise EngineFailure("Rasa's default pipeline could not be trained")
    return processor


def _config(epochs: int) -> dict[str, Any]:
    tokenizer = {"name": "WhitespaceTokenizer", "intent_tokenization_flag": True, "intent_split_symbol": PLUS}
    characters = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    return {
        "recipe": "default.v1",
        "language": "en",
        "assistant_id": "peer",
        "pipeline": [
            tokenizer,
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            characters,
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": 7},
        ],
    }


@contextlib.contextmanager
def _no_old_work(folder: Path) -> Iterator[None]:
    """Keep Rasa's cache apart: a model taken from it would make the training time a lie."""
    before = os.environ.get(CACHE)
    os.environ[CACHE] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(CACHE, None)
        if before is not None:
            os.environ[CACHE] = before
