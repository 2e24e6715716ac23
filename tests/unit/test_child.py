"""When the writer is under 18, or may be: the duty first, then only safety, place and wishes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import child
from bot.domain.codes import Act
from bot.domain.effects import KINDS, is_allowed
from bot.domain.reply import Effect
from bot.domain.turns import choose_intent
from bot.services.talk import Talk
from tests.support.cases import a_case
from tests.support.house import content

cases = st.fixed_dictionaries(
    {
        "age": st.sampled_from(["unknown", "adult", "child", "unsaid"]),
        "about": st.sampled_from(["self", "other"]),
        "heard": st.sampled_from([(), ("child",), ("debt_bondage",)]),
        "known": st.sampled_from([(), ("child",), ("violence",)]),
    }
)


@given(cases)
def test_in_doubt_the_writer_is_treated_as_a_child_until_they_say_otherwise(case: dict[str, Any]) -> None:
    """C1: a sign is enough; only their own button "18 or older" takes it back; a sign about another is not theirs."""
    sign = "child" in (*case["heard"], *case["known"]) and case["about"] == "self"
    expected = case["age"] == "child" or (sign and case["age"] != "adult")
    assert child.is_child(a_case(**case)) == expected


@given(cases, st.sampled_from(["light", "medium", "heavy"]))
def test_the_age_is_asked_softly_once_and_never_after_a_skip(case: dict[str, Any], heaviness: str) -> None:
    """C1: before the first medium question, optional, and a skip keeps "unknown" without being asked again."""
    due = child.age_is_due(a_case(**case), heaviness)
    assert not (due and case["age"] != "unknown")
    assert not (due and (heaviness == "light" or child.is_child(a_case(**case))))


def test_the_question_for_the_age_can_be_left_out_and_sets_nothing_then() -> None:
    """C1, P2: a button to leave it out, and no lesson after it."""
    assert [button.act for button in child.ask_age(a_case()).buttons] == ["age_adult", "age_child", "age_skip"]
    reply = child.hear_age(a_case(), "age_skip")
    assert [say.key for say in reply.say] == ["child.age-heard"]
    assert [(e.kind, e.value) for e in reply.effects] == [("set_age", "unsaid")]


@pytest.mark.parametrize("reply", [child.begin(a_case()), child.hear_age(a_case(), "age_child")])
def test_what_must_be_reported_is_said_before_a_child_is_asked_to_tell(reply: Any) -> None:
    """C2, C3, C6: duty, then what is not asked, then that the family is not told; a person is one tap away."""
    assert [say.key for say in reply.say] == ["child.duty", "child.only", "child.parents"]
    assert {"danger", "person"} <= {button.act for button in reply.say[-1].buttons}
    assert not any(content().words.asks(say.key) for say in reply.say)


def test_the_country_has_its_own_sentence_where_one_is_written() -> None:
    """C2: the operator's sentence per country; the draft elsewhere."""
    case = a_case(country="TH", local=("child.duty",))
    assert [say.key for say in child.duty(case)] == ["child.duty-th"]
    assert [say.key for say in child.duty(a_case(country="KH"))] == ["child.duty"]


def test_a_first_sign_is_answered_before_anything_else_and_once() -> None:
    """C2: the turn that holds the first sign is the child's turn; later ones are heard as usual."""
    assert choose_intent(a_case(heard=("child",)), ["tell"], started=False) == child.SIGN
    told = a_case(heard=("child",), dialogue={"pacing": {"child_told": True}})
    assert choose_intent(told, ["tell"], started=False) == "tell"
    after_danger = a_case(known=("child",))
    assert choose_intent(after_danger, ["tell"], started=False) == child.SIGN, "the sign stood in a turn of danger"
    assert choose_intent(after_danger, ["about_police"], started=False) == "about_police"
    assert choose_intent(a_case(heard=("child",), about="other"), ["tell"], started=False) == "tell"


@given(cases, st.sampled_from(["safety", "place", "wishes", "violence", "sexual_exploitation", "withheld_wages"]))
def test_a_child_is_asked_about_safety_place_and_wishes_only(case: dict[str, Any], topic: str) -> None:
    """C3, C5: what they wish is among the little that is asked; all else is for trained staff."""
    if child.is_child(a_case(**case)):
        assert child.may_ask(a_case(**case), topic) == (topic in {"safety", "place", "wishes"})


def test_only_the_person_s_own_button_says_their_age() -> None:
    """C1: what the program reads or answers never makes anybody an adult."""
    grown = Effect("set_age", "adult")
    assert not is_allowed(grown, None)
    assert not is_allowed(grown, Act("safety_yes"))
    assert Talk().after((grown,), None).age == "unknown"
    assert Talk().after((grown,), Act("age_adult")).age == "adult"


def test_nothing_is_ever_sent_to_a_family() -> None:
    """C6, S19: no effect of the program contacts parents, employers or embassies."""
    assert not any(word in kind for kind in KINDS for word in ("parent", "family", "employer", "embassy", "contact"))
