"""A row of the contacts says everything that a person must know before calling, and never that somebody tried it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.content import findings, plant, write

CONTACTS = "flows/contacts.yml"
SHIPPED = Path(__file__).resolve().parents[2] / CONTACTS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give two right rows."""
    write(
        tmp_path,
        CONTACTS,
        """\
        contacts:
          - country: TH
            number: '+66 99 000 0000'
            by: [call, text]
            answers: 'A line of the state'
            run_by: state
            languages: [th, en]
            hours: '24 hours'
            cost: free
            from_abroad: yes
            recorded: unknown
            police: may
            source: 'an invented page, 2026'
            status: read
          - country: SG
            mail: line@example.org
            answers: 'An organisation'
            run_by: ngo
            languages: unknown
            hours: unknown
            cost: unknown
            from_abroad: unknown
            recorded: no
            police: no
            source: 'an invented page, 2026'
            status: secondary
        """,
    )
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, CONTACTS)


def test_right_rows_have_nothing_wrong(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("country: TH", "country: th", "two capital letters"),
        ("country: TH", "country: TX", "two capital letters"),
        ("number: '+66 99 000 0000'", "number: 1300", "write 3 to 15 digits in quotes"),
        ("'+66 99 000 0000'", "'12'", "write 3 to 15 digits in quotes"),
        ("'+66 99 000 0000'", "'1234567890123456'", "write 3 to 15 digits in quotes"),
        ("'+66 99 000 0000'", "'๑๓๐๐'", "write 3 to 15 digits in quotes"),
        ("'+66 99 000 0000'", "'99+66'", "write 3 to 15 digits in quotes"),
        ("mail: line@example.org", "mail: line", "write an address such as name@example.org"),
        ("mail: line@example.org", "web: http://example.org", "begins with https://"),
        ("mail: line@example.org", "note: none", "exactly one of number, mail and web"),
        ("mail: line@example.org", "mail: line@example.org\n    number: '1300'", "exactly one of number, mail and web"),
        ("by: [call, text]", "by: [fax]", "`by:` is a list beside a number"),
        ("by: [call, text]", "by: [call, text]\n    text: HELP", "`text:` is what to send"),
        ("run_by: state", "run_by: church", "`run_by:` is not as it should be"),
        ("languages: [th, en]", "languages: [Thai]", "this language is no code"),
        ("languages: [th, en]", "languages: [no]", "this language is no code"),
        ("languages: [th, en]", "languages: []", "`languages:` is not as it should be"),
        ("cost: free", "cost: 5", "`cost:` is not as it should be"),
        ("recorded: unknown", "recorded: may", "`recorded:` is not as it should be"),
        ("police: may", "police: no", "a line of the state can tell the police"),
        ("status: read", "status: unverified", "leave out what has no source"),
        ("status: read", "status: read\n    verified_on: 2026-11-01", "'verified_on' does not belong here"),
        ("status: read", "status: read\n    expires_on: 2027-01-01", "'expires_on' does not belong here"),
        ("status: read", "status: read\n    colour: red", "unknown field 'colour'"),
        ("contacts:", "lines: []\ncontacts:", "unknown field 'lines'"),
    ],
)
def test_each_fault_is_found_on_its_line(root: Path, old: str, new: str, says: str) -> None:
    line = plant(root, CONTACTS, old, new)

    (hit,) = [one for one in found(root) if says in one]
    assert abs(int(hit.removeprefix(f"{CONTACTS}:").split(":")[0]) - line) <= 1


@pytest.mark.parametrize(
    "field",
    ["answers", "run_by", "languages", "hours", "cost", "from_abroad", "recorded", "police", "source", "status"],
)
def test_a_row_without_one_of_its_facts_is_found(root: Path, field: str) -> None:
    lines = (root / CONTACTS).read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.strip().startswith(f"{field}:"))
    (root / CONTACTS).write_text("".join(lines[:first] + lines[first + 1 :]), encoding="utf-8")

    (hit,) = found(root)
    assert hit.startswith(f"{CONTACTS}:2: ")
    assert f"`{field}:`" in hit


def test_one_number_written_twice_is_found(root: Path) -> None:
    plant(root, CONTACTS, "country: SG\n    mail: line@example.org", "country: TH\n    number: '+6699-0000000'")

    assert found(root) == [f"{CONTACTS}:15: this contact stands on line 2 already; keep one"]


def test_what_is_shipped_holds_no_number_that_nobody_confirmed() -> None:
    """Numbers of the reference that are from memory, contradicted or closed."""
    text = SHIPPED.read_text(encoding="utf-8")
    unconfirmed = ("'191'", "'1669'", "'1155'", "'1323'", "'1191'", "'1506'", "'1694'", "'1288'", "'1195'", "'199'")
    others = ("1567", "12338", "12308", "129-129", "MM\n", "CN\n")

    assert [number for number in (*unconfirmed, *others) if number in text] == []


def test_what_a_line_is_for_is_one_of_the_known_purposes(root: Path) -> None:
    """S4: a line for wages is not said to somebody in danger, so the purpose must be written right."""
    plant(root, CONTACTS, "run_by: state\n", "run_by: state\n    serves: [danger, child]\n")
    assert found(root) == []
    line = plant(root, CONTACTS, "serves: [danger, child]", "serves: [danger, fire]")
    advice = (
        "write a list of danger, self_harm, medical, child, work, or leave it out for a line that is for everything"
    )
    assert found(root) == [f"{CONTACTS}:{line}: `serves:` is not as it should be; {advice}"]


def test_a_country_whose_name_nobody_wrote_is_found(root: Path) -> None:
    """S4: a number is said with its place, so its country needs a name in the words."""
    write(root, "flows/words/en/countries.ftl", "th = Thailand\n    .asks = no\n")
    [fault] = found(root)
    assert fault.endswith("SG has no name in the words; add `sg = ...` to flows/words/*/countries.ftl")
