"""Writes down what one turn understood and decided, for the side column of `saphan chat`: codes, keys and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.content import read_material
from bot.bootstrap import CHECKOUT
from bot.services.checks.material import Listing, Node, Source, Table, text_of
from bot.services.notes import TurnNote


@dataclass
class TurnNotes:
    """Collects the lines about each turn; whoever prints takes them."""

    rules: Mapping[str, str] = field(default_factory=dict)
    """Intent, and where its rule stands with the action it names."""
    _lines: list[str] = field(default_factory=list)

    @classmethod
    def load(cls) -> TurnNotes:
        """Read where each rule stands."""
        return cls(dict(_places_of_rules(read_material(CHECKOUT).rules)))

    def watch(self, note: TurnNote) -> None:
        """See one turn."""
        self._lines += lines_of(note, self.rules)

    def take(self) -> list[str]:
        """Give the lines since the last call."""
        taken, self._lines = self._lines, []
        return taken


def lines_of(note: TurnNote, rules: Mapping[str, str]) -> list[str]:
    """Write the lines about one turn."""
    case, reply = note.case, note.reply
    maybe = f" (maybe {case.urgency_maybe})" if case.urgency_maybe not in ("none", case.urgency) else ""
    lines = [
        f"understood  {case.language}, {' + '.join(note.read) or 'nothing to read'}",
        f"codes       {', '.join(case.heard) or '-'}{_before(case.known)}",
        f"urgency     {case.urgency}{maybe}",
        f"rule        {_rule(note, rules)}",
        f"says        {', '.join(say.key for say in reply.say) or 'nothing'}",
    ]
    if reply.effects:
        lines.append(f"does        {', '.join(_effect(effect.kind, effect.value) for effect in reply.effects)}")
    return [*lines, *_pace(note.dialogue.get("pacing"))]


def _before(known: tuple[str, ...]) -> str:
    return f" (before: {', '.join(known)})" if known else ""


def _effect(kind: str, value: str) -> str:
    return f"{kind} {value}".strip()


def _rule(note: TurnNote, rules: Mapping[str, str]) -> str:
    if note.answered_by == "way out":
        return f"way out {note.move}, without the engine"
    if note.answered_by == "app":
        return "none: the app answers by itself"
    return f"{note.move}: {rules.get(note.move, 'not among flows/rules')}"


def _pace(pacing: Any) -> Iterator[str]:
    """Tell what was decided of the bot's own accord, and what it rests on."""
    if not isinstance(pacing, Mapping) or not pacing:
        return
    step, _, why = str(pacing.get("decided") or "nothing:").partition(":")
    yield f"pace        {step}{f', for {why}' if why else ''}"
    asked = pacing.get("asked")
    open_one = asked.get("id") if isinstance(asked, Mapping) else None
    counts = [
        f"open question {open_one or 'none'}",
        f"told {pacing.get('told', 0)} times this session",
        f"{pacing.get('row', 0)} questions in a row",
        f"{len(pacing.get('heavy_at') or ())} heavy in a day",
    ]
    if pacing.get("quiet"):
        counts.append("asked to be left in peace")
    if pacing.get("distress_at"):
        counts.append(f"{pacing.get('turns_since_distress', 0)} turns since distress")
    yield f"because     {'; '.join(counts)}"


def _places_of_rules(sources: tuple[Source, ...]) -> Iterator[tuple[str, str]]:
    for source in sources:
        for rule in source.items("rules"):
            steps = _steps_of(rule)
            if "intent" in steps:
                yield steps["intent"], f"{source.file}:{rule.line} → {steps.get('action', '?')}"


def _steps_of(rule: Node) -> dict[str, str]:
    steps = rule.get("steps") if isinstance(rule, Table) else None
    items = steps.items if isinstance(steps, Listing) else ()
    rows = [row for step in items if isinstance(step, Table) for row in step.rows]
    return {key.text: text_of(value) for key, value in rows}
