"""What the reader learns from is labelled with known codes, in every language, and leads to nobody."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.services.checks.training import personal_detail
from tests.support.content import findings, plant, write

TOLD = "nlu_data/th/talk.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give two intents with examples in every language."""
    write(tmp_path, "flows/domain/talk.yml", 'version: "3.1"\nintents: [tell, greet]\n')
    for language in LANGUAGES:
        write(
            tmp_path,
            f"nlu_data/{language}/talk.yml",
            f"""\
            version: "3.1"
            nlu:
              - intent: tell
                examples:
                  - text: "{language} they locked the door"
                    metadata: {{indicators: [restriction_of_movement], urgency: danger_now}}
                  - text: "{language} nothing of that"
              - intent: greet
                examples:
                  - text: "{language} hello"
            """,
        )
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, "nlu_data")


def test_right_examples_have_nothing_wrong(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("intent: greet", "intent: meet", "intent 'meet' is not in the domain"),
        ('text: "th hello"', "txt: hello", "this example has no text"),
        ('text: "th hello"', "text: yes", "this example has no text"),
        ('text: "th hello"', "text: ' '", "this example has no text"),
        ("[restriction_of_movement]", "[locked_in]", "'locked_in' is no indicator"),
        ("[restriction_of_movement]", "restriction_of_movement", "`indicators:` is no list"),
        ("urgency: danger_now", "urgency: soon", "'soon' is no urgency"),
        ("{indicators:", "{signs:", "metadata has the unknown field 'signs'"),
        (
            "metadata: {indicators: [restriction_of_movement], urgency: danger_now}",
            "metadata: x",
            "metadata is no table",
        ),
        ('"th hello"', '"EN  Hello"', ""),
        ('"th hello"', '"th nothing of that"', "the same text stands with other labels at nlu_data/th/talk.yml:7"),
        ('"th hello"', '"call 081-234 5678"', "seven digits or more"),
        ('version: "3.1"', "version: 3", 'has not `version: "3.1"`'),
        ("nlu:", "lookup: []\nnlu:", "unknown field 'lookup'"),
        ('- text: "th hello"', "[]", "has no list of examples"),
    ],
)
def test_each_fault_is_found_on_its_line_and_repeats_no_example(root: Path, old: str, new: str, says: str) -> None:
    line = plant(root, TOLD, old, new)

    if not says:
        assert found(root) == []
        return
    (hit,) = [one for one in found(root) if says in one]
    assert abs(int(hit.removeprefix(f"{TOLD}:").split(":")[0]) - line) <= 2
    assert "081" not in hit
    assert "nothing of that" not in hit


def test_an_intent_that_is_read_in_one_language_is_taught_in_all(root: Path) -> None:
    plant(root, TOLD, "intent: greet", "intent: tell")

    assert found(root) == [
        "nlu_data/th/talk.yml:1: has no example of intent 'greet'; write some in this language",
    ]


def test_a_missing_language_is_one_finding(root: Path) -> None:
    shutil.rmtree(root / "nlu_data" / "lo")

    assert found(root) == ["nlu_data/lo: holds no examples; put its <topic>.yml files there"]


def test_an_unreadable_file_is_one_finding(root: Path) -> None:
    line = plant(root, TOLD, "nlu:", "nlu: [")

    (hit,) = found(root)
    assert hit.startswith(f"{TOLD}:")
    assert int(hit.split(":")[1]) >= line


@pytest.mark.parametrize("file", ["xx/talk.yml", "talk.yml", "th/deep/talk.yml", "th/talk.json"])
def test_examples_in_another_place_are_found(root: Path, file: str) -> None:
    write(root, f"nlu_data/{file}", 'version: "3.1"\nnlu: []\n')

    (hit,) = found(root)
    assert hit.startswith(f"nlu_data/{file}:1: is not nlu_data/<language>/<topic>.yml")


@pytest.mark.parametrize(
    "text",
    [
        "081-234-5678",
        "+66 (0) 81 234 5678",
        "๐๘๑๒๓๔๕๖๗๘",
        "၀၉၁၂၃၄၅၆၇",
        "០១២ ៣៤៥ ៦៧៨",
        "０８１２３４５６７",
        "幺三八零零一三八零零零",
        "write to somebody@example.org",
        "find me, @somebody",
        "https://example.org",
        "www.example",
        "example.com",
        "t.me/somebody",
    ],
)
def test_what_leads_to_somebody_is_found_in_any_script(text: str) -> None:
    assert personal_detail(text)


@pytest.mark.parametrize(
    "text",
    ["they owe me 15.000.000 dong", "25,000 baht, then 3,000", "since 2023, for 14 hours", "please help.me go", "@ 5"],
)
def test_what_people_tell_is_not_taken_for_an_address(text: str) -> None:
    assert not personal_detail(text)
