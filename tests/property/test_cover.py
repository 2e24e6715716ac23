"""In cover nothing but the theme is ever sent: whatever is typed or pressed, whoever writes, whatever the engine does.

Over the whole app with a real database (S2, S5, S10; pacing, invariant 3; safe contact, rule 0).
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.codes import LANGUAGES, MemberId
from bot.domain.cover import problem_of_word
from bot.domain.escape import WAYS
from bot.domain.folding import fold
from bot.domain.ownership import State
from bot.domain.reply import Say
from bot.domain.themes import THEMES, choose
from bot.services.talk import open_talk
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house

EXAMPLES = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 4
"""Whole talks over a real database take long."""
PHRASES = frozenset(fold(content().words.say("cover.phrase", code)) for code in LANGUAGES)
WORDS = sorted({word for word, way in content().escape_words.ways.items() if way != "way_back"})
DANGER = "they come to beat me now"

typed = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["hello", "who are you", DANGER, "/start", "/stop", "1", "{}", "recipes", "\u202eabc"]),
    st.text(min_size=1, max_size=40),
).filter(lambda text: fold(text) not in PHRASES)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("text"), typed),
        st.tuples(
            st.just("press"), st.sampled_from([f"w:{way}" for way in (*WAYS, "more", "theme_next", "erase_yes")])
        ),
        st.tuples(st.sampled_from(["start", "edited", "other"]), st.just("")),
        st.tuples(st.sampled_from(["counsellor", "bot", "engine stops", "engine starts", "an hour"]), st.just("")),
    ),
    min_size=3,
    max_size=8,
)


async def does(house: TestHouse, deed: str, text: str) -> None:
    """Let one thing happen."""
    if deed in ("text", "press", "start", "edited", "other"):
        await house.writes(text, kind=deed)  # type: ignore[arg-type]
    elif deed == "counsellor":
        conversation = await house.conversation()
        async with house.house.records.begin() as tx:
            now = house.clock.now()
            await house.house.speaker.write(tx, conversation, "a human wrote", MemberId("counsellor-1"), now)
    elif deed == "bot":
        conversation = await house.conversation()
        async with house.house.records.begin() as tx:
            talk = open_talk(house.house.vault, conversation.id, conversation.state_sealed)
            await house.house.speaker.say(tx, conversation, talk, [Say("handoff.queued")], house.clock.now())
    elif deed == "an hour":
        house.clock.pass_(hours=1)
    else:
        house.engine.is_down = deed == "engine stops"
    house.clock.pass_(seconds=3)
    await house.settle()


async def play(language: str, state: str, steps: Sequence[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        async with open_test_house(f"sqlite+aiosqlite:///{home / 'saphan.db'}", home) as house:
            house.engine.readings[DANGER] = a_reading(urgency="danger_now", language=language)
            await house.says("", kind="start", hint=language)
            conversation = await house.conversation()
            async with house.house.records.begin() as tx:
                fresh = await tx.conversations.get(conversation.id)
                assert fresh is not None
                counsellor = MemberId("counsellor-1") if state == "HELD" else None
                await tx.conversations.save(
                    replace(fresh, own=replace(fresh.own, state=State(state), counsellor=counsellor))
                )
            await house.writes("w:hide", kind="press")
            await house.settle()
            before = len(house.messenger.sent)
            last = (await house.conversation()).last_inbound
            for deed, text in steps:
                await does(house, deed, text)
            now = await house.conversation()
            pieces = {piece.text for theme in THEMES for piece in content().themes.of(theme, now.language)}
            for _, message in house.messenger.sent[before - 1 :]:
                assert any(message.text.endswith(piece) for piece in pieces)
                assert [data for row in message.rows for _, data in row] == ["w:theme_next"]
            assert now.flags.covered
            assert now.last_inbound == last, "what is typed in cover is not the person's writing"
            if ("text", DANGER) in steps and not house.engine.is_down:
                assert {"danger_read", "engine"} & {kind for kind, _ in await house.alerts()}


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.sampled_from(LANGUAGES), st.sampled_from(["BOT", "QUEUED", "HELD", "CLOSED"]), deeds)
def test_in_cover_nothing_but_the_theme_is_ever_sent(
    language: str, state: str, steps: Sequence[tuple[str, str]]
) -> None:
    """Pacing, invariant 3, in cover; safe contact, rule 0."""
    asyncio.run(play(language, state, steps))


@given(st.sampled_from(THEMES), st.sampled_from(LANGUAGES), st.integers(0, 500), st.text(max_size=60))
def test_a_theme_never_runs_out_and_never_repeats_what_was_typed(
    theme: str, language: str, place: int, text: str
) -> None:
    """S5, L3: what is shown depends on the place, and on titles of its own."""
    pieces = content().themes.of(theme, language)
    shown, after = choose(pieces, place, text)
    assert any(shown.endswith(piece.text) for piece in pieces)
    assert 0 < after <= len(pieces)


@given(st.text(max_size=40))
def test_no_way_out_common_word_or_short_word_becomes_somebodys_own(text: str) -> None:
    common = content().common | frozenset(content().escape_words.ways)
    folded = fold(text)
    if folded in common or len(folded) < 3:
        assert problem_of_word(folded, common)
