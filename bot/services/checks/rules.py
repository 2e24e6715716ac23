"""Checks how the talk goes: intents, actions and responses of `flows/domain`, one rule per intent in `flows/rules`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.services.checks.material import (
    Listing,
    Node,
    Source,
    Table,
    Text,
    faults_of_shape,
    text_of,
    texts_of,
    unknown_fields,
    wrong_version,
)
from bot.services.checks.uses import Use, parsed

DOMAIN: Final = "flows/domain"
RULES: Final = "flows/rules"
ACTIONS: Final = "actions"
GUESSING: Final = "nlu_fallback"
"""Rasa's own answer to an unsure reading; here a rule of `bot.domain` decides."""
NOT_HERE: Final = frozenset({"forms", "e2e_actions", "stories", "nlu"})
"""What Rasa knows and Saphan does without (docs/architecture.md)."""

Places = dict[str, tuple[Source, Text]]


@dataclass(frozen=True)
class Declared:
    """What the domain files name, each with where it stands first."""

    whole: bool = True
    """False where a domain file could not be read: what seems to be missing may stand there."""
    intents: Places = field(default_factory=dict)
    actions: Places = field(default_factory=dict)
    responses: Places = field(default_factory=dict)

    def is_intent(self, name: str) -> bool:
        """Tell whether an intent is in the domain, as far as that can be told."""
        return name in self.intents or not (self.whole and name)

    def is_action(self, name: str) -> bool:
        """Tell whether a rule may end with this, as far as that can be told."""
        return name in self.actions or name in self.responses or not (self.whole and name)


def declared(domain: Sequence[Source], unread: Collection[str]) -> tuple[Declared, list[str]]:
    """Read the domain files, and list what is wrong in them; `unread` are files that are found fault with already."""
    found = Declared(whole=not any(file.startswith(DOMAIN) for file in unread))
    faults: list[str] = []
    for source in domain:
        faults += _not_here(source)
        faults += wrong_version(source)
        faults += faults_of_shape(
            source,
            tables=("responses", "slots", "session_config"),
            others=("version", "intents", "actions", *NOT_HERE),
        )
        root = source.root
        intents, wrong = texts_of(source, root.get("intents") if isinstance(root, Table) else None, "`intents:`")
        faults += wrong + _twice(source, intents, found.intents)
        faults += [
            source.wrong(intent, f"{GUESSING!r} is not used; an unsure reading is answered by the rule of its intent")
            for intent in intents
            if intent.text == GUESSING
        ]
        actions, wrong = texts_of(source, root.get("actions") if isinstance(root, Table) else None, "`actions:`")
        faults += wrong
        for action in actions:
            found.actions.setdefault(action.text, (source, action))
        faults += _twice(source, [key for key, _ in source.rows("responses")], found.responses)
    return found, faults


def responses_of(domain: Sequence[Source]) -> tuple[list[Use], list[str]]:
    """Give the keys that responses say, and list each response that is anything but a key."""
    uses, faults = [], []
    for source in domain:
        for name, variants in source.rows("responses"):
            said = [_said(variant) for variant in variants.items] if isinstance(variants, Listing) else []
            if len(said) != 1 or said[0] is None:
                faults.append(
                    source.wrong(name, f"{name.text} is more than a key; write `- custom: {{say: topic.key}}`")
                )
            uses += [Use(one.text, source.file, one.line) for one in said if one is not None]
    return uses, faults


def _said(variant: Node) -> Text | None:
    custom = variant.get("custom") if isinstance(variant, Table) and len(variant.rows) == 1 else None
    said = custom.get("say") if isinstance(custom, Table) and len(custom.rows) == 1 else None
    return said if isinstance(said, Text) and text_of(said) else None


