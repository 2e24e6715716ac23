"""What was learnt is kept without loss; what is new is taught, and nothing else is forgotten for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.danger import important_parts
from bot.nlu.encoder import Encoder, write
from bot.nlu.examples import Example
from bot.nlu.knowledge import Knowledge, load, save
from bot.nlu.schooling import KEPT_LAYERS, learn, read_examples, taught
from bot.nlu.understanding import ANY_CODE, LABELS
from bot.nlu.written import FOLDER, ROOT

HELD = frozenset({"document_retention", ANY_CODE})
NONE: frozenset[str] = frozenset()
SAID = frozenset({"violence", ANY_CODE})
NEW = [
    *(
        Example(f"{worn} the yellow ribbon {when}", SAID, "tell")
        for worn in ("i wore", "we wore", "my sister wore")
        for when in ("again", "this morning", "after work")
    ),
    Example("we tied a yellow ribbon on the door", NONE, "tell"),
    Example("i bought a yellow ribbon for my hair", NONE, "tell"),
]
KNOWN = [
    Example("my employer took my passport and will not give it back", HELD, "tell"),
    Example("นายจ้างยึดหนังสือเดินทางไว้", HELD, "tell"),
    Example("i keep my passport in my own bag", NONE, "tell"),
    Example("we cook rice together in the evening", NONE, "tell"),
]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Read two languages: to put the others into their script takes half a minute more."""
    folder = tmp_path_factory.mktemp(FOLDER)
    for language in ("en", "tl"):
        (folder / language).symlink_to(ROOT / FOLDER / language)
    return read_examples(folder)


@pytest.fixture(scope="module")
def learnt(known: Knowledge, examples: list[Example]) -> Knowledge:
    """Teach what is new."""
    return taught(known, [*examples, *NEW], LABELS, important_parts)


def scores(knowledge: Knowledge, text: str, folder: Path) -> dict[str, float]:
    """Read one text with what was learnt."""
    write(knowledge, folder)
    return Encoder.load(folder).read(text, important_parts).labels


def test_what_is_kept_is_what_is_read_with(known: Knowledge, tmp_path: Path) -> None:
    save(known, tmp_path / "again.npz")
    again = load(tmp_path / "again.npz")
    assert (again.labels, again.intents, again.met) == (known.labels, known.intents, known.met)
    assert all(np.array_equal(again.layers[name], tensor) for name, tensor in known.layers.items())
    assert all(np.array_equal(value, vars(again.heads)[name]) for name, value in vars(known.heads).items())


def test_nearly_all_examples_were_met(known: Knowledge, examples: list[Example]) -> None:
    """Where many are new, let everything be learnt: `python -m bot.nlu.schooling`."""
    assert sum(map(known.has_met, examples)) >= 0.9 * len(examples)


def test_where_nothing_is_new_nothing_is_learnt(known: Knowledge) -> None:
    met = replace(known, met=frozenset(example.mark for example in KNOWN))
    assert taught(met, KNOWN, LABELS, important_parts) is met


def test_what_is_new_is_heard_and_nothing_is_forgotten_for_it(
    known: Knowledge, learnt: Knowledge, tmp_path: Path
) -> None:
    text = "yesterday my brother wore the yellow ribbon"
    before, after = (scores(each, text, tmp_path)["violence"] for each in (known, learnt))
    assert before < -1
    assert after > before + 1
    for example in KNOWN:
        assert (scores(learnt, example.text, tmp_path)["document_retention"] > 0) == (example.labels == HELD)
    assert all(map(learnt.has_met, NEW))


def test_all_else_scores_as_it_did_though_what_is_new_is_mostly_violence(
    known: Knowledge, learnt: Knowledge, examples: list[Example], tmp_path: Path
) -> None:
    """Limits were chosen for the scores as they were."""
    means = []
    for knowledge in (known, learnt):
        write(knowledge, tmp_path)
        reader = Encoder.load(tmp_path)
        some = [reader.read(example.text, important_parts).labels["violence"] for example in examples[::40]]
        means.append(np.mean(some))
    assert abs(means[1] - means[0]) < 0.5


def test_an_example_that_is_labelled_otherwise_is_new(known: Knowledge) -> None:
    met = replace(known, met=frozenset(example.mark for example in KNOWN))
    assert met.has_met(KNOWN[0])
    assert not met.has_met(replace(KNOWN[0], labels=NONE))
    assert not met.has_met(replace(KNOWN[0], intent="stop"))


@pytest.mark.parametrize("strange", [Example("bye", NONE, "wave"), Example("bye", NONE, "stop")])
def test_an_intent_or_a_label_that_nobody_knows_is_not_learnt_by_halves(known: Knowledge, strange: Example) -> None:
    labels = LABELS if strange.intent == "wave" else (*LABELS, "another")
    with pytest.raises(ValueError, match=r"schooling.*: (wave|another)"):
        taught(known, [strange], labels, important_parts)


def test_everything_can_be_learnt_from_nothing(tmp_path: Path) -> None:
    learnt = learn([*KNOWN, *NEW], LABELS, important_parts)
    assert sorted(learnt.intents) == ["tell"]
    assert {int(name[1:].split(".")[0]) for name in learnt.layers} == set(range(KEPT_LAYERS, 12))
    assert set(scores(learnt, "they took my passport", tmp_path)) == set(LABELS)
