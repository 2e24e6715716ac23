"""What the invented people of the bench write: sentences of the training data, put together, in ten languages."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import yaml

from bot.words import load_escape

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 300
SHORTEST: Final = 10


def make_texts(count: int) -> list[str]:
    """Give so many texts of 10 to 300 characters, the same ones each time; none is the word of a way out."""
    chance = random.Random(2)  # noqa: S311 - the same choice each time is what is wanted
    sentences = [
        _sentences(folder) for folder in sorted((ROOT / "nlu_data").iterdir()) if (folder / "telling.yml").is_file()
    ]
    ways = load_escape(ROOT / "flows" / "escape.yml")
    texts: list[str] = []
    while len(texts) < count:
        length, text = chance.randint(SHORTEST, LONGEST), ""
        told = sentences[len(texts) % len(sentences)]
        while len(text) < length:
            text = f"{text} {chance.choice(told)}".strip()
        text = text[:length].strip()
        if ways.way_of(text) is None:
            texts.append(text)
    return texts


def _sentences(folder: Path) -> list[str]:
    read = yaml.safe_load((folder / "telling.yml").read_text(encoding="utf-8"))
    return [example["text"] for intent in read["nlu"] for example in intent["examples"]]
