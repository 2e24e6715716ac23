"""Questions about us are answered whole, and asking is never a sign against anybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.content import load_flags
from bot.adapters.recordings import RecordingFiles
from bot.bootstrap import CHECKOUT
from bot.domain import about
from bot.domain.codes import LANGUAGES
from bot.domain.flags import phrases
from bot.domain.wording import MOST, MOST_IN_AN_ALPHABET, places, width
from bot.services.speak import Speaker
from bot.words import read_flows
from tests.support.cases import a_case
from tests.support.conversations import a_conversation
from tests.support.house import content
from tests.support.records import NOON
from tests.support.vault import quick_vault


@pytest.mark.parametrize("intent", about.TOPICS)
def test_every_question_is_answered_and_the_others_stay_one_tap_away(intent: str) -> None:
    """T9, S11: no disclosure is needed, nothing changes by asking."""
    reply = about.tell_about(a_case(), intent)
    assert reply.effects == ()
    others = {button.act for button in about.MENU} - {intent}
    assert others <= {button.act for button in reply.say[-1].buttons}


def test_information_needs_nothing_told() -> None:
    """T9: reachable in one tap, and every question about us is one more."""
    assert {button.act for button in about.information(a_case()).say[0].buttons} == {
        *about.TOPICS,
        "about_help",
        "someone_else",
    }


def test_who_reads_is_told_in_three_tiers_with_its_limits() -> None:
    """T2, T3, T4, D2: the program, a counsellor after a yes, another organisation after a yes that names it."""
    words = content().words
    keys = [say.key for say in about.tell_about(a_case(), "about_reads").say]
    said = " ".join(words.say(key, "en", org="Example House", messenger="Telegram") for key in keys)
    for part in ("program", "counsellor", "Another organisation", "by its name", "Telegram can store it", "take back"):
        assert part in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_chats_are_marked_is_public_in_every_language(language: str) -> None:
    """H9: the rules by which a chat is marked, and by which a case is listed, are told in plain words."""
    words, rules = content().words, phrases(load_flags(CHECKOUT))
    said = about.tell_about(a_case(), "about_flags", rules).say
    more = ["review.listed-more"] * (len(rules) - 1)
    assert [say.key for say in said] == ["about.flags", "review.listed", *more, "about.flags-more"]
    assert [say.lists["rules"] for say in said[1:-1]] == list(rules)
    assert {*(key for part in rules for key in part), *(say.key for say in said)} <= words.keys(language)
    speaker = Speaker(quick_vault(), words, "Example House", RecordingFiles({}))
    conversation = replace(a_conversation(NOON), language=language)
    assert all(width(speaker.render(conversation, say)) <= MOST.get(language, MOST_IN_AN_ALPHABET) for say in said)


def test_what_is_kept_and_who_read_it_is_told_in_figures() -> None:
    """D3, H8: what is kept, for how long, and how often staff opened it."""
    last = about.tell_about(a_case(yeses=2, openings=1), "about_stored").say[-1]
    assert last.args == {"yes": "2", "opened": "1"}


def test_public_words_name_no_staff_shelter_or_route() -> None:
    """S20: whoever tests the bot learns no names: only these places can be filled in."""
    used = {place for draft in read_flows(CHECKOUT).drafts for place in places(draft.text)}
    assert not used & {"name", "member", "counsellor", "shelter", "address", "route"}
