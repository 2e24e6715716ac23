"""The desk says the same in each of its languages, and nothing beside its words files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor
from jinja2 import Environment, nodes

from bot.adapters.content import load_catalogue, load_flags
from bot.desk.pages import HERE, make_environment
from bot.desk.speech import DETAILS, FOLDER, SPOKEN, Speech, choose, load_words
from bot.domain import (
    access,
    assessment,
    consent,
    contact_rows,
    flags,
    observations,
    referral,
    referral_form,
    review,
    rewording,
    routing,
    vetting,
    weights,
)
from bot.domain import effects as kinds
from bot.domain.calls import INTERPRETER_WANTED
from bot.domain.codes import INDICATOR_CODES, LANGUAGES, LEVELS, URGENCIES
from bot.domain.contacts import PURPOSES
from bot.domain.ownership import Does, State
from bot.domain.plan import PARTS
from bot.domain.safe_contact import Verdict
from bot.domain.summary import KINDS
from bot.rehearsal.stories import PERSONAS
from bot.services import (
    alerts,
    audit,
    caller,
    counsel,
    deliver,
    effects,
    figures,
    going_live,
    promise_book,
    reach,
    roster,
    staff,
    taking_back,
)
from bot.services.checks.contacts import REACHED_BY, RUN_BY, STATUS
from bot.services.referral import export as refer_export
from bot.services.transcript import delivery_code
from tests.support.fakes import MovableClock

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))
PYTHON = sorted(HERE.rglob("*.py"))
BRAND = {"Saphan"}
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description", "label"}
STRANGE = ("errors.barred-", "errors.missing-", "errors.refused-", "errors.state-", "codes.", "catalogue.")
"""Where the end of a key is a code; each of them is in a table below, or no code of the program."""

CATALOGUE = load_catalogue(ROOT)
CODES: Mapping[str, AbstractSet[str]] = {
    "language": set(LANGUAGES),
    "figure": {"began", "language", "handoff", "level", "promise", "alert", "referral"},
    "counted": {"began"},
    "handed": set(figures.HANDOFF),
    "alerted": set(figures.ALERT),
    "share": set(figures.SHARES),
    "unlearnt": {*get_args(rewording.Fault), "detail"},
    "urgency": set(URGENCIES),
    "run": set(RUN_BY),
    "unsure": {"unknown", "yes", "no", "may", "free", "charged"},
    "purpose": set(PURPOSES),
    "source": set(STATUS),
    "reached": set(REACHED_BY),
    "by": {"call", "text"},
    "origin": {"changed", "added"},
    "place": set(contact_rows.PLACES),
    "answered": set(contact_rows.ANSWERED),
    "trial": set(contact_rows.OUTCOMES),
    "topic": {path.stem for path in (ROOT / "flows" / "words" / "en").glob("*.ftl")},
    "level": set(LEVELS),
    "ground": set(access.GROUNDS),
    "access": set(get_args(access.Standing)),
    "channel": {"telegram", "webchat", "terminal", "training"},
    "persona": set(PERSONAS),
    "role": set(staff.ROLES),
    "lacks": {"role", "language", "key", "vetting", "wish", "capacity"},
    "actor": set(audit.NO_MEMBER),
    "point": set(going_live.POINTS),
    "todo": set(going_live.POINTS),
    "statement": set(going_live.SIGNED),
    "referral": {state.value for state in referral.State},
    "passes": set(referral.SCOPES),
    "refusal": set(referral.REASONS),
    "portion": {str(part) for part in (*referral_form.PARTS, referral.LAW_PART)},
    "purpose_of": set(refer_export.PURPOSES),
    "partner": set(routing.KINDS),
    "can": {"ready", "key", "vetting", "expired", "gone"},
    "help": set(routing.HELPS),
    "block": set(refer_export.BLOCKS),
    "field": {field.name.replace("/", "_") for field in referral_form.FIELDS}
    | {f"header_{name}" for name in ("code", "sender", "receiver", "level", "language", "made_at")}
    | {f"consent_{name}" for name in ("parts", "not_agreed", "given_at", "until")}
    | {f"acknowledgement_{name}" for name in ("state", "accepted_at", "contacted_at", "ended_at")},
    "choice": {choice for field in referral_form.FIELDS if "/help" not in field.name for choice in field.choices}
    - set(routing.HELPS)
    | {"shelter", "legal", "papers", "stay"},
    "detail": {
        *DETAILS,
        *("about", "after", "alert", "before", "confirmed", "count", "level", "place", "training", "until"),
    },
    "opened": {"open", "read", "danger", "interpret", "review", "referral", "learn"},
    "taking": set(taking_back.TAKE_REASONS),
    "owner": {state.value for state in State},
    "check": set(vetting.CHECKS),
    "vetting": set(get_args(vetting.Standing)),
    "wish": {"woman", "man"},
    "part": set(PARTS),
    "phrases": {path.stem for path in (ROOT / "flows" / "phrases" / "en").glob("*.ftl")},
    "theme": {path.stem for path in (ROOT / "flows" / "themes").glob("*.yml")},
    "kind": {kind for kind, _ in KINDS},
    "gender": {"woman", "man", "untold"},
    "promise": set(get_args(promise_book.Standing)),
    "way": {alerts.DESK, "telegram", "mail"},
    "call": {"waiting", "sending", "sent", "failed"},
    "weekday": {str(day) for day in roster.WEEKDAYS},
    "consent": consent.READING
    | {
        consent.WRITTEN_TO,
        consent.CHECKED_ON,
        consent.REMEMBERED,
        consent.REVIEWED,
        consent.LEARNT_FROM,
        consent.INTERPRETED,
    }
    | set(referral.SCOPES.values()),
    "reason": set(counsel.RETURN_REASONS),
    "outcome": set(counsel.OUTCOMES),
    "indicator": set(INDICATOR_CODES),
    "standing": set(get_args(observations.State)),
    "phase": set(get_args(observations.Phase)),
    "dimension": {each.name for each in CATALOGUE.dimensions},
    "set": set(CATALOGUE.sets),
    "verdict": set(review.VERDICTS),
    "weight": {*weights.STRENGTHS, "medium_or_weak", "none"},
    "flag": {rule.name for rule in load_flags(ROOT)} | {flags.ASKED},
    "result": set(get_args(assessment.Result)),
}


class Places(Visitor):  # type: ignore[misc, unused-ignore]
    """Collects the names of a sentence's places."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def written(language: str) -> dict[str, set[str]]:
    """Give every key of a language with the places of its sentence."""
    keys: dict[str, set[str]] = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message):
                places = Places()
                places.visit(entry)
                assert f"{path.stem}.{entry.id.name}" not in keys, entry.id.name
                keys[f"{path.stem}.{entry.id.name}"] = places.names
    return keys


