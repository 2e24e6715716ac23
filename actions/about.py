"""Who we are, what is kept, who reads."""

from __future__ import annotations

from actions.answer import Answer
from actions.content import flag_phrases
from bot.domain import about
from bot.domain.case import Case
from bot.domain.reply import Reply


class Inform(Answer):
    """Offer information without anything told."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_inform"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return about.information(case)


class TellAbout(Answer):
    """Answer one question about us."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_tell_about"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return about.tell_about(case, intent, flag_phrases())
