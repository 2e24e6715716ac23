"""What a referral may pass on, to whom, and what the person is shown of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.domain import escape, referral_talk
from bot.domain.codes import OrganisationId
from bot.domain.referral import (
    FACTS,
    LATER,
    LESS,
    LIST,
    NO,
    READS_NEW,
    STOPS,
    YES,
    Course,
    Does,
    NotNow,
    State,
    covers,
    scope_of,
    step,
    taken_back,
)
from bot.domain.referral_form import FIELDS, Form, NotAForm, schema
from bot.domain.reply import Effect
from bot.domain.routing import HELPS, KINDS, TOLD, Partner, routes, told_of
from tests.support.cases import a_case

NOON = datetime(2030, 5, 1, 12, tzinfo=timezone.utc)
HARBOUR = OrganisationId("harbour")
SCHEMA = Path(__file__).parents[2] / "docs" / "referral.schema.json"


@dataclass(frozen=True)
class Yes:
    scope: str
    turn: int = 0
    at: datetime = NOON


def course(what: str = FACTS, parts: tuple[int, ...] = (1, 2)) -> Course:
    return Course(HARBOUR, what, parts)  # type: ignore[arg-type]


def gone_through(*deeds: Does) -> Course:
    it = course()
    for does in deeds:
        it = step(it, does, NOON, reason="no_place" if does is Does.REFUSE else "")
    return it


def test_a_referral_goes_from_draft_to_done_one_step_after_the_other() -> None:
    way = (Does.ASK, Does.AGREE, Does.SEND, Does.ACCEPT, Does.CONTACT, Does.FINISH)

    done = gone_through(*way)

    assert done.state is State.DONE
    assert done.agreed_at == done.sent_at == done.contacted_at == done.ended_at == NOON


@pytest.mark.parametrize("skipped", [Does.SEND, Does.ACCEPT, Does.CONTACT, Does.FINISH, Does.AGREE])
def test_no_step_can_be_left_out(skipped: Does) -> None:
    with pytest.raises(NotNow):
        step(course(), skipped, NOON)


@pytest.mark.parametrize("before", [(), (Does.ASK,), (Does.ASK, Does.AGREE), (Does.ASK, Does.AGREE, Does.SEND)])
def test_d2_it_can_be_taken_back_at_any_time_before_it_is_done(before: tuple[Does, ...]) -> None:
    revoked = step(gone_through(*before), Does.REVOKE, NOON)

    assert revoked.state is State.REVOKED
    for does in Does:
        with pytest.raises(NotNow):
            step(revoked, does, NOON, reason="other")


def test_a_receiver_says_no_only_with_a_reason() -> None:
    sent = gone_through(Does.ASK, Does.AGREE, Does.SEND)

    with pytest.raises(NotNow):
        step(sent, Does.REFUSE, NOON)
    assert step(sent, Does.REFUSE, NOON, reason="no_place").reason == "no_place"


def test_a_yes_can_be_narrowed_and_never_widened() -> None:
    asked = gone_through(Does.ASK)

    assert step(asked, Does.AGREE, NOON, parts=(1,)).parts == (1,)
    assert step(asked, Does.AGREE, NOON, parts=(1, 2, 3)).parts == (1, 2)


def test_d2_a_yes_covers_its_own_parts_and_what_it_is_for_until_it_is_taken_back() -> None:
    sent = gone_through(Does.ASK, Does.AGREE)

    assert covers([Yes(scope_of(FACTS, (1, 2)))], sent)
    assert not covers([Yes(scope_of(FACTS, (1,)))], sent)
    assert not covers([Yes(scope_of(READS_NEW))], sent)
    assert not covers([Yes(scope_of(FACTS, (1, 2))), Yes(taken_back(FACTS))], sent)
    assert not covers([], sent)
    assert covers([Yes(scope_of(READS_NEW))], course(READS_NEW, ()))


# --- The form ----------------------------------------------------------------------------------------------------


def a_form(**more: str) -> Form:
    given = {
        "safety/may_contact": ["yes"],
        "wishes/helps": ["wages", "shelter"],
        "person/name": ["Planted Name"],
        "place/exact": ["Planted Street"],
        **{name.replace("__", "/"): [value] for name, value in more.items()},
    }
    return Form.read(given, signs=("document_retention",))


def test_only_the_parts_that_were_agreed_are_in_the_form_that_leaves() -> None:
    leaves = a_form().only((1,))

    assert set(leaves.values) == {"safety/may_contact", "wishes/helps"}
    assert "Planted" not in json.dumps(leaves.to_json())


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    for name in ("person/passport_number", "signs/codes", ""):
        with pytest.raises(NotAForm):
            Form.read({name: ["sold"]})


@pytest.mark.parametrize(
    "given",
    [
        {"safety/channel": ["smoke"]},
        {"wishes/helps": ["gold"]},
        {"person/name": ["x" * 121]},
        {"person/name": ["one", "two"]},
    ],
)
def test_a_value_that_does_not_fit_is_refused_without_being_repeated(given: dict[str, list[str]]) -> None:
    with pytest.raises(NotAForm) as refused:
        Form.read(given)
    assert str(refused.value) in given


def test_a_form_comes_back_from_its_seal_as_it_was() -> None:
    form = a_form()

    assert Form.from_json(json.loads(json.dumps(form.to_json()))) == form
    assert "Planted" not in repr(form)


def test_c7_facts_of_a_child_need_an_authority_beside_the_child_s_yes() -> None:
    assert a_form().lacks(child=False) == ""
    assert a_form().lacks(child=True) == "consent/basis"
    assert a_form(consent__basis="child protection worker").lacks(child=True) == ""
    assert Form.read({}).lacks(child=False) == "safety/may_contact"


def test_every_block_of_the_reference_has_its_part() -> None:
    parts = {one.block: one.part for one in FIELDS}

    assert parts["person"] == parts["needs"] == parts["summary"] == parts["signs"] == 2
    assert parts["place"] == parts["feared"] == 3
    assert parts["safety"] == parts["wishes"] == parts["duties"] == parts["consent"] == parts["header"] == 1


def test_the_published_schema_is_the_one_of_the_form() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()


# --- Who could help ----------------------------------------------------------------------------------------------


def partner(name: str, kind: str = "ngo", helps: tuple[str, ...] = ("shelter",), **more: object) -> Partner:
    fields = {
        "countries": ("TH",),
        "languages": ("th",),
        "vetted_until": NOON + timedelta(days=9),
        "has_key": True,
        **more,
    }
    return Partner(OrganisationId(name), name, kind, helps, **fields)  # type: ignore[arg-type]


POLICE = partner("police", "police", ("shelter", "police", "legal"))


def names(*partners: Partner, wished: tuple[str, ...], **more: object) -> list[str]:
    found = routes(partners, wished, (), NOON, **more)  # type: ignore[arg-type]
    return [route.partner.name for route in found]


def test_the_police_are_never_offered_to_who_did_not_wish_for_them() -> None:
    for wished in (("shelter",), ("legal",), tuple(h for h in HELPS if h != "police"), ()):
        assert "police" not in names(POLICE, partner("house"), wished=wished)


def test_the_police_stand_last_even_for_who_wishes_for_them() -> None:
    far = partner("far", helps=("legal",), countries=("KH",), languages=())

    assert names(POLICE, far, wished=("police", "legal"), country="TH") == ["far", "police"]


def test_an_embassy_is_not_offered_to_who_fears_their_own_government() -> None:
    embassy = partner("embassy", "embassy", ("papers",))

    assert names(embassy, wished=("papers",)) == ["embassy"]
    assert names(embassy, wished=("papers",), fears_government=True) == []


def test_who_helps_here_with_most_and_in_the_language_stands_first() -> None:
    near = partner("near", helps=("shelter", "legal"))
    speaks = partner("speaks", languages=("lo",))
    other = partner("other", languages=("vi",))
    abroad = partner("abroad", countries=("KH",), languages=("lo",))

    wished = ("shelter", "legal")
    assert names(abroad, other, speaks, near, wished=wished, country="TH", language="lo") == [
        *("near", "speaks", "other", "abroad"),
    ]


@pytest.mark.parametrize("lacks", [{"vetted_until": NOON}, {"vetted_until": None}, {"has_key": False}])
def test_who_is_not_vetted_any_more_or_has_no_key_is_offered_to_nobody(lacks: dict[str, Any]) -> None:
    assert names(partner("house", **lacks), wished=("shelter",)) == []


def test_nothing_that_was_refused_is_offered() -> None:
    assert routes([partner("house")], ("shelter",), ("shelter",), NOON) == ()


def test_l14_each_kind_of_help_is_told_of_with_what_it_brings_and_costs() -> None:
    assert TOLD.keys() == set(HELPS)
    assert told_of(("police", "wages")) == ("options.wages", "options.police")
    assert len(set(KINDS)) == len(KINDS)


# --- What the person is shown ------------------------------------------------------------------------------------


def test_h3_the_person_is_shown_kinds_of_facts_and_to_whom_and_never_a_fact() -> None:
    says = referral_talk.ask("Harbour", FACTS, ("wages",), a_form().blocks, is_law=False, can_be_less=True)

    assert [say.key for say in says] == ["options.wages", "referral.facts", "referral.ask"]
    assert says[1].lists["facts"] == tuple(
        f"referral.block-{block}" for block in ("safety", "wishes", "person", "signs", "place")
    )
    assert [button.act for button in says[-1].buttons] == [YES, LESS, LATER, NO]
    assert "Planted" not in repr(says)


def test_to_tell_the_police_is_a_question_of_its_own_words() -> None:
    says = referral_talk.ask("Police", FACTS, ("police",), ("safety",), is_law=True, can_be_less=False)

    assert says[-1].key == "referral.ask-law"
    assert says[0].key == "options.police"


def test_to_let_another_organisation_read_is_asked_by_itself() -> None:
    (asked,) = referral_talk.ask("Harbour", READS_NEW, (), ("safety",), is_law=False, can_be_less=False)

    assert asked.key == "referral.ask-new"
    assert [button.act for button in asked.buttons] == [YES, LATER, NO]


ASKED = a_case(referrals=((0, "Harbour", "asked"), (2, "House", "sent")))


@pytest.mark.parametrize(("act", "value"), [(YES, "yes"), (LESS, "less"), (LATER, "later"), (NO, "no")])
def test_each_answer_is_heard_without_the_engine_also_while_a_counsellor_holds_the_talk(act: str, value: str) -> None:
    reply = escape.answer(act, ASKED)  # type: ignore[arg-type]

    assert reply is not None
    assert reply.effects == (Effect("refer", value),)
    assert escape.is_way_out(act)  # type: ignore[arg-type]
    assert escape.answers_in("HELD", act)  # type: ignore[arg-type]


def test_a_yes_after_it_was_taken_back_passes_nothing_on() -> None:
    reply = escape.answer(YES, a_case(referrals=((0, "Harbour", "revoked"),)))

    assert reply is not None
    assert (reply.say[0].key, reply.effects) == ("referral.gone", ())


def test_d2_under_more_they_see_what_is_passed_on_and_stop_any_of_it() -> None:
    more = escape.answer(escape.MORE, ASKED)
    assert more is not None
    assert LIST in {button.act for button in more.say[0].buttons}
    assert LIST not in {button.act for say in escape.answer(escape.MORE, a_case()).say for button in say.buttons}  # type: ignore[union-attr]

    listed = escape.answer(LIST, ASKED)
    assert listed is not None
    assert [say.key for say in listed.say] == ["referral.line-asked", "referral.line-sent"]
    assert [button.act for button in listed.say[-1].buttons] == [STOPS[0], STOPS[2]]
    stopped = escape.answer(STOPS[2], ASKED)
    assert stopped is not None
    assert stopped.effects == (Effect("refer_stop", "2"),)
    assert escape.answer(STOPS[1], ASKED).effects == ()  # type: ignore[union-attr]


def test_the_person_is_told_of_every_step_that_changes_something_for_them() -> None:
    told = {does: referral_talk.tell(does, "Harbour", FACTS) for does in Does}

    assert {does for does, say in told.items() if say} == {
        *(Does.SEND, Does.ACCEPT, Does.REFUSE, Does.CONTACT, Does.REVOKE),
    }