def check_rules(
    rules: Sequence[Source], known: Declared, written: Mapping[str, str], unread: Collection[str]
) -> list[str]:
    """List what is wrong with the rules; `written` names the file and line of each action's class."""
    faults: list[str] = []
    ruled: Places = {}
    for source in rules:
        faults += _not_here(source)
        faults += wrong_version(source)
        faults += faults_of_shape(source, lists=("rules",), others=("version", *NOT_HERE))
        for rule in source.items("rules"):
            faults += _faults_of_rule(source, rule, known, ruled)
    if not any(file.startswith(RULES) for file in unread):
        faults += [
            source.wrong(intent, f"intent {name!r} has no rule; write one in flows/rules or remove the intent")
            for name, (source, intent) in known.intents.items()
            if name not in ruled and name != GUESSING
        ]
    if not any(file.startswith(ACTIONS) for file in unread):
        faults += [
            source.wrong(action, f"{name!r} has no class in {ACTIONS}/; write one whose `name` returns it")
            for name, (source, action) in known.actions.items()
            if name not in written
        ]
    return faults


def actions_in(root: Path) -> tuple[dict[str, str], list[str]]:
    """Give `file:line` of the class of each action, and list classes that share a name."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for path in sorted((root / ACTIONS).rglob("*.py")):
        tree, fault = parsed(path, root)
        faults += [fault] if fault else []
        for line, name in _names_in(tree):
            place = f"{path.relative_to(root).as_posix()}:{line}"
            first = found.setdefault(name, place)
            if first != place:
                faults.append(f"{place}: {name!r} is the name of the class at {first} already; give it its own")
    return found, faults


def _names_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for made in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for method in made.body:
            if not (isinstance(method, ast.FunctionDef) and method.name == "name"):
                continue
            for node in ast.walk(method):
                value = node.value if isinstance(node, ast.Return) else None
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield made.lineno, value.value


def _faults_of_rule(source: Source, rule: Node, known: Declared, ruled: Places) -> Iterator[str]:
    if not isinstance(rule, Table):
        yield source.wrong(rule, "holds something that is no rule; write `- rule: name` and `steps:`")
        return
    yield from unknown_fields(source, rule, ("rule", "steps"), "this rule")
    steps = rule.get("steps")
    rows = [row for step in (steps.items if isinstance(steps, Listing) else ()) for row in _rows(step)]
    if [key.text for key, _ in rows] != ["intent", "action"]:
        yield source.wrong(rule, "this rule has not one intent and then one action; write those two steps")
        return
    (_, intent), (_, action) = rows
    yield from _faults_of_intent(source, intent, known, ruled)
    if not isinstance(action, Text) or not known.is_action(action.text):
        yield source.wrong(action, f"{_shown(action)} is not in the domain; add it to flows/domain or correct it")


def _faults_of_intent(source: Source, intent: Node, known: Declared, ruled: Places) -> Iterator[str]:
    if not isinstance(intent, Text) or not text_of(intent):
        yield source.wrong(intent, "this intent is no text; put it in quotes")
        return
    if intent.text == GUESSING:
        yield source.wrong(intent, f"{GUESSING!r} is not used; an unsure reading is answered by the rule of its intent")
    elif not known.is_intent(intent.text):
        yield source.wrong(intent, f"intent {intent.text!r} is not in the domain; add it to flows/domain or correct it")
    yield from _twice(source, [intent], ruled, "intent {!r} has a rule at {} already; keep one")


def _rows(step: Node) -> Sequence[tuple[Text, Node]]:
    return step.rows if isinstance(step, Table) else ()


def _shown(action: Node) -> str:
    return repr(action.text) if isinstance(action, Text) else "this action"


def _twice(
    source: Source, names: Sequence[Text], first: Places, says: str = "{!r} stands at {} already; keep one"
) -> list[str]:
    found = []
    for name in names:
        where, there = first.setdefault(name.text, (source, name))
        if there is not name:
            found.append(source.wrong(name, says.format(name.text, f"{where.file}:{there.line}")))
    return found


def _not_here(source: Source) -> list[str]:
    rows = source.root.rows if isinstance(source.root, Table) else ()
    return [
        source.wrong(key, f"`{key.text}:` is not used here; write a rule with one intent and one action")
        for key, _ in rows
        if key.text in NOT_HERE
    ]
