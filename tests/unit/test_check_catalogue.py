"""The catalogue of indicators is whole, and no weight of it can pass for checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.content import findings, plant, write

CATALOGUE = "flows/indicators.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the smallest catalogue with nothing wrong."""
    write(
        tmp_path,
        CATALOGUE,
        """\
        schema_version: 1
        sources:
          list: {title: 'a list'}
        sets: [adult_labour, adult_sexual]
        dimensions:
          coercion: {order: 1, palermo: means, phase: destination}
        assessment_rule:
          dimension_positive_if_any:
            - {strong: 1, medium_or_weak: 1}
          combination:
            - {id: any, when: 'under_18 and coercion', result: coercion_review}
            - {id: none, when: 'true', result: not_enough_information}
        indicators:
          - code: cd-violence
            dimension: coercion
            phase: now
            mirror: reviewer
            label: 'Was hurt'
            example: 'They hit me'
            sets: [adult_labour, adult_sexual]
            strength: {adult_labour: strong, adult_sexual: strong}
            confidence: {adult_labour: secondary, adult_sexual: inherited}
            ilo11: violence
            ilo11_also: [threats]
            source: list
        ilo11:
          - code: ilo11-violence
            key: violence
            label: 'You are hurt'
            fed_by: [cd-violence]
            source: list
        supplementary:
          - code: sx-quota
            form: scam_compound
            label: 'A daily target'
            suggests: [cd-violence]
            strength: none
            source: list
        """,
    )
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, CATALOGUE)


def test_a_right_catalogue_has_nothing_wrong(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: sx-quota", "code: cd-violence", "'cd-violence' stands on line 14 already"),
        ("code: sx-quota", "kind: sx-quota", "this row has no code"),
        ("dimension: coercion", "dimension: force", "`dimension:` is not as it should be"),
        ("    label: 'Was hurt'\n", "", "this indicator has no `label:`"),
        ("phase: destination", "phase: later", "`phase:` is not as it should be"),
        ("    phase: now\n", "", "this indicator has no `phase:`"),
        ("phase: now", "phase: unknown", "`phase:` is not as it should be; use one of now, on_the_way"),
        ("phase: now", "phase: on_the_way", "`phase:` is not that of its dimension; write now"),
        ("    mirror: reviewer\n", "", "this indicator has no `mirror:`"),
        ("medium_or_weak: 1", "middle: 1", "'middle' is no weight"),
        ("medium_or_weak: 1", "medium_or_weak: some", "is no number above nought"),
        ("and coercion", "and force", "`when:` names 'force'"),
        ("and coercion", "and not coercion", "a condition is not made of names"),
        ("when: 'true', ", "", "has no `when:`"),
        ("result: coercion_review", "result: victim", "`result:` is not as it should be"),
        ("palermo: means", "palermo: act", "`palermo:` is not as it should be"),
        ("ilo11: violence", "ilo11: sold", "`ilo11:` is not as it should be"),
        ("ilo11_also: [threats]", "ilo11_also: [child]", "`ilo11_also:` names 'child'"),
        ("key: violence", "key: hurt", "`key:` is not as it should be"),
        ("adult_labour: strong", "adult_labour: heavy", "`strength:` of adult_labour is not as it should be"),
        (
            "{adult_labour: strong, adult_sexual: strong}",
            "{adult_labour: strong}",
            "`strength:` says nothing of adult_sexual",
        ),
        ("adult_sexual: strong}", "adult_sexual: weak}", "adult_sexual is marked inherited"),
        (
            "sets: [adult_labour, adult_sexual]\n    str",
            "sets: [adult_labour]\n    str",
            "`strength:` names adult_sexual",
        ),
        ("sets: [adult_labour, adult_sexual]\n    str", "sets: [all]\n    str", "`sets:` names 'all'"),
        ("fed_by: [cd-violence]", "fed_by: [cd-vioence]", "`fed_by:` names 'cd-vioence'"),
        ("suggests: [cd-violence]", "suggests: [cd-vioence]", "`suggests:` names 'cd-vioence'"),
        ("strength: none", "strength: weak", "`strength:` is not as it should be"),
        ("ilo11_also: [threats]\n    source: list", "ilo11_also: [threats]\n    source: us", "`source:` is not"),
    ],
)
def test_each_fault_is_found_on_its_line(root: Path, old: str, new: str, says: str) -> None:
    line = plant(root, CATALOGUE, old, new)

    (hit,) = [one for one in found(root) if says in one]
    assert -4 <= int(hit.removeprefix(f"{CATALOGUE}:").split(":")[0]) - line <= 1


@pytest.mark.parametrize("claim", ["checked", "verified", "yes", "ilo"])
def test_the_file_cannot_claim_that_a_weight_was_checked(root: Path, claim: str) -> None:
    line = plant(root, CATALOGUE, "adult_labour: secondary", f"adult_labour: {claim}")

    (hit,) = found(root)
    assert hit.startswith(f"{CATALOGUE}:{line}: `confidence:` of adult_labour is not as it should be; use one of ")


def test_a_weight_without_origin_is_found(root: Path) -> None:
    line = plant(root, CATALOGUE, ", adult_sexual: inherited", "")

    (hit,) = found(root)
    assert hit.startswith(f"{CATALOGUE}:{line}: `confidence:` says nothing of adult_sexual")