def asked_in_templates() -> Iterator[tuple[str, set[str]]]:
    """Give every key that a template says, with what it fills in."""
    environment = make_environment()
    for path in TEMPLATES:
        for call in environment.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "say":
                key = call.args[0]
                assert isinstance(key, nodes.Const), f"{path.name}: a key is written out, so that it can be found"
                yield key.value, {each.key for each in call.kwargs}


def asked_in_python() -> Iterator[str]:
    """Give every key that is written out in Python; of an error also the text that belongs to its title."""
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name in ("say", "self.say") or name.endswith(".say"):
                yield from texts[:1]
            if name == "_say":
                yield f"errors.{texts[0]}"
                yield from (f"errors.{texts[1]}",) if len(node.args) > 3 and texts[1:] else ()
                yield from (f"errors.{texts[0]}-why",) if len(node.args) == 3 or texts[1:] == ["taken-by"] else ()


def test_every_language_has_the_same_keys_with_the_same_places() -> None:
    english = written("en")
    for language in SPOKEN:
        assert written(language) == english, language


def test_no_key_is_missing_and_none_is_left_over() -> None:
    keys = written("en")
    for key, filled in asked_in_templates():
        assert keys.get(key) == filled, key
    asked = {key for key, _ in asked_in_templates()} | set(asked_in_python())
    asked |= {caller.SOMEBODY_WAITS, caller.SOMETHING_WAITS, reach.LINKED, reach.MAIL_CODE}

    assert asked - keys.keys() == set()
    assert {key for key in keys.keys() - asked if not key.startswith(STRANGE)} == set()


