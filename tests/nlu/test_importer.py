"""Examples reach Rasa as they were written, read in seconds."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.importer import NoExample, Told, examples_for_rasa
from bot.nlu.written import FOLDER, ROOT

BLOCK = """
nlu:
- intent: tell
  examples:
    - text: "they keep my papers "
      metadata: {indicators: [document_retention]}
    - text: "i am fine"
"""


def test_examples_are_read_as_rasa_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "en" / "talk.yml"
    file.parent.mkdir()
    file.write_bytes((ROOT / FOLDER / "en" / "talk.yml").read_bytes())
    ours, theirs = examples_for_rasa(tmp_path), loading.load_data(str(file))
    assert [message.data for message in ours.training_examples] == [
        message.data for message in theirs.training_examples
    ]


def test_what_no_language_of_ours_holds_is_not_learnt_from(tmp_path: Path) -> None:
    for folder in ("en", "und"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talk.yml").write_text(BLOCK)
    assert [message.get("text") for message in examples_for_rasa(tmp_path).training_examples] == [
        "they keep my papers",
        "i am fine",
    ]


@pytest.mark.parametrize("broken", ["nlu: [", "nlu: [word]", "nlu: [{examples: [{text: a}]}]", "[]"])
def test_a_file_that_cannot_be_read_is_named_and_nothing_of_it_told(tmp_path: Path, broken: str) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "talk.yml").write_text(broken)
    with pytest.raises(NoExample, match=r"^nlu_data/en/talk\.yml cannot be read; `saphan check` tells where: \w+$"):
        examples_for_rasa(tmp_path)


def test_a_copy_of_an_example_is_changed_by_itself() -> None:
    example = Told.build("they keep my papers", "tell", example_metadata={"indicators": ["document_retention"]})
    other = copy.deepcopy(example)
    assert (other, hash(other), other.data) == (example, hash(example), example.data)
    other.set("text", "i am fine", add_to_output=True)
    other.add_features(Features(np.ones((1, 2)), "sentence", "text", "test"))
    other.output_properties.add("language")
    assert (example.get("text"), example.features, example.output_properties) == ("they keep my papers", [], {"text"})
    assert other != example


def test_the_fingerprint_of_an_example_is_that_of_what_it_says_now() -> None:
    example = Told.build("they keep my papers", "tell")
    for changed, value in (("intent", "tell"), ("text", "i am fine"), ("language", None)):
        example.set(changed, value)
        assert example.fingerprint() == Message(dict(example.data)).fingerprint()


def test_an_example_that_is_written_as_it_was_need_not_be_looked_at_again() -> None:
    example = Told.build("they keep my papers", "tell")
    found = example.fingerprint()
    example.set("text", "they keep my papers", add_to_output=True)
    assert example._cached_fingerprint == found
    example.set("intent", "tell", add_to_output=True)
    assert example.output_properties == {"text", "intent"}


def test_putting_examples_together_drops_those_that_stand_twice() -> None:
    first, second, again = (Told.build(text, "tell") for text in ("i am fine", "they keep my papers", "i am fine"))
    merged = TrainingData().merge(TrainingData([first, second]), TrainingData([again]))
    assert [message.get("text") for message in merged.training_examples] == ["i am fine", "they keep my papers"]
