"""Hearing what a person tells, and the small words around it."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import listening
from bot.domain.case import Case
from bot.domain.reply import Reply


class Hear(Answer):
    """Answer to what was told."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear(case)


class Greet(Answer):
    """Greet back."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_greet"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.greet(case)


class HearThanks(Answer):
    """Take thanks."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_thanks"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_thanks(case)


class HearYes(Answer):
    """Hear a typed yes, which gives nothing away."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_yes"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_yes(case)


class LetRest(Answer):
    """Let it rest: they said no, or later."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_let_rest"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.let_rest(case)


class NameChoices(Answer):
    """Say what can be done here."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_name_choices"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.name_choices(case)


class LeaveOut(Answer):
    """Leave out what they would rather not say."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_leave_out"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.leave_out(case)


class HearNotSure(Answer):
    """Take not knowing as an answer."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_not_sure"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_not_sure(case)


class HearTest(Answer):
    """Say that it works."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_test"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_test(case)


class HearInsult(Answer):
    """Let anger be."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_insult"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_insult(case)


class HearComplaint(Answer):
    """Take a complaint."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_complaint"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.hear_complaint(case)