@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_its_words_and_no_other(kind: str) -> None:
    begin = f"codes.{kind}-"

    assert {key.removeprefix(begin) for key in written("en") if key.startswith(begin)} == CODES[kind]


def test_every_row_of_the_catalogue_is_said_and_english_says_what_the_catalogue_does() -> None:
    words, begin = load_words(), "catalogue."
    said = {key.removeprefix(begin): words.say(key, "en") for key in written("en") if key.startswith(begin)}

    assert said == {code: row.label for code, row in CATALOGUE.indicators.items()}
    assert Speech(words, "th").row("cd-new", "A row of ours") == "A row of ours"


def test_every_alert_that_the_program_raises_has_its_words() -> None:
    raised = {"promise_broken", "promise_broken_twice", "message_not_read", "engine", INTERPRETER_WANTED}
    for path in (ROOT / "bot" / "services").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'alerts?(?:, \(| = \()"(\w+)"', source))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("raise_level", "add_alert")):
                raised |= {str(node.args[2].value)} if isinstance(node.args[2], ast.Constant) else set()
    begin = "codes.alert-"

    assert {key.removeprefix(begin) for key in written("en") if key.startswith(begin)} == raised


def test_every_act_that_is_audited_has_its_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "services").rglob("*.py")]
    source = "".join(sources)
    of_staff = set(re.findall(r'AuditEntry\([\w.()]+, (?:str\()?[\w.]+\)?, "(\w+)"', source))
    of_staff |= set(re.findall(r'door\.audit\(tx, session, found, "(\w+)"', source))
    of_the_person = {*effects.DEEDS, *re.findall(r'changed\.audit, \("(\w+)"', source)}
    of_the_person |= {kinds.LET_REVIEW, kinds.END_REVIEW, kinds.LET_LEARN, kinds.END_LEARN}
    moved = re.findall(r"hands\.move\(tx, it, Deed\(Does\.(\w+)", source)
    of_the_program = {*re.findall(r'hands\.note\(tx, it, "(\w+)"', source), *(Does[name].value for name in moved)}

    assert min(len(of_staff), len(of_the_person), len(of_the_program)) > 5
    assert {f"codes.act-{act}" for act in of_staff | of_the_person | of_the_program} <= written("en").keys()


def test_every_place_of_a_message_on_its_way_has_its_words() -> None:
    held = {verdict.value for verdict in Verdict if verdict.value.startswith("held")} | {
        deliver.NO_PAGE,
        "held: the channel is off",
    }
    states: tuple[Any, ...] = ("waiting", "sending", "delivered", "failed", "expired")
    codes = {delivery_code("counsellor", state, "") for state in states}
    codes |= {delivery_code("counsellor", "waiting", reason) for reason in held}
    begin = "codes.delivery-"

    assert {key.removeprefix(begin) for key in written("en") if key.startswith(begin)} == codes


