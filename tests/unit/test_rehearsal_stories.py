"""Stories are written without programming: what is wrong in one is told by file and step, and what ships covers all."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import CHECKOUT
from bot.domain.codes import LANGUAGES
from bot.errors import SettingError
from bot.rehearsal.phrases import Phrases
from bot.rehearsal.stories import PERSONAS, Step, read_stories
from bot.words import read_flows

STORY = "title: t\nlanguage: th\nsteps:\n  - starts: th\n    says: [opening.who]\n  - waits: 3 days\n"


def story(root: Path, text: str, name: str = "silent/one.yml") -> Path:
    path = root / "flows" / "rehearsal" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root / "flows" / "rehearsal"


def test_a_story_is_read_as_it_is_written(tmp_path: Path) -> None:
    (found,) = read_stories(story(tmp_path, STORY))
    assert (found.name, found.persona, found.language) == ("silent/one", "silent", "th")
    assert found.steps[0].says == ("opening.who",)
    assert found.steps[1].gap == timedelta(days=3)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("starts: th", "jumps: th", "step 1 does not do exactly one thing"),
        ("says: [opening.who]", "sais: [opening.who]", "step 1 has the unknown field 'sais'"),
        ("waits: 3 days", "waits: soon", "step 2: `waits:` should be a time"),
        ("waits: 3 days", "sends: cake", "step 2: `sends:` should be sticker"),
        ("waits: 3 days", "shift: tonight", "step 2: `shift:` should be a time"),
        ("waits: 3 days", "tells: [one, two]", "step 2: `tells:` should be a list of messages"),
        ("waits: 3 days", "writes: one\n    until: mirror_yes", "step 2 has the unknown field 'until'"),
        ("language: th", "language: xx", "`language:` should be one of"),
        ("title: t\n", "", "must hold `title:`"),
        ("steps:", "steps: [", "cannot be read"),
    ],
)
def test_a_wrong_story_is_told_by_file_and_step(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SettingError) as told:
        read_stories(story(tmp_path, STORY.replace(old, new)))
    assert str(told.value).startswith("flows/rehearsal/silent/one.yml")
    assert says in str(told.value)


def test_a_persona_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="is of no known persona"):
        read_stories(story(tmp_path, STORY, "nobody/one.yml"))


def test_the_library_plays_every_persona_in_every_language() -> None:
    stories = read_stories(CHECKOUT / "flows" / "rehearsal")
    assert len(stories) >= 40
    assert {one.persona for one in stories} == set(PERSONAS)
    spoken = Counter(one.language for one in stories)
    assert all(spoken[language] >= 3 for language in LANGUAGES)


def test_every_key_that_a_story_expects_is_written() -> None:
    keys = {draft.key for draft in read_flows(CHECKOUT).drafts}
    expected = {
        key
        for one in read_stories(CHECKOUT / "flows" / "rehearsal")
        for step in one.steps
        for key in (*step.says, *step.never_says)
        if not key.endswith(".")
    }
    assert expected <= keys


def test_a_sentence_on_the_screen_is_known_by_its_key_in_every_language() -> None:
    flows = read_flows(CHECKOUT)
    phrases = Phrases(flows.drafts)
    for draft in flows.drafts:
        if draft.key == "opening.who":
            said = draft.text.replace("{ $org }", "Bridge House")
            assert phrases.key_of(said, draft.language) == "opening.who"
    assert phrases.key_of("Somebody wrote this by hand.", "en") == ""


def test_a_step_of_many_messages_keeps_their_order() -> None:
    assert Step(1, "writes", ["a", "b"]).texts == ("a", "b")
    assert Step(1, "writes", "a").texts == ("a",)
    assert Step(1, "presses", "safe_yes").texts == ()
