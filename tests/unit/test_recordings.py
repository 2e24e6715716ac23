"""A recording that says another wording, belongs to no sentence or could harm is refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.recordings import RecordingFiles
from bot.domain.recordings import BIGGEST, NotPlayable, check_sound
from bot.services.checks.recordings import to_record
from bot.words import read_flows
from tests.support.content import findings, plant, write
from tests.support.ogg import record, silence

CALM = "We can do something small together."
VOICE = "flows/voice/en"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "flows/words/en/grounding.ftl", f"offer = {CALM}\n    .asks = no\n")
    write(tmp_path, "flows/words/en/opening.ftl", "who = I am run by {$org}.\n    .asks = no\n")
    write(tmp_path, "flows/words/en/cover.ftl", "back = You are back.\n    .asks = no\n")
    write(tmp_path, "flows/voice/README.md", "how to record\n")
    return tmp_path


def test_a_recording_of_the_very_wording_is_right_and_is_found_by_its_sentence(root: Path) -> None:
    record(root / "flows", "en", {"grounding.offer": CALM})
    assert findings(root, "flows/voice") == []
    files = RecordingFiles.read(root / "flows" / "voice")
    assert files.find("en", CALM)
    assert files.has_any("en")
    assert not files.has_any("th")
    assert files.find("en", CALM + " Yes.") == files.find("ms", CALM) == "", "another wording, another language"


def test_what_is_left_to_record_is_every_sentence_that_can_be_heard(root: Path) -> None:
    """The changed screen, what has places, words on buttons and members of lists are no sentences to be spoken."""
    plant(
        root,
        "flows/words/en/grounding.ftl",
        "    .asks = no\n",
        "    .asks = no\nnext = Next?\n    .asks = no\nfact = pay\n    .asks = no\n",
    )
    drafts = read_flows(root).drafts
    (left,) = to_record(drafts, {"grounding.next"}, "en", ())
    assert left.key == "grounding.offer"
    record(root / "flows", "en", {"grounding.offer": CALM})
    there = RecordingFiles.read(root / "flows" / "voice").hashes("en")
    assert to_record(drafts, {"grounding.next"}, "en", there) == []


def test_a_changed_sentence_has_no_recording_any_more(root: Path) -> None:
    record(root / "flows", "en", {"grounding.offer": CALM})
    plant(root, "flows/words/en/grounding.ftl", "something small", "something calm")
    (fault,) = findings(root, "flows/voice")
    assert fault.startswith(f"{VOICE}/hashes.yml:1: grounding.offer was recorded for another wording")
    assert "saphan recording en grounding.offer" in fault


@pytest.mark.parametrize(
    ("key", "sentence", "fault"),
    [
        ("grounding.calm", CALM, "grounding.calm is not among the words"),
        ("cover.back", "You are back.", "cover is never played"),
        ("opening.who", "I am run by {$org}.", "opening.who has places that are filled in"),
    ],
)
def test_what_is_no_sentence_of_its_own_cannot_be_recorded(root: Path, key: str, sentence: str, fault: str) -> None:
    """S9: nothing of the changed screen is ever heard."""
    record(root / "flows", "en", {key: sentence})
    (found,) = findings(root, "flows/voice")
    assert found.startswith(f"{VOICE}/{key}.ogg:1: {fault}")


def test_a_recording_without_hash_and_a_hash_without_recording_are_named(root: Path) -> None:
    record(root / "flows", "en", {"grounding.offer": CALM})
    (root / VOICE / "hashes.yml").write_text("grounding.end: 00\n", encoding="utf-8")
    faults = findings(root, "flows/voice")
    assert [fault.partition(";")[0] for fault in faults] == [
        f"{VOICE}/hashes.yml:1: grounding.offer has no hash",
        f"{VOICE}/hashes.yml:1: grounding.end has no recording",
    ]


def test_a_stray_file_is_named(root: Path) -> None:
    write(root, "flows/voice/grounding.offer.mp3", "")
    (fault,) = findings(root, "flows/voice")
    assert fault.startswith("flows/voice/grounding.offer.mp3:1: is not flows/voice/<language>/<topic>.<message>.ogg")


@pytest.mark.parametrize(
    ("sound", "fault"),
    [
        (b"ID3 an mp3", "is no Ogg/Opus"),
        (b"", "is no Ogg/Opus"),
        (silence()[:-1], "is no Ogg/Opus"),
        (silence().replace(b"OpusHead", b"vorbis12"), "is no Ogg/Opus"),
        (silence() + silence(stream=8), "is not one whole stream"),
        (silence(31), "lasts 31 seconds, 30 is the most"),
        (silence(notes=(b"ENCODER=opusenc", b"ARTIST=Invented Name")), "holds notes such as a title or a name"),
        (silence() + bytes(BIGGEST), f"{BIGGEST} is the most"),
    ],
)
def test_a_file_that_a_phone_would_not_play_or_that_tells_too_much_is_refused(sound: bytes, fault: str) -> None:
    with pytest.raises(NotPlayable, match=fault):
        check_sound(sound)


def test_a_recorders_own_name_is_no_note() -> None:
    check_sound(silence(2.5, notes=(b"ENCODER=opusenc",)))
