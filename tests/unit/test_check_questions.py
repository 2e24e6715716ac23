"""A gentle question has a purpose that can be told, a topic, ways around it, and nothing for a child to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.domain.questions import FOR_CHILDREN, WAYS_AROUND, Bank
from tests.support.content import findings, plant, write

FILE = "flows/questions.yml"
SHIPPED = Path(__file__).resolve().parents[2] / FILE
BANK = Bank.of(yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["questions"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give one right question with its words."""
    write(
        tmp_path,
        FILE,
        """\
        questions:
          - id: pay
            topics: [withheld_wages]
            about: work
            clears_up: last_pay
            purpose: questions.for-pay
            heaviness: light
            not_for: [child]
            text: questions.pay
            answers: [questions.yes]
        """,
    )
    write(
        tmp_path,
        "flows/words/en/questions.ftl",
        """\
        pay = Were you paid?
            .asks = yes
        for-pay = It shows a way.
            .asks = no
        yes = Yes
            .asks = no
        """,
    )
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, FILE)


def test_a_right_question_has_nothing_wrong(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("    purpose: questions.for-pay\n", "", "no `purpose:`"),
        ("questions.for-pay", "questions.for-gold", "lack 'questions.for-gold'"),
        ("questions.for-pay", "questions.pay", "only the question itself asks"),
        ("text: questions.pay", "text: questions.yes", "a question asks"),
        ("[withheld_wages]", "[wages]", "'wages' is not known here"),
        ("[withheld_wages]", "[]", "`topics:` is empty"),
        ("heaviness: light", "heaviness: small", "`heaviness:` is not as it should be"),
        ("not_for: [child]", "not_for: []", "a child is asked only about safety, place and wishes"),
        ("[questions.yes]", "[]", "`answers:` holds not 1 to 3"),
        (
            "answers: [questions.yes]",
            "answers: [questions.yes]\n    leads_to: {questions.no: help}",
            "none of the answers",
        ),
        (
            "answers: [questions.yes]",
            "answers: [questions.yes]\n    leads_to: {questions.yes: gold}",
            "cannot lead to 'gold'",
        ),
        ("answers: [questions.yes]", "answers: [questions.yes]\n    leads_to: help", "is no list of"),
        ("id: pay", "id: Pay me", "`id:` is no name"),
        ("id: pay", "id: pay\n    forms: no", "unknown field 'forms'"),
    ],
)
def test_a_wrong_question_is_refused_with_its_line(root: Path, right: str, wrong: str, says: str) -> None:
    """D1, C3: no purpose, no topic, no way around, or for a child: it is not asked at all."""
    plant(root, FILE, right, wrong)
    faults = found(root)
    assert any(says in fault and fault.startswith(f"{FILE}:") for fault in faults), faults


def test_every_shipped_question_can_be_left_out_in_three_ways_and_explained() -> None:
    """P2, D1: skip, not now and never are one tap each, and so is what it is for."""
    around = {button.act for button in WAYS_AROUND}
    assert {"question_skip", "question_later", "question_never", "question_purpose"} == around
    for question in BANK.questions:
        assert around < {button.act for button in question.say().buttons}


def test_a_child_is_asked_only_about_safety_place_and_wishes() -> None:
    """C3: the whitelist holds for every shipped question."""
    for question in BANK.questions:
        assert question.about in FOR_CHILDREN or "child" in question.not_for, question.id
    assert any("child" not in question.not_for for question in BANK.questions)


def test_a_bank_with_a_question_without_purpose_does_not_start() -> None:
    """D1: what `saphan check` refuses stops the start, too."""
    rows = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["questions"]
    del rows[0]["purpose"]
    with pytest.raises(ValueError, match="purpose"):
        Bank.of(rows)