def test_every_refusal_and_every_state_has_its_sentence() -> None:
    paths = [*(ROOT / "bot" / "services").rglob("*.py"), *(ROOT / "bot" / "desk" / "routes").glob("*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in paths)
    # What is wrong with a vetting is found in bot.domain.
    source += "".join(f'Refused("{reason}")' for reason in ("checked", "conduct", "until"))
    refused = set(re.findall(r'(?<!SignIn)Refused\("(\w+)"\)', source))
    keys = written("en").keys()

    assert {f"errors.refused-{reason}" for reason in refused} == {k for k in keys if k.startswith("errors.refused-")}
    assert {f"errors.state-{state.value}" for state in State} == {k for k in keys if k.startswith("errors.state-")}


class BareText(HTMLParser):
    """Collects words that stand in a template itself: between tags, or in an attribute that is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]", data) and data.strip() not in BRAND:
            self.found.append(data.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value and value.strip()]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_sentence_of_its_own(template: Path) -> None:
    bare = BareText()
    source = template.read_text(encoding="utf-8")
    source = re.sub(r"{% block body_class %}.*?{% endblock %}", "", source)
    bare.feed(re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", source, flags=re.DOTALL).replace("·", ""))
    said = [each.value for each in Environment(autoescape=True).parse(source).find_all(nodes.Const)]

    assert bare.found == []
    assert [each for each in said if isinstance(each, str) and re.search(r"[^\W\d_]+ [^\W\d_]+ ", each)] == []


def test_every_sentence_can_be_said_in_every_language() -> None:
    words = load_words()
    for language in SPOKEN:
        for key, places in written(language).items():
            assert words.say(key, language, **dict.fromkeys(places, 3)).strip(), key
            assert words.say(key, language, **dict.fromkeys(places, "other")).strip(), key


@pytest.mark.parametrize(
    ("cookie", "accepted", "spoken"),
    [
        ("", "", "en"),
        ("th", "en-GB,en;q=0.9", "th"),
        ("", "th-TH,th;q=0.9,en;q=0.8", "th"),
        ("", "my-MM,my;q=0.9,th;q=0.8", "th"),
        ("en", "th", "en"),
        ("xx", "de,*;q=0.1", "en"),
        ("\x00", ";;;,,,", "en"),
    ],
)
def test_the_language_is_the_switch_s_then_the_browser_s_then_english(cookie: str, accepted: str, spoken: str) -> None:
    assert choose(cookie, accepted) == spoken


def test_times_and_numbers_are_those_of_the_language() -> None:
    english, thai = (Speech(load_words(), language) for language in ("en", "th"))
    clock = MovableClock()
    then = clock.now()
    clock.pass_(hours=5, minutes=7)
    now = clock.now()

    assert (english.lasting(then, now), thai.lasting(then, now)) == ("5 h 07 min", "5 ชม. 07 นาที")
    assert (english.ago(then, then), thai.ago(then, then)) == ("just now", "เมื่อสักครู่")
    assert english.day(then).endswith(str(then.year))
    assert thai.day(then).endswith(str(then.year + 543))
    assert english.code("consent", "remembered:1") == "Everything is kept for a day"
    assert english.code("consent", "remembered:30") == "Everything is kept for 30 days"
    assert thai.code("consent", "remembered:30") == "เก็บทุกอย่างไว้ 30 วัน"
    assert english.code("missing-text", "a_new_code") == "a new code"


def test_every_hour_that_a_person_may_choose_is_said() -> None:
    for language in SPOKEN:
        speech = Speech(load_words(), language)
        said = {speech.code("consent", f"written_to:{part}") for part in (*PARTS, "today", "none")}
        assert len(said) == len(PARTS) + 2
        assert not any(":" in each for each in said)


def test_what_an_act_of_the_audit_was_about_is_said_in_words_and_with_local_days() -> None:
    thai = Speech(load_words(), "th")
    assert thai.detail("checked", "identity, references").startswith("ตรวจแล้ว: ")
    assert "identity" not in thai.detail("checked", "identity")
    assert thai.detail("until", "2027-03-01T12:00:00+00:00").endswith("2570")
    assert thai.detail("purpose", "danger") == "เพื่อ: อันตรายโดยไม่มีความยินยอม"
    assert thai.detail("digest", "abc") == "digest: abc"
