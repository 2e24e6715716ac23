"""What the desk changed goes back into the content files, and an installation that begins with them has it all."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.content import read_material
from bot.bootstrap import read_content
from bot.domain.codes import MemberId
from bot.domain.contact_rows import Overlay, name_of
from bot.domain.contacts import Review, row_hash, verified
from bot.domain.word_reviews import Wording, sentence_hash, sentences
from bot.services.checks.contacts import check_contacts
from bot.services.content.export import CannotExport, Exported, changed_files, reword, with_rows
from bot.words import as_one_sentence
from tests.support.desk import KNOWN, ROOT
from tests.support.house import content

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
ME = MemberId("me")
FLOWS = ROOT / "flows"
NEW: dict[str, Any] = {
    "country": "NO",
    "number": "+47 000 00 01",
    **KNOWN,
    "from_abroad": "yes",
    "recorded": False,
    "hours": "'all day': #1",
    "languages": ["no", "en"],
    "serves": ["danger"],
}


def texts() -> dict[str, str]:
    paths = [*FLOWS.glob("*.yml"), *FLOWS.glob("words/*/opening.ftl")]
    return {path.relative_to(FLOWS).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def a_change() -> Exported:
    first, second = content().contacts[:2]
    overlays = [
        Overlay(name_of(first), {**first, "hours": "in the evening", "from_abroad": "no"}, ME, NOW),
        Overlay(name_of(second), None, ME, NOW),
        Overlay(name_of(NEW), NEW, ME, NOW),
    ]
    wording = Wording("th", "opening.begin", "เขียน { $org } ได้เลย", "base", ME, NOW, ME, NOW)
    signed = {code: {"opening.who": "hash-of-it"} if code == "th" else {} for code in content().words.by_language}
    return Exported(overlays, [wording], {"km"}, signed)


def test_an_installation_that_begins_with_the_exported_files_has_all_that_was_changed(tmp_path: Path) -> None:
    found = a_change()
    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    files = changed_files(found, texts())
    assert set(files) == {"contacts.yml", "words/th/opening.ftl", "reviews.yml", "languages.yml"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")

    again = read_content(folder)

    assert again.words.say("opening.begin", "th", org="X") == "เขียน X ได้เลย"
    assert again.words.say("opening.who", "th", org="X") == content().words.say("opening.who", "th", org="X")
    assert again.off == {"km"}
    assert again.files().reviewed == {"hash-of-it"}
    changed = {it.name: it.row for it in found.overlays}
    rows = {name_of(row): row for row in again.contacts}
    assert {name: rows.get(name) for name in changed} == changed
    untouched = [row for row in content().contacts if name_of(row) not in changed]
    assert [rows[name_of(row)] for row in untouched] == untouched
    assert changed_files(replace(found, overlays=[], wordings=[]), {**texts(), **files}) == {}, "nothing is left to do"


def test_s4_what_was_tried_of_a_changed_row_counts_for_the_exported_one(tmp_path: Path) -> None:
    written = with_rows(texts()["contacts.yml"], [Overlay(name_of(NEW), NEW, ME, NOW)])
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "contacts.yml").write_text(written, encoding="utf-8")
    source = read_material(tmp_path, with_training=False).contacts
    assert source is not None
    assert check_contacts(source) == []

    from bot.words import load_contacts

    rows = load_contacts(tmp_path / "flows" / "contacts.yml")
    review = Review(row_hash(NEW), "me", NOW, NOW + timedelta(days=1))
    assert [it.number for it in verified(rows, [review], NOW)] == ["+47 000 00 01"]


def test_everything_else_of_a_file_stays_as_it_is() -> None:
    source = texts()["contacts.yml"]
    assert with_rows(source, []) == source
    first = content().contacts[0]
    lines = with_rows(source, [Overlay(name_of(first), {**first, "hours": "at night"}, ME, NOW)]).splitlines()
    assert len(set(source.splitlines()) - set(lines)) <= 2
    assert lines[:20] == source.splitlines()[:20]
    words = texts()["words/en/opening.ftl"]
    again = reword(words, "begin", "Well.", "words/en/opening.ftl")
    assert [line for line in words.splitlines() if line not in again.splitlines()] == [
        line for line in words.splitlines() if line.startswith("begin = ")
    ]


def test_a_wording_whose_sentence_left_the_files_is_named() -> None:
    with pytest.raises(CannotExport, match="holds no 'gone'"):
        reword("here = Hello.\n", "gone", "Bye.", "words/en/opening.ftl")


def test_nothing_is_written_where_nothing_was_changed() -> None:
    nothing = Exported([], [], (), {code: {} for code in content().words.by_language})
    assert changed_files(nothing, texts()) == {}


@pytest.mark.parametrize("text", ["two\nlines", "{ -term }", '{ "x" }', "{ $a ->\n *[b] c }", "{", "ok\nother = x", ""])
def test_what_is_more_than_one_sentence_never_becomes_one(text: str) -> None:
    assert as_one_sentence("begin", text, asks=False) is None
    words = content().words.own()
    words.reword([("en", "opening.begin", text), ("en", "opening.nothing", "Hello.")])
    assert words.reworded == {}


def test_l15_signatures_that_travel_with_the_files_count_for_the_very_wording() -> None:
    drafts = content().files().drafts
    found = next(it for it in sentences(drafts, [], "th") if it.draft.key == "opening.begin")
    assert found.hash == sentence_hash("th", "opening.begin", found.draft.text, found.english)
    assert found.hash != sentence_hash("th", "opening.begin", found.draft.text + "!", found.english)
