"""Checks the catalogue of indicators, `flows/indicators.yml`: codes, dimensions, phases and weights with their origin.

Two people check weights against the published lists and sign that at the desk. The file can only say where a weight was
found; as long as it cannot say more, no result of the assessment may be shown (design/conversation.md, *Indicators*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, get_args

from bot.domain.assessment import UNDER_18, Result, names_in
from bot.domain.codes import INDICATOR_CODES
from bot.domain.observations import PHASES as ROW_PHASES
from bot.services.checks.material import Listing, Node, Source, Table, Text, faults_of_shape, one_of, text_of, texts_of

HEADINGS: Final = INDICATOR_CODES[:11]
"""The eleven headings of the ILO (2012) among our codes."""
WEIGHTS: Final = ("strong", "medium", "weak")
COUNTED: Final = (*WEIGHTS, "medium_or_weak")
ORIGINS: Final = ("secondary", "secondary_remark", "recall", "ambiguous", "inherited")
"""Where a weight was found, from the best to `inherited`, which is only copied from the labour set of the same age."""
INHERITED: Final = "inherited"
LABOUR_SET: Final = {"adult_sexual": "adult_labour", "child_sexual": "child_labour"}
PHASES: Final = ("recruitment", "destination")
PHASE_OF: Final = {"recruitment": "on_the_way", "destination": "now"}
"""A row has the phase of its dimension: recruitment and journey are on the way, the destination is now."""
RESULTS: Final[tuple[str, ...]] = get_args(Result)
ELEMENTS: Final = ("means", "purpose")
PARTS: Final = ("indicators", "ilo11", "supplementary")

_FIELDS: Final = (
    "code",
    "dimension",
    "phase",
    "mirror",
    "label",
    "example",
    "sets",
    "strength",
    "confidence",
    "ilo11",
    "source",
)


def check_catalogue(source: Source) -> list[str]:
    """List what is wrong with the catalogue."""
    faults = list(
        faults_of_shape(
            source,
            lists=("sets", *PARTS),
            tables=("dimensions", "sources", "assessment_rule", "mirrors", "never_in_a_mirror"),
            others=("schema_version",),
        )
    )
    first: dict[str, Node] = {}
    for part in PARTS:
        for row in source.items(part):
            faults += _faults_of_code(source, row, first)
    for name, dimension in source.rows("dimensions"):
        faults += _faults_of_dimension(source, name, dimension)
    faults += _faults_of_rule(source)
    for row in source.items("indicators"):
        faults += _faults_of_indicator(source, row)
    codes = {text_of(row.get("code")) for row in source.items("indicators") if isinstance(row, Table)}
    for row in source.items("ilo11"):
        faults += _faults_of_links(source, row, "fed_by", codes)
        faults += _faults_of_choice(source, row, "key", HEADINGS)
    for row in source.items("supplementary"):
        faults += _faults_of_links(source, row, "suggests", codes)
        faults += _faults_of_choice(source, row, "strength", ("none",))
    return faults


def _faults_of_code(source: Source, row: Node, first: dict[str, Node]) -> Iterator[str]:
    code = text_of(row.get("code")) if isinstance(row, Table) else ""
    if not code:
        yield source.wrong(row, "this row has no code; write `code: ...`")
        return
    there = first.setdefault(code, row)
    if there is not row:
        yield source.wrong(row, f"{code!r} stands on line {there.line} already; give each row its own code")
    if isinstance(row, Table):
        yield from _faults_of_choice(source, row, "source", [name.text for name, _ in source.rows("sources")])


def _faults_of_dimension(source: Source, name: Text, dimension: Node) -> Iterator[str]:
    if not isinstance(dimension, Table):
        yield source.wrong(name, f"dimension {name.text!r} is no table; write `{{order: 1, palermo: ..., phase: ...}}`")
        return
    yield from _faults_of_choice(source, dimension, "phase", PHASES)
    yield from _faults_of_choice(source, dimension, "palermo", ELEMENTS)


def _faults_of_rule(source: Source) -> Iterator[str]:
    """The rule is read by a program: each count, condition and result must be one that it knows."""
    rule = source.root.get("assessment_rule") if isinstance(source.root, Table) else None
    if not isinstance(rule, Table):
        return
    for alternative in _items(rule.get("dimension_positive_if_any")):
        for weight, least in alternative.rows if isinstance(alternative, Table) else ():
            if weight.text not in COUNTED:
                yield source.wrong(weight, f"{weight.text!r} is no weight; {one_of(COUNTED)}")
            if not (isinstance(least, Text) and least.text.isascii() and least.text.isdigit() and int(least.text)):
                yield source.wrong(least, "is no number above nought; write how many are needed")
    known = {name.text for name, _ in source.rows("dimensions")} | {UNDER_18}
    for line in _items(rule.get("combination")):
        yield from _faults_of_choice(source, line, "result", RESULTS)
        yield from _faults_of_condition(source, line, known)


def _faults_of_condition(source: Source, line: Node, known: Collection[str]) -> Iterator[str]:
    when = line.get("when") if isinstance(line, Table) else None
    if when is None:
        yield source.wrong(line, "has no `when:`; write a condition, `true` for the last line")
        return
    try:
        unknown = names_in(text_of(when)) - set(known)
    except ValueError as fault:
        yield source.wrong(when, f"{fault}; correct it")
        return
    for name in sorted(unknown):
        yield source.wrong(when, f"`when:` names {name!r}; {one_of(sorted(known))}")


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listing) else ()


def _faults_of_phase(source: Source, row: Table) -> Iterator[str]:
    yield from _faults_of_choice(source, row, "phase", ROW_PHASES)
    dimension = {name.text: one for name, one in source.rows("dimensions")}.get(text_of(row.get("dimension")))
    of_it = text_of(dimension.get("phase")) if isinstance(dimension, Table) else ""
    phase = row.get("phase")
    if phase is not None and text_of(phase) in ROW_PHASES and PHASE_OF.get(of_it, text_of(phase)) != text_of(phase):
        yield source.wrong(phase, f"`phase:` is not that of its dimension; write {PHASE_OF[of_it]}")


def _faults_of_indicator(source: Source, row: Node) -> Iterator[str]:
    if not isinstance(row, Table):
        return
    for name in _FIELDS:
        if row.get(name) is None:
            yield source.wrong(row, f"this indicator has no `{name}:`; write it")
    yield from _faults_of_choice(source, row, "dimension", [name.text for name, _ in source.rows("dimensions")])
    yield from _faults_of_phase(source, row)
    yield from _faults_of_choice(source, row, "ilo11", HEADINGS)
    yield from _faults_of_links(source, row, "ilo11_also", HEADINGS)
    known = [text_of(item) for item in source.items("sets")]
    yield from _faults_of_links(source, row, "sets", known)
    sets, _ = texts_of(source, row.get("sets"), "`sets:`")
    names = {name.text for name in sets} & set(known)
    weights, origins = _by_set(row.get("strength")), _by_set(row.get("confidence"))
    for field, values, allowed in (("strength", weights, WEIGHTS), ("confidence", origins, ORIGINS)):
        yield from _faults_of_values(source, row.get(field) or row, field, values, names, allowed)
    for name in sorted(names):
        labour = weights.get(LABOUR_SET.get(name, ""))
        if origins.get(name) == INHERITED and (labour is None or weights.get(name) != labour):
            yield source.wrong(
                row.get("strength") or row,
                f"{name} is marked {INHERITED} but is not the weight of the labour set; copy that, or say its origin",
            )


def _by_set(node: Node | None) -> dict[str, str]:
    rows = node.rows if isinstance(node, Table) else ()
    return {name.text: text_of(value) for name, value in rows}


def _faults_of_values(
    source: Source, place: Node, field: str, values: dict[str, str], sets: Collection[str], allowed: Collection[str]
) -> Iterator[str]:
    for name in sorted(set(sets) - set(values)):
        yield source.wrong(place, f"`{field}:` says nothing of {name}; {one_of(allowed)}, or take the set off the row")
    for name, value in values.items():
        if name not in sets:
            yield source.wrong(place, f"`{field}:` names {name}, which is not among the sets of this row; remove it")
        elif value not in allowed:
            yield source.wrong(place, f"`{field}:` of {name} is not as it should be; {one_of(allowed)}")


def _faults_of_choice(source: Source, row: Node, field: str, allowed: Collection[str]) -> Iterator[str]:
    value = row.get(field) if isinstance(row, Table) else None
    if value is not None and text_of(value) not in allowed:
        yield source.wrong(value, f"`{field}:` is not as it should be; {one_of(allowed)}")


def _faults_of_links(source: Source, row: Node, field: str, allowed: Collection[str]) -> Iterator[str]:
    texts, faults = texts_of(source, row.get(field) if isinstance(row, Table) else None, f"`{field}:`")
    yield from faults
    for text in texts:
        if text.text not in allowed:
            yield source.wrong(text, f"`{field}:` names {text.text!r}, which is not known; correct or remove it")
