"""When a case is listed: published rules, over codes only (rules H8, H9)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import INDICATOR_CODES, LEVELS, Level
from bot.domain.flags import Rule, flagged_by, phrases, rules_of, told_codes
from bot.domain.observations import Observed

ROOT = Path(__file__).parents[2]
RULES = rules_of(yaml.safe_load((ROOT / "flows" / "flags.yml").read_text(encoding="utf-8"))["rules"])

codes = st.frozensets(st.sampled_from(INDICATOR_CODES))
levels = st.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("level", "said", "held"),
    [
        ("P4", (), ()),
        ("P2", (), ()),
        ("P1", (), ("danger",)),
        ("P0", (), ("danger",)),
        ("P3", ("withheld_wages",), ()),
        ("P3", ("withheld_wages", "deception"), ()),
        ("P3", ("withheld_wages", "deception", "excessive_overtime"), ("work",)),
        ("P2", ("document_retention",), ()),
        ("P2", ("document_retention", "isolation"), ("not-free",)),
        ("P2", ("sold",), ("sold",)),
        ("P3", ("forced_criminality",), ("made-to-do",)),
        ("P2", ("threats",), ("force",)),
        ("P3", ("child",), ("child",)),
    ],
)
def test_the_published_rules_hold_where_they_say(level: Level, said: tuple[str, ...], held: tuple[str, ...]) -> None:
    assert flagged_by(RULES, level, said) == held


@given(codes, codes, levels, levels)
def test_more_told_or_a_higher_mark_never_takes_a_case_off_the_list(
    some: frozenset[str], more: frozenset[str], one: Level, other: Level
) -> None:
    higher, lower = sorted((one, other))
    assert set(flagged_by(RULES, lower, some)) <= set(flagged_by(RULES, higher, some | more))


def test_every_rule_is_told_in_words() -> None:
    """H9: flag rules are published to the person in plain words."""
    told = [key for part in phrases([*RULES, *RULES]) for key in part]
    assert told == [f"review.flag-{rule.told}" for rule in RULES]


def test_what_was_denied_left_out_or_rejected_flags_nothing() -> None:
    heard = Observed("sold", "heard", evidence=(0, 4))
    assert told_codes([heard]) == {"sold"}
    assert told_codes([Observed("threats", "denied", mirror="debt"), Observed("isolation", "skipped")]) == frozenset()
    assert told_codes([heard, Observed("sold", "rejected")]) == frozenset()
    assert told_codes([heard, Observed("sold", "rejected"), heard]) == {"sold"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a", "told": "a"},
        {"name": "a", "told": "a", "level": "P7"},
        {"name": "a", "told": "a", "all_of": ["guilty"]},
        {"name": "a", "told": "a", "any_of": ["sold"], "at_least": 2},
        {"name": "a", "told": "a", "any_of": ["sold"], "at_least": 0},
    ],
)
def test_a_rule_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a rule"):
        rules_of([wrong])


def test_everything_that_a_rule_names_has_to_be_there() -> None:
    rule = Rule("both", "both", "P2", ("child",), ("sold", "threats"))
    assert rule.holds("P1", {"child", "sold"})
    assert not rule.holds("P3", {"child", "sold"})
    assert not rule.holds("P1", {"sold", "threats"})
    assert not rule.holds("P1", {"child"})
