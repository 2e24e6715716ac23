"""Danger first: a human or a reviewed number within two messages, and the truth where there is neither."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import escape, safety
from bot.domain.codes import LANGUAGES, URGENCIES, Act, Urgency
from bot.domain.contacts import Contact
from bot.domain.reply import Reply
from bot.domain.turns import choose_intent
from tests.support.cases import a_case
from tests.support.house import content

LINE = Contact("KH", "117", (), "yes", "2026-02-01")
NOW_ACTS = [Act("danger"), Act("self_harm_now"), Act("medical_now")]
WAYS_TO_A_HUMAN = {"person_may_write", "danger"}


def keys(reply: Reply) -> list[str]:
    return [say.key for say in reply.say]


def acts(reply: Reply) -> list[str]:
    return [str(button.act) for button in reply.say[-1].buttons]


def effects(reply: Reply) -> set[str]:
    return {effect.kind for effect in reply.effects}


@pytest.mark.parametrize("act", NOW_ACTS)
@pytest.mark.parametrize("on_duty", [True, False])
@pytest.mark.parametrize("contacts", [(), (LINE,)])
def test_danger_leads_to_a_human_or_a_number_within_two_messages(
    act: Act,
    on_duty: bool,  # noqa: FBT001 - a case of the test
    contacts: tuple[Contact, ...],
) -> None:
    """S3: at most two messages, no further screening, and the alarm is raised at once."""
    reply = escape.answer(act, a_case(pressed=act, on_duty=on_duty, contacts=contacts, country="KH"))
    assert reply is not None
    assert "raise_danger" in effects(reply)
    assert "person_may_write" in acts(reply)
    if contacts:
        assert reply.say[1].args["number"] == LINE.number
    assert not any(content().words.asks(key) for key in keys(reply))


@pytest.mark.parametrize("act", NOW_ACTS)
def test_where_nobody_is_there_and_no_number_is_known_the_truth_is_said(act: Act) -> None:
    """S3, S18: an alarm was left, nobody is said to come, and the ways that need nobody stay."""
    reply = escape.answer(act, a_case(pressed=act, on_duty=False))
    assert reply is not None
    assert keys(reply)[0].endswith("-nobody")
    assert {"hide", "ground"} <= set(acts(reply))


def test_an_unknown_country_is_the_only_thing_asked_and_the_number_comes_next() -> None:
    """S3, S4: first the truth and "which country", then the number."""
    first = safety.danger(a_case(contacts=(LINE,)))
    assert keys(first) == ["safety.danger", "contacts.which-country"]
    assert len(first.say) <= 2
    then = escape.answer(Act("country_KH"), a_case(contacts=(LINE,), pressed=Act("country_KH")))
    assert then is not None
    assert then.say[0].args["number"] == LINE.number
    assert [(e.kind, e.value) for e in then.effects] == [("set_country", "KH")]


def test_a_country_without_a_tried_line_is_told_so() -> None:
    """S4: rather no number than one that nobody tried."""
    reply = escape.answer(Act("country_other"), a_case(contacts=(LINE,)))
    assert reply is not None
    assert keys(reply) == ["contacts.none"]
    assert "person_may_write" in acts(reply)


@pytest.mark.parametrize("urgency", [u for u in URGENCIES if u != "none"])
def test_what_was_read_as_urgent_is_asked_once_directly_with_a_human_one_tap_away(urgency: str) -> None:
    """S1, S3, P1: one question, and the button that lets a person write stands beside its answers."""
    reply = safety.urgent(a_case(urgency=urgency))
    words = content().words
    assert sum(words.asks(key) for key in keys(reply)) <= 1
    assert "person_may_write" in acts(reply)
    assert "safety_no" in acts(reply)


def test_suicidal_words_are_named_plainly_and_asked_about_directly() -> None:
    """S13: said plainly, asked directly, a human at once; the ladder is the counsellor's."""
    reply = safety.urgent(a_case(urgency="self_harm"))
    assert keys(reply) == ["safety.self-harm", "safety.self-harm-ask"]
    assert acts(reply) == ["self_harm_now", "safety_no", "safety_unsure", "person_may_write"]


