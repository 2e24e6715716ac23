"""Looks at every step of a story and names each rule of docs/promises.md that was broken.

Each check is one promise to the person. What no program can judge (whether a sentence is kind) is not here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from bot.domain import effects
from bot.domain.opening import RETURN_AFTER
from bot.domain.pacing import LIFTS_FAULT
from bot.domain.wording import MOST, MOST_IN_AN_ALPHABET, UNSPACED, DenyList, width
from bot.rehearsal.seen import Message, Seen

Broken = tuple[str, str]
"""The rule's number, and what was seen."""
Check = Callable[[Seen, Sequence[Seen]], Iterator[Broken]]
"""Looks at one step; the steps before it are given oldest first."""

WAYS_OUT: Final = frozenset({"w:person", "w:stop", "w:more"})
MOST_WAYS_OUT: Final = 4
WORDS_IN_A_ROW: Final = 5
SIGNS_IN_A_ROW: Final = 16
"""What counts as repeating a person's words, in languages with and without spaces between them."""
IN_A_ROW: Final = 3
BANK: Final = "questions"
SKIPPED: Final = frozenset({"question_skip", "question_later", "question_never", "mirror_leave"})
ANSWERED: Final = ("answer_", "mirror_now", "mirror_on_the_way", "mirror_no")
SESSION: Final = timedelta(minutes=60)
REST: Final = timedelta(days=7)
_MARKS: Final = re.compile("[?？؟]")
_DIGIT_RUN: Final = re.compile(r"\d(?:[\s.\-]?\d){2,}")
_SAFE_NOW: Final = "safe_yes"


