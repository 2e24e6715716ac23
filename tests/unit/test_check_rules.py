"""Every intent has one rule with one action that exists; the bot answers by key only, and never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.content import findings, plant, write

DOMAIN = "flows/domain/talk.yml"
RULES = "flows/rules/talk.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the smallest talk with nothing wrong: two intents, an action and a response."""
    write(
        tmp_path,
        DOMAIN,
        """\
        version: "3.1"
        intents:
          - tell
          - greet
        actions:
          - action_hear
        responses:
          utter_hello:
            - custom: {say: talk.hello}
        """,
    )
    write(
        tmp_path,
        RULES,
        """\
        version: "3.1"
        rules:
          - rule: talk, tell
            steps:
              - intent: tell
              - action: action_hear
          - rule: talk, greet
            steps:
              - intent: greet
              - action: utter_hello
        """,
    )
    write(
        tmp_path,
        "actions/talk.py",
        """\
        class Hear:
            def name(self):
                return "action_hear"
        """,
    )
    write(tmp_path, "flows/words/en/talk.ftl", "hello = Hello.\n    .asks = no\n")
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, "flows/domain", "flows/rules", "actions")


def test_a_right_talk_has_nothing_wrong(root: Path) -> None:
    assert found(root) == []


def test_two_rules_for_one_intent_are_found_with_both_places(root: Path) -> None:
    write(
        root,
        "flows/rules/other.yml",
        """\
        version: "3.1"
        rules:
          - rule: other, tell
            steps:
              - intent: tell
              - action: action_hear
        """,
    )

    assert found(root) == [f"{RULES}:5: intent 'tell' has a rule at flows/rules/other.yml:5 already; keep one"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (RULES, "intent: tell", "intent: told", "intent 'told' is not in the domain"),
        (RULES, "action: action_hear", "action: action_here", "'action_here' is not in the domain"),
        (RULES, "action: utter_hello", "action: utter_bye", "'utter_bye' is not in the domain"),
        (RULES, "intent: greet", "intent: nlu_fallback", "'nlu_fallback' is not used"),
        (RULES, "intent: tell", "intent: yes", "this intent is no text"),
        (RULES, 'version: "3.1"', 'version: "2.0"', 'has not `version: "3.1"`'),
        (RULES, "rules:", "forms: {}\nrules:", "`forms:` is not used here"),
        (DOMAIN, "  - greet", "  - tell", "'tell' stands at flows/domain/talk.yml:3 already"),
        (DOMAIN, "  - greet", "  - greet\n  - thank", "has no rule"),
        (DOMAIN, "  - greet", "  - greet\n  - nlu_fallback", "'nlu_fallback' is not used"),
        (DOMAIN, "  - action_hear", "  - action_hear\n  - action_dance", "'action_dance' has no class in actions/"),
        (DOMAIN, "{say: talk.hello}", "{say: talk.hi}", "says 'talk.hi', which the words files lack"),
        (DOMAIN, "- custom: {say: talk.hello}", "- text: Hello", "utter_hello is more than a key"),
        (DOMAIN, "{say: talk.hello}", "{say: talk.hello, args: {a: b}}", "utter_hello is more than a key"),
        (
            DOMAIN,
            "say: talk.hello}",
            "say: talk.hello}\n    - custom: {say: talk.hello}",
            "utter_hello is more than a key",
        ),
        (DOMAIN, "actions:", "e2e_actions: []\nactions:", "`e2e_actions:` is not used here"),
        (DOMAIN, "actions:", "acts: []\nactions:", "unknown field 'acts'"),
    ],
)
def test_each_fault_is_found_in_its_file(root: Path, file: str, old: str, new: str, says: str) -> None:
    line = plant(root, file, old, new)

    hits = [one for one in found(root) if says in one]
    assert len(hits) == 1
    assert abs(int(hits[0].removeprefix(f"{file}:").split(":")[0]) - line) <= 1


@pytest.mark.parametrize(
    "steps",
    [
        "- action: action_hear",
        "- intent: tell",
        "- action: action_hear\n      - intent: tell",
        "- intent: tell\n      - action: action_hear\n      - action: utter_hello",
        "- user: hello\n      - action: action_hear",
        "- intent: tell\n        entities: [a]\n      - action: action_hear",
        "- checkpoint",
    ],
)
def test_a_rule_is_one_intent_and_then_one_action(root: Path, steps: str) -> None:
    line = plant(root, RULES, "- intent: tell\n      - action: action_hear", steps) - 2

    assert f"{RULES}:{line}: this rule has not one intent and then one action; write those two steps" in found(root)


def test_a_response_with_one_name_in_two_files_is_found(root: Path) -> None:
    write(
        root,
        "flows/domain/more.yml",
        'version: "3.1"\nresponses:\n  utter_hello:\n    - custom: {say: talk.hello}\n',
    )

    assert found(root) == [f"{DOMAIN}:8: 'utter_hello' stands at flows/domain/more.yml:3 already; keep one"]


def test_two_classes_with_one_name_are_found(root: Path) -> None:
    write(root, "actions/zeal.py", 'class Zeal:\n    def name(self):\n        return "action_hear"\n')

    assert found(root) == [
        "actions/zeal.py:1: 'action_hear' is the name of the class at actions/talk.py:1 already; give it its own"
    ]


def test_a_file_that_rasa_would_read_from_elsewhere_is_found(root: Path) -> None:
    write(root, "flows/rules/deep/talk.yml", 'version: "3.1"\nrules: []\n')
    write(root, "flows/domain/talk.yaml", 'version: "3.1"\n')

    assert found(root) == [
        "flows/domain/talk.yaml:1: is not flows/domain/<topic>.yml; move or rename it",
        "flows/rules/deep/talk.yml:1: is not flows/rules/<topic>.yml; move or rename it",
    ]
