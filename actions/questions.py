"""The gentle questions: answers, ways around them, and what they are for."""

from __future__ import annotations

from actions.answer import Answer
from actions.content import question_bank
from bot.domain import leads, listening, turns
from bot.domain.case import Case
from bot.domain.reply import Reply


class HearAnswer(Answer):
    """Take an answer."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_answer"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return leads.hear_answer(case, intent, question_bank())


class SkipQuestion(Answer):
    """Leave a question out."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_skip_question"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.leave_out(case)


class TellPurpose(Answer):
    """Say what a question is for."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_tell_purpose"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.tell_purpose(case, question_bank())


class AskMe(Answer):
    """Ask, since they want to be asked."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_ask_me"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return listening.ask_me(case)


class PleasePress(Answer):
    """Show the buttons of a consent once more."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_please_press"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return turns.please_press(case)