def test_what_must_be_reported_is_said_before_a_child_is_asked_anything() -> None:
    """C2: the duty comes first, then the one question."""
    reply = safety.urgent(a_case(urgency="child_at_risk"))
    assert keys(reply) == ["child.duty", "safety.child", "safety.check"]


def test_their_own_no_ends_the_path_for_this_talk() -> None:
    """S1: the person's no is believed."""
    assert effects(safety.declined(a_case())) == {"decline_safety"}
    assert effects(safety.unsure(a_case())) == {"decline_safety"}


def test_a_question_that_was_not_answered_twice_is_let_go() -> None:
    """P2: after two times nothing is asked, and a person stays one tap away."""
    said: list[str] = []
    for _ in range(2):
        reply = safety.urgent(a_case(urgency="danger_now", dialogue={"said": said}))
        said += [effect.value for effect in reply.effects]
    third = safety.urgent(a_case(urgency="danger_now", dialogue={"said": said}))
    assert keys(third) == ["safety.still-here"]
    assert set(acts(third)) >= WAYS_TO_A_HUMAN


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("safety.check", "safety.danger-nobody"),
        ("safety.self-harm-ask", "safety.self-harm-now-nobody"),
        ("safety.medical", "safety.medical-now-nobody"),
    ],
)
def test_a_typed_yes_is_as_good_as_the_button(question: str, said: str) -> None:
    """S3, S13: who answers "yes" in words is not asked the same again, nor about something else."""
    asked_now = {"id": question, "key": question, "buttons": [{"act": "safety_no", "label": "x"}], "shown": 1}
    case = a_case(on_duty=False, dialogue={"pacing": {"asked": asked_now}})
    assert choose_intent(case, ["yes"], started=False) == "urgent"
    reply = safety.urgent(case)
    assert keys(reply)[0] == said
    assert effects(reply) == {"raise_danger"}
    kinds: dict[str, Urgency] = {"safety.check": "danger_now", "safety.self-harm-ask": "self_harm"}
    again = replace(case, urgency=kinds.get(question, "medical"))
    assert keys(safety.urgent(again))[0] == said, "the same danger told again is no reason to ask again"


def test_who_tells_on_while_the_soft_check_is_open_keeps_a_way_to_a_human() -> None:
    """S3: "yes, they hit me" need not be a yes to be heard."""
    asked_now = {"id": "safety.check", "key": "safety.check", "buttons": [{"act": "danger", "label": "x"}], "shown": 1}
    dialogue = {"said": [safety.ASKED["danger"]], "pacing": {"asked": asked_now}}
    reply = safety.soft_check(a_case(urgency_maybe="danger_now", dialogue=dialogue))
    assert keys(reply) == ["safety.still-here"]
    assert set(acts(reply)) >= WAYS_TO_A_HUMAN


def test_the_soft_check_is_made_once_and_raises_no_alarm() -> None:
    """S1: maybe danger leads to one soft question; then the talk goes on."""
    first = safety.soft_check(a_case(urgency_maybe="danger_now"))
    assert keys(first) == ["safety.check"]
    assert effects(first) == {"remember"}
    again = safety.soft_check(a_case(urgency_maybe="danger_now", dialogue={"said": [safety.ASKED["danger"]]}))
    assert not any(key.startswith("safety.") for key in keys(again))


@pytest.mark.parametrize(
    ("no_to", "read"), [("danger", "self_harm"), ("self_harm", "danger_now"), ("danger", "medical")]
)
def test_a_no_to_one_danger_is_none_to_the_other(no_to: str, read: Urgency) -> None:
    """S13, S1: who is in no danger from others may still think of dying, and the other way round."""
    dialogue = {"pacing": {"declined": [no_to]}, "said": [safety.ASKED[no_to]]}
    asked = a_case(urgency=read, safety_declined=True, dialogue=dialogue)
    assert choose_intent(asked, ["tell"], started=False) == "urgent"
    question = {"self_harm": "safety.self-harm-ask", "medical": "safety.medical"}.get(read, "safety.check")
    assert keys(safety.urgent(asked))[-1] == question
    both = {"pacing": {"declined": ["danger", "self_harm", "medical"]}}
    said = a_case(urgency=read, urgency_maybe=read, safety_declined=True, dialogue=both)
    if read != "self_harm":
        assert choose_intent(said, ["tell"], started=False) == "tell"
        return
    assert choose_intent(said, ["tell"], started=False) == "urgent"
    assert keys(safety.urgent(said)) == ["safety.still-here"], "nothing is asked again, and a person is one tap away"


