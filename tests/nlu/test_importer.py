"""Examples reach Rasa as they were written, read in seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data import loading

from bot.nlu.importer import NoExample, examples_for_rasa
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
