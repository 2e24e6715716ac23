"""Ways out that were read in a text: they offer the button, and obey nothing."""

from __future__ import annotations

from actions.answer import Answer
from bot.domain import cover, escape
from bot.domain.case import Case
from bot.domain.reply import Reply


class OfferStop(Answer):
    """Offer the pause."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_offer_stop"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return escape.offer_stop(case)


class OfferCover(Answer):
    """Offer the other screen."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_offer_cover"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return cover.offer(case)


class AskDelete(Answer):
    """Ask before anything is deleted."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_ask_delete"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return escape.ask_delete(case)


class AskLanguage(Answer):
    """Ask for the language."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_ask_language"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return escape.ask_language(case)


class OfferPerson(Answer):
    """Offer a person."""

    def name(self) -> str:
        """Give the name of the action."""
        return "action_offer_person"

    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule."""
        return escape.offer_person(case)
