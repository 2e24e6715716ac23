"""Weights count for a set only when two people stand for them (reference, 1.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.content import load_catalogue
from bot.domain.assessment import Unchecked, assess
from bot.domain.weights import NotWeights, changes, digest, is_signed_by_two, read_weights, with_weights, written

CATALOGUE = load_catalogue(Path(__file__).parents[2])
SHIPPED = {
    row.code: row.weights["adult_labour"] for row in CATALOGUE.indicators.values() if "adult_labour" in row.weights
}


def test_typed_weights_are_read_in_any_of_the_usual_ways() -> None:
    colons = "\n\n".join(f" {code.upper()}: {weight}" for code, weight in SHIPPED.items())
    commas = "\n".join(f"{code},{weight}" for code, weight in SHIPPED.items())
    assert read_weights(CATALOGUE, "adult_labour", colons) == SHIPPED
    assert read_weights(CATALOGUE, "adult_labour", commas) == SHIPPED
    assert read_weights(CATALOGUE, "adult_labour", written(SHIPPED)) == SHIPPED
    assert digest(written(SHIPPED)) == digest(written(dict(reversed(SHIPPED.items()))))


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "missing", 0),
        ("cd-documents", "line", 1),
        ("cd-documents strong\nno-such strong", "code", 2),
        ("cd-documents heavy", "weight", 1),
        ("cd-documents strong\ncd-documents strong", "twice", 2),
        ("cd-documents strong", "missing", 0),
    ],
)
def test_what_is_no_file_of_weights_is_refused_with_its_line(text: str, reason: str, line: int) -> None:
    with pytest.raises(NotWeights) as refused:
        read_weights(CATALOGUE, "adult_labour", text)
    assert (refused.value.reason, refused.value.line) == (reason, line)


def test_whoever_compares_is_shown_what_differs_from_the_shipped_weights() -> None:
    typed = {**SHIPPED, "cd-documents": "weak"}
    assert changes(CATALOGUE, "adult_labour", SHIPPED) == ()
    (change,) = changes(CATALOGUE, "adult_labour", typed)
    assert (change.code, change.shipped, change.typed) == ("cd-documents", SHIPPED["cd-documents"], "weak")


def test_signed_weights_take_the_place_of_the_shipped_ones_in_their_set_only() -> None:
    typed = {**SHIPPED, "cd-documents": "weak"}
    signed = with_weights(CATALOGUE, {"adult_labour": typed})
    assert signed.indicators["cd-documents"].weights["adult_labour"] == "weak"
    assert (
        signed.indicators["cd-documents"].weights["child_labour"]
        == CATALOGUE.indicators["cd-documents"].weights["child_labour"]
    )
    assert isinstance(assess(signed, ["cd-documents"], "adult_labour", under_18=False).result, Unchecked)
    found = assess(signed, ["cd-documents"], "adult_labour", under_18=False, checked={"adult_labour"})
    assert found.result == "not_enough_information"


def test_nobody_stands_for_a_file_twice() -> None:
    assert not is_signed_by_two("ann", None)
    assert not is_signed_by_two("ann", "ann")
    assert is_signed_by_two("ann", "bo")