def test_what_may_be_about_dying_brings_a_person_once_to_who_was_asked_about_danger() -> None:
    """S13: a question about danger settles nothing about dying; what is only a guess is not asked about directly."""
    said = [safety.ASKED["danger"]]
    maybe = a_case(urgency_maybe="self_harm", dialogue={"said": said})
    reply = safety.soft_check(maybe)
    assert keys(reply) == ["safety.still-here"]
    assert set(acts(reply)) >= WAYS_TO_A_HUMAN
    after = a_case(urgency_maybe="self_harm", dialogue={"said": [*said, *(e.value for e in reply.effects)]})
    assert not any(key.startswith("safety.") for key in keys(safety.soft_check(after)))


cases = st.fixed_dictionaries(
    {
        "urgency": st.sampled_from([u for u in URGENCIES if u != "none"]),
        "state": st.sampled_from(["BOT", "OFFERED", "QUEUED", "RESERVED", "PROMISED", "CLOSED"]),
        "on_duty": st.booleans(),
        "language": st.sampled_from(LANGUAGES),
        "country": st.sampled_from(["", "KH", "TH"]),
        "served": st.sampled_from(["", "KH", "TH"]),
        "contacts": st.sampled_from([(), (LINE,)]),
        "age": st.sampled_from(["unknown", "adult", "child", "unsaid"]),
        "dialogue": st.lists(
            st.sampled_from([*safety.ASKED.values(), "child.duty", "listening.heard-1"]), max_size=4
        ).map(lambda said: {"said": said}),
    }
)


@given(cases, st.sampled_from(["danger", "self_harm_now", "medical_now", "country_KH", "country_other", "elsewhere"]))
def test_every_step_of_the_path_leads_on_to_a_human_in_every_state(case: dict[str, Any], act: str) -> None:
    """S2, S3: whatever the state, the answer holds a way to a person or says that they wait for one already."""
    made = a_case(**case)
    for reply in (safety.urgent(made), safety.answer(Act(act), made), safety.unsure(made)):
        assert reply is not None
        last = set(acts(reply))
        waiting = case["state"] in ("QUEUED", "RESERVED")
        asks_country = reply.say[-1].key == "contacts.which-country"
        assert waiting or asks_country or last & WAYS_TO_A_HUMAN
        assert len([say for say in reply.say if say.buttons]) <= 1


def test_words_say_no_number_and_nobody_to_be_coming() -> None:
    """S4, S18: numbers come as arguments only, and no sentence of the path says that somebody comes."""
    words = content().words
    coming = ("is coming", "are coming", "on the way", "on their way", "will come")
    for key in words.keys("en"):
        if key.startswith(("safety.", "contacts.", "child.")):
            said = words.say(key, "en", org="O", messenger="M", number="N", country="C", checked="D")
            assert not any(phrase in said for phrase in coming)
            assert not any(sign.isdigit() for sign in said.replace("18", ""))


def test_a_line_of_the_guessed_country_is_said_and_another_place_is_one_tap_away() -> None:
    """S4: a number is said with its place; where the place was only guessed they can say that they are elsewhere."""
    lines = (LINE, replace(LINE, country="TH", number="1300"))
    reply = safety.danger(a_case(contacts=lines, served="TH"))
    assert reply.say[-1].args["number"] == "1300"
    assert "elsewhere" in acts(reply)
    asked = escape.answer(Act("elsewhere"), a_case(contacts=lines, served="TH"))
    assert asked is not None
    assert keys(asked) == ["contacts.which-country"]
    named = safety.danger(a_case(contacts=lines, served="TH", country="KH"))
    assert named.say[-1].args["number"] == LINE.number
    assert "elsewhere" not in acts(named)


def test_where_the_served_country_has_no_line_the_country_is_asked() -> None:
    """S3: a line of another country may be theirs."""
    assert keys(safety.danger(a_case(contacts=(LINE,), served="TH")))[-1] == "contacts.which-country"
