"""What help there can be."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import options
from bot.domain.case import Case
from bot.domain.reply import Reply


class OfferOptions(Answer):
    """Show the kinds of help side by side."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_offer_options"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return options.offer(case)


class TellOption(Answer):
    """Tell of one kind of help."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_tell_option"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return options.tell(case, intent)


class HearNoOption(Answer):
    """Hear that they want none of it now."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_hear_no_option"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return options.decline(case)