def one_question(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """P1: one question in a turn, by the words files and by question marks."""
    mine = [message for message in seen.messages if not message.by_counsellor]
    questions = max(sum(m.asks for m in mine), sum(len(_MARKS.findall(m.text)) for m in mine))
    if questions > 1 and len(seen.notes) <= 1:
        yield "P1", f"{questions} questions in one turn"


def short(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """P5: short messages, as wide as a phone shows at one look."""
    for message in _ours(seen):
        most = MOST.get(seen.language, MOST_IN_AN_ALPHABET)
        if message.topic not in ("", "about", "themes") and width(message.text) > most:
            yield "P5", f"{message.key} is {width(message.text)} wide"


def plain_words(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """L9, S4, S17, P12: no picture, no number that is not from the table, no link, no preview."""
    for message in _ours(seen):
        if any(unicodedata.category(sign) == "So" or sign >= "\U0001f000" for sign in message.text):
            yield "L9", f"{message.key} holds a picture"
        if _DIGIT_RUN.search(message.text) and message.topic != "contacts":
            yield "S4", f"{message.key} holds a number"
        if re.search(r"https?:|www\.|t\.me", message.text):
            yield "S17", f"{message.key} holds a link"
        if message.preview:
            yield "S17", f"{message.key} was sent with a preview"
        if not message.silent:
            yield "S9", f"{message.key} was sent with sound"


def only_written_words(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """S4: everything that is said stands in the words files, or is the theme's, or a counsellor's own."""
    conversation = seen.after.conversation or seen.before.conversation
    covered = conversation is not None and conversation.flags.covered
    for message in _ours(seen):
        if not message.key and not covered and seen.step.does != "waits":
            yield "S4", "a sentence that the words files do not hold"


def nothing_of_their_words(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """L3: what a person told is never repeated to them."""
    for message in _ours(seen):
        if any(_repeats(message.text, said, seen.language) for said in seen.said_by_person):
            yield "L3", f"{message.key} repeats what the person wrote"


def ways_out_are_there(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """T5, H1: the newest message shows a person, a pause and more, and at most four ways out; none is left behind."""
    conversation = seen.after.conversation
    ours = _ours(seen)
    if not seen.is_live or not ours or conversation is None or conversation.flags.paused or conversation.flags.covered:
        return
    if seen.held or seen.state_after in ("HELD", "TRANSFERRING"):
        return
    newest = ours[-1]
    missing = WAYS_OUT - set(newest.buttons)
    if missing:
        yield "T5" if "w:person" not in missing else "H1", f"{newest.key} lacks {', '.join(sorted(missing))}"
    ways = [data for data in newest.buttons if data.startswith("w:")]
    # Danger is an answer of the safe-now question, never one of the ways below it.
    answers = {"w:danger", *(f"w:{act}" for act in newest.acts)}
    if len([way for way in ways if way not in answers]) > MOST_WAYS_OUT:
        yield "T5", f"{newest.key} shows more than four ways out"
    if len([shown for shown in seen.screen if shown.rows]) > 1:
        yield "T5", "an older message kept its buttons"


def first_things_first(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """T1, T2, T4, T6, T9: who this is and who reads it come before the first question, which is whether it is safe."""
    keys = [message.key for message in seen.messages]
    if any(m.key == "opening.who" for one in before for m in one.messages) or seen.covered:
        return
    asked = seen.asked
    if not asked or "danger" in seen.moves:
        return
    first = keys.index(asked[0].key)
    for key, rule in (("opening.who", "T1"), ("opening.reads", "T2")):
        if key not in keys[:first]:
            yield rule, f"{asked[0].key} is asked before {key}"
    if _SAFE_NOW not in seen.acts:
        yield "T6", f"the first question is {asked[0].key}"
    if "information" not in seen.acts:
        yield "T9", "just information is not one tap away"


def welcome_back(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """P7, S1, S12: a return begins with a welcome and the safe-now question, never with what was last."""
    silence = seen.silent_for
    opened = seen.before.conversation is not None and seen.before.conversation.opened_at is not None
    if not seen.is_live or not opened or silence is None or silence < timedelta(seconds=RETURN_AFTER):
        return
    if not seen.messages or not seen.notes or seen.notes[0].answered_by == "way out" or _is_about_danger(seen):
        return
    if seen.state_before not in ("BOT", "OFFERED", "CLOSED", "PROMISED") or _hidden(seen):
        return
    if _SAFE_NOW not in seen.acts:
        yield "S1" if silence > timedelta(hours=24) else "P7", f"a return was answered with {seen.messages[-1].key}"
    if any(message.topic in (BANK, "mirror") for message in seen.messages):
        yield "P7", "a return began with an earlier question"


def silence_when_asked_for(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """P6: nothing is sent by itself but one knock that was agreed to, and nothing at all after stop."""
    if seen.step.does != "waits" or not seen.messages:
        return
    kept = seen.before.conversation
    if kept is None or kept.flags.paused or kept.flags.covered or kept.flags.unreachable:
        yield "P6", "something was sent to somebody who paused, covered, left or was erased"
    elif len(_ours(seen)) > 1:
        yield "P6", f"{len(_ours(seen))} messages came by themselves"
    elif any(message.buttons or message.asks for message in _ours(seen)):
        yield "S9", "a message that came by itself asks something or has buttons"


def danger_is_answered(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """S2, S3: danger is heard at once; within two messages there is a way to a person, and nothing else is asked."""
    if "danger" in seen.moves and not _hidden(seen):
        told = not seen.is_live or any(alert.level in ("P0", "P1") for alert in seen.after.alerts)
        if not told:
            yield "S2", "nobody was told of danger"
        if not _reaches_somebody(seen) or len(seen.messages) > 2:  # noqa: PLR2004 - the rule's own number
            yield "S3", "no way to a person within two messages"
        if any(message.topic in (BANK, "mirror") for message in seen.messages):
            yield "S3", "danger was answered with a question"
        return
    turns = [*before[-1:], seen]
    if len(turns) > 1 and all(_is_about_danger(one) and not _reaches_somebody(one) for one in turns):
        yield "S3", "two turns of danger without a way to a person"


def consent_by_button(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """D2, H3: nothing is given away but by the button that says so."""
    new = len(seen.after.consents) - len(seen.before.consents)
    giving = frozenset(str(act) for acts in effects.BUTTONS_ONLY.values() for act in acts)
    if new > 0 and not (seen.step.does in ("presses", "presses_old") and str(seen.step.what) in giving):
        yield "D2", "a consent without its button"
    gone = seen.before.conversation is not None and seen.after.conversation is None
    by_word = bool(before) and "escape.erase-word" in [message.key for message in before[-1].messages]
    if gone and not by_word and seen.step.does not in ("waits", "presses", "presses_old"):
        yield "D2", "erased without its button"


def human_speaks_alone(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """H5: the bot is silent while a person is in the chat, but for ways out, and for the truth of what was not kept."""
    if not seen.held or seen.step.does in ("presses", "presses_old", "counsellor"):
        return
    allowed = {"escape", "handoff"} | ({"attachments", "trouble"} if seen.step.does == "sends" else set())
    for message in _ours(seen):
        if message.topic not in allowed:
            yield "H5", f"{message.key} was said while a counsellor holds the conversation"


def cover_holds(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """S5, S10: in cover everything that is seen is cover."""
    if not seen.covered:
        return
    for message in _ours(seen):
        if message.key and message.topic not in ("themes", "weeks"):
            yield "S5", f"{message.key} was said in cover"


def nothing_twice(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """P2, P3, P8: a question that was skipped or answered is not asked again; three in a row are enough."""
    for message in seen.asked:
        if message.topic not in (BANK, "mirror"):
            continue
        for place, one in enumerate(before):
            if message.key not in [m.key for m in one.asked] or place + 1 >= len([*before, seen]):
                continue
            answer = before[place + 1] if place + 1 < len(before) else seen
            pressed = str(answer.step.what) if answer.step.does == "presses" else ""
            if pressed in SKIPPED and seen.began - one.began < REST:
                yield "P2", f"{message.key} was asked again within seven days"
            elif pressed.startswith(ANSWERED):
                yield "P8", f"{message.key} was asked again after its answer"
    row = 0
    for one in reversed([*before, seen]):
        if not any(message.topic == BANK for message in one.asked):
            break
        row += 1
    if row > IN_A_ROW:
        yield "P3", f"{row} questions in a row"


def fault_is_lifted_once(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """L7: "it is not your fault" is said once in a session."""
    now = [key for key in (m.key for m in seen.messages) if key in LIFTS_FAULT]
    session = [one for one in before if seen.began - one.ended < SESSION]
    if now and (len(now) > 1 or any(m.key in LIFTS_FAULT for one in session for m in one.messages)):
        yield "L7", f"{now[-1]} says again what was said"


def rest_after_distress(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """S14: after distress no question about facts for four turns."""
    if not any(message.topic in (BANK, "mirror") for message in seen.asked):
        return
    turns = [one for one in before if one.is_live][-4:]
    if any(message.topic == "grounding" for one in turns for message in one.messages):
        yield "S14", "a question about facts soon after distress"


def logs_say_nothing(seen: Seen, before: Sequence[Seen]) -> Iterator[Broken]:
    """D5: no word of theirs is in a log."""
    for said in seen.said_by_person:
        if len(said) >= SIGNS_IN_A_ROW and said in seen.logged:
            yield "D5", "a log line holds what the person wrote"


CHECKS: Final[tuple[Check, ...]] = (
    one_question,
    short,
    plain_words,
    only_written_words,
    nothing_of_their_words,
    ways_out_are_there,
    first_things_first,
    welcome_back,
    silence_when_asked_for,
    danger_is_answered,
    consent_by_button,
    human_speaks_alone,
    cover_holds,
    nothing_twice,
    fault_is_lifted_once,
    rest_after_distress,
    logs_say_nothing,
)


def observe(seen: Seen, before: Sequence[Seen], deny: DenyList) -> list[Broken]:
    """List every rule that this step broke."""
    broken = [one for check in CHECKS for one in check(seen, before)]
    for message in _ours(seen):
        broken += [
            (rule, f"{message.key} says what is denied") for rule, _ in deny.found_in(message.text, seen.language)
        ]
    return broken


def _ours(seen: Seen) -> list[Message]:
    return [message for message in seen.messages if not message.by_counsellor]


def _hidden(seen: Seen) -> bool:
    return bool(seen.before.conversation and seen.before.conversation.flags.covered)


def _is_about_danger(seen: Seen) -> bool:
    return bool({"urgent", "danger"} & set(seen.moves))


def _reaches_somebody(seen: Seen) -> bool:
    waits = seen.state_after in ("QUEUED", "RESERVED", "HELD", "TRANSFERRING")
    return waits or "person_may_write" in seen.acts or any(m.topic == "contacts" for m in seen.messages)


def _repeats(text: str, said: str, language: str) -> bool:
    """Tell whether a sentence holds a run of what was said."""
    ours, theirs = " ".join(text.casefold().split()), " ".join(said.casefold().split())
    if language in UNSPACED:
        runs = {theirs[i : i + SIGNS_IN_A_ROW] for i in range(len(theirs) - SIGNS_IN_A_ROW + 1)}
        return any(run in ours for run in runs)
    words = theirs.split()
    starts = range(len(words) - WORDS_IN_A_ROW + 1)
    return any(f" {' '.join(words[i : i + WORDS_IN_A_ROW])} " in f" {ours} " for i in starts)
