"""Equal languages: the gate closes when one language is behind the others, and only then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import INDICATOR_CODES, LANGUAGES
from bot.evaluation import figures as f
from bot.evaluation.arithmetic import Estimate
from bot.evaluation.figures import Figures, Slice, measure
from bot.evaluation.gate import CODE_EXAMPLES, F1_MARGIN, URGENCY_MARGIN, covered_codes, find_left_behind
from bot.evaluation.peers.training import Example


def examples(**more: Mapping[str, int]) -> list[Example]:
    """Give each language what it needs; `more` changes how often a code is said in a language."""
    return [
        Example(f"{code} {number}", language, "tell", frozenset({code}), "none")
        for language in LANGUAGES
        for code in INDICATOR_CODES
        for number in range(more.get(language, {}).get(code, CODE_EXAMPLES))
    ]


def figures(**found: tuple[float, float]) -> Figures:
    """Give figures in which languages have (F1, recall of urgency)."""
    empty: Any = measure("ours", [], [], [], all_scores=False)
    slices = {}
    for language in LANGUAGES:
        f1, urgent = found.get(language, (0.85, 0.9))
        slices[language] = Slice(120, {f.F1: Estimate(f1, f1, f1, 90), f.URGENT: Estimate(urgent, urgent, urgent, 21)})
    return Figures(**{**vars(empty), "by_language": slices})


def test_equal_languages_pass() -> None:
    assert find_left_behind(examples(), figures()) == []


def test_a_language_with_too_few_examples_is_named() -> None:
    few: dict[str, int] = dict.fromkeys(INDICATOR_CODES[:5], 0)
    sentences = find_left_behind(examples(lo=few), figures())
    assert [sentence.split(":")[0] for sentence in sentences] == ["lo", "lo"]
    assert "training examples" in sentences[0]
    assert "codes with" in sentences[1]


def test_one_code_that_a_language_cannot_hear_is_enough() -> None:
    sentences = find_left_behind(examples(my={"sold": CODE_EXAMPLES - 1}), figures())
    assert len(sentences) == 1
    assert sentences[0].startswith("my: codes with")
    assert "sold" not in covered_codes(examples(my={"sold": CODE_EXAMPLES - 1}), "my")


def test_figures_behind_the_margin_are_named_and_within_it_are_not() -> None:
    behind = find_left_behind(examples(), figures(km=(0.85 - F1_MARGIN - 0.01, 0.9 - URGENCY_MARGIN - 0.01)))
    assert [("F1" in sentence, "urgency" in sentence) for sentence in behind] == [(True, False), (False, True)]
    assert find_left_behind(examples(), figures(km=(0.85 - F1_MARGIN, 0.9 - URGENCY_MARGIN))) == []


@given(st.floats(0, 1), st.floats(0, 1))
def test_all_as_bad_as_each_other_are_equal(f1: float, urgent: float) -> None:
    """The gate asks for equality only; how good all are is another table."""
    assert find_left_behind(examples(), figures(**dict.fromkeys(LANGUAGES, (f1, urgent)))) == []
