"""The first words of a talk, and of a return (design/conversation.md, `opening`; rules T1-T9, P7)."""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import LANGUAGES, Act
from bot.domain.effects import OPENED
from bot.domain.reply import Button, Effect, Reply, Say

RETURN_AFTER: Final = 6 * 60 * 60
"""Seconds of silence after which a message is a return."""

SAFE_ANSWERS: Final = (
    Button(Act("safe_yes"), "opening.safe-yes"),
    Button(Act("safe_no"), "opening.safe-no"),
    Button(Act("danger"), "opening.safe-danger"),
    Button(Act("information"), "opening.just-information"),
)


CHOICES: Final = (
    Button(Act("information"), "opening.just-information"),
    Button(Act("about_help"), "about.help-label"),
    Button(Act("ask_me"), "listening.ask-me"),
)
"""Where a talk can go beside telling."""

LANGUAGE_BUTTONS: Final = tuple(Button(Act(f"language_{code}"), f"languages.{code}") for code in LANGUAGES)
"""Every language by its own name."""


def welcome(case: Case) -> Reply:
    """Say who this is, who reads it, how to leave; then ask the one question whether it is safe to write now.

    Until they wrote once, the languages are shown by their own names: the messenger's hint may be wrong.
    """
    said = [Say("opening.practice")] if case.practice else []
    buttons = SAFE_ANSWERS if case.wrote else SAFE_ANSWERS + LANGUAGE_BUTTONS
    said += [Say("opening.who"), Say("opening.reads"), Say("opening.ways", buttons=buttons)]
    return Reply(tuple(said), (Effect(OPENED),))


def welcome_back(case: Case) -> Reply:
    """Nothing is lost, nothing is owed; then the safe-now question, never the last hard one (P7)."""
    said = [Say("opening.practice")] if case.practice else []
    said.append(Say("opening.welcome-back", buttons=SAFE_ANSWERS))
    return Reply(tuple(said), (Effect(OPENED),))


def answer_safe(case: Case) -> Reply:
    """It is safe to write: they may begin where they like, or choose (P4, P7)."""
    return Reply((Say("opening.begin", buttons=CHOICES),))


def answer_not_now(case: Case) -> Reply:
    """It is not a good moment: nothing is asked, they come back when they like."""
    return Reply((Say("opening.another-time"),))


def is_return(case: Case) -> bool:
    """The person was here before and was silent long enough to be welcomed back."""
    return case.opened and case.silent_for is not None and case.silent_for >= RETURN_AFTER
