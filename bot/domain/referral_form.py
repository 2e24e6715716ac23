"""The form of a referral: blocks and fields, to which part of a person's yes each belongs, what may stand there.

One table says all of it; the page, the sentence to the person, the document and the published schema are made from it.
Whatever is in no part that the person agreed to is not in the form that leaves (need to know).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from bot.domain.referral import LAW_PART
from bot.domain.routing import HELPS

VERSION: Final = "1"
"""Of the form; a receiver's program asks for it first."""

Part = Literal[1, 2, 3]
PARTS: Final[tuple[Part, ...]] = (1, 2, 3)
"""How to reach them and what they wish; who they are and what they need; places, and people they fear."""

LINE: Final = 120
TEXT: Final = 800
"""Characters of a short and of a long field."""

Value = str | tuple[str, ...]
KNOWS: Final = ("yes", "little", "no", "unknown")


class NotAForm(ValueError):
    """A value does not fit its field; the message is the field's name, never what stood there."""


@dataclass(frozen=True)
class Field:
    """One field: a text unless it has choices, of which several may be chosen where `many`."""

    name: str
    part: Part
    choices: tuple[str, ...] = ()
    many: bool = False
    longest: int = LINE
    by_program: bool = False
    """Filled from what was confirmed; nobody types it."""

    @property
    def block(self) -> str:
        """The block it stands in."""
        return self.name.partition("/")[0]

    def read(self, given: Sequence[str]) -> Value:
        """Read what was typed or chosen; raises NotAForm."""
        chosen = tuple(one.strip() for one in given if one.strip())
        if self.choices and not set(chosen) <= set(self.choices):
            raise NotAForm(self.name)
        if self.many:
            return tuple(one for one in (self.choices or chosen) if one in chosen)
        if len(chosen) > 1 or any(len(one) > self.longest for one in chosen):
            raise NotAForm(self.name)
        return chosen[0] if chosen else ""


def _text(name: str, part: Part, longest: int = LINE) -> Field:
    return Field(name, part, longest=longest)


def _one(name: str, part: Part, *choices: str) -> Field:
    return Field(name, part, choices)


def _many(name: str, part: Part, *choices: str) -> Field:
    return Field(name, part, choices, many=True)


FIELDS: Final[tuple[Field, ...]] = (
    _text("header/contact", 1),
    _one("header/interpreter", 1, "no", "yes", "unknown"),
    _text("consent/basis", 1),
    _one("safety/may_contact", 1, "yes", "by_us_only", "no"),
    _one("safety/channel", 1, "this_chat", "through_us", "phone", "in_person"),
    _text("safety/hours", 1),
    _text("safety/code_word", 1),
    _text("safety/who_may_answer", 1),
    _text("safety/say_to_others", 1),
    _text("safety/never_do", 1, TEXT),
    _many("wishes/helps", 1, *HELPS),
    _many("wishes/refused", 1, *HELPS),
    _one("wishes/where", 1, "stay", "leave", "return", "unsure"),
    _text("wishes/own_view", 1, TEXT),
    _text("duties/law", 1),
    _one("duties/told", 1, "yes", "no"),
    _text("person/name", 2),
    _one("person/age", 2, "under_13", "13_to_15", "16_to_17", "under_18", "18_to_25", "over_25", "adult", "unknown"),
    _text("person/gender", 2),
    _text("person/nationality", 2),
    _text("person/languages", 2),
    _one("person/reads", 2, *KNOWS),
    _text("person/health", 2, TEXT),
    _many(
        "needs/now",
        2,
        *("shelter", "food", "medical", "medical_72", "medical_120", "mental", "legal", "papers", "money"),
        *("child_care", "family"),
    ),
    _text("summary/text", 2, TEXT),
    Field("signs/codes", 2, many=True, by_program=True),
    _text("dependants/text", 2, TEXT),
    _many("documents/missing", 2, "passport", "identity_card", "visa", "contract", "birth_record", "other"),
    _text("documents/holder", 2),
    _text("place/country", 3),
    _text("place/district", 3),
    _text("place/exact", 3),
    _text("feared/text", 3, TEXT),
)
"""In the order in which they are shown (reference, 9.1). `header`, `consent` and `acknowledgement` are otherwise made
from what is kept of the referral itself."""

BY_NAME: Final[Mapping[str, Field]] = {one.name: one for one in FIELDS}
BLOCKS: Final = tuple(dict.fromkeys(one.block for one in FIELDS))
BASIS: Final = "consent/basis"
"""By what authority facts of a child are passed on (C7)."""


@dataclass(frozen=True)
class Form:
    """A filled form: only fields that hold something. Its text is a person's, so it has no readable `repr`."""

    values: Mapping[str, Value] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, given: Mapping[str, Sequence[str]], signs: Iterable[str] = ()) -> Form:
        """Read what staff typed. `signs` are the codes that were confirmed or reviewed: nobody else adds any.

        Raises NotAForm, also for a field that the form does not have.
        """
        unknown = [name for name in given if name not in BY_NAME or BY_NAME[name].by_program]
        if unknown:
            raise NotAForm(unknown[0])
        values = {one.name: one.read(given.get(one.name, ())) for one in FIELDS if not one.by_program}
        values["signs/codes"] = tuple(dict.fromkeys(signs))
        return cls({name: value for name, value in values.items() if value})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Form:
        """Read what `to_json` gave; raises NotAForm."""
        values: dict[str, Value] = {}
        for name, value in data.items():
            if name not in BY_NAME:
                raise NotAForm(name)
            values[name] = tuple(map(str, value)) if isinstance(value, list) else str(value)
        return cls(values)

    def to_json(self) -> dict[str, str | list[str]]:
        """Give the flat shape that is sealed."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self.values.items()}

    def get(self, name: str) -> Value:
        """Give what a field holds; empty where nothing does."""
        return self.values.get(name, ()) if BY_NAME[name].many else self.values.get(name, "")

    def only(self, parts: Collection[int]) -> Form:
        """Leave in only what belongs to these parts."""
        return Form({name: value for name, value in self.values.items() if BY_NAME[name].part in parts})

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that hold something."""
        return tuple(part for part in PARTS if any(BY_NAME[name].part == part for name in self.values))

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks that hold something, in their order: what the person is told of, never what stands there."""
        return tuple(block for block in BLOCKS if any(BY_NAME[name].block == block for name in self.values))

    def lacks(self, *, child: bool) -> str:
        """Say what must be there before a person is asked: the field's name, or nothing.

        Facts of a child leave only on a named authority beside the child's own yes (C7).
        """
        needed = ("safety/may_contact", "wishes/helps", *((BASIS,) if child else ()))
        return next((name for name in needed if not self.values.get(name)), "")


def schema() -> dict[str, Any]:
    """Give the JSON Schema of a referral as it leaves; `docs/referral.schema.json` is this."""
    blocks: dict[str, Any] = {}
    for one in FIELDS:
        inside = blocks.setdefault(one.block, {"type": "object", "additionalProperties": False, "properties": {}})
        inside["properties"][one.name.partition("/")[2]] = {**_shape(one), "x-part": one.part}
    text = {"type": "string"}
    time = {"type": "string", "format": "date-time"}
    blocks["header"]["properties"] |= {
        **dict.fromkeys(("code", "sender", "receiver", "language"), text),
        "level": {"enum": ["P0", "P1", "P2", "P3", "P4"]},
        "made_at": time,
    }
    blocks["header"]["required"] = ["code", "sender", "receiver", "level", "language", "made_at"]
    parts = {"type": "array", "items": {"enum": [*PARTS, LAW_PART]}}
    blocks["consent"]["properties"] |= {
        "parts": parts,
        "not_agreed": parts,
        "given_at": time,
        "until": time,
        "sentence": text,
    }
    blocks["consent"]["required"] = ["parts", "given_at", "until"]
    blocks["acknowledgement"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"state": text, "accepted_at": time, "contacted_at": time, "ended_at": time},
    }
    exported = {"at": time, "by": text, "for": text, "purpose": text}
    blocks["export"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": exported,
        "required": list(exported),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:saphan:referral:1",
        "title": "Referral",
        "description": "What a person agreed to pass on. The signs are observations, never a finding about anybody.",
        "type": "object",
        "additionalProperties": False,
        "required": ["version", "header", "consent", "export"],
        "properties": {"version": {"const": VERSION}, **blocks},
    }


def _shape(one: Field) -> dict[str, Any]:
    item: dict[str, Any] = {"enum": list(one.choices)} if one.choices else {"type": "string"}
    if one.many:
        return {"type": "array", "items": item, "uniqueItems": True}
    return item if one.choices else {**item, "maxLength": one.longest}
