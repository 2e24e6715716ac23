"""Actions that fail in each way an action can; a test starts the action server with them."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class Raise(Action):
    """Raises with the person's case in its message."""

    def name(self) -> str:
        """Take the place of hearing."""
        return "action_hear"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Fail."""
        raise ValueError(f"zanzibar {tracker.get_slot('case')}")


class SayNothing(Action):
    """Answers with nothing."""

    def name(self) -> str:
        """Take the place of greeting."""
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Give an empty answer."""
        return []


class SayAText(Action):
    """Answers with a text that nobody reviewed."""

    def name(self) -> str:
        """Take the place of thanks."""
        return "action_hear_thanks"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Say it."""
        dispatcher.utter_message(text="You are a brave person.")
        return []


class NeverAnswer(Action):
    """Hangs."""

    def name(self) -> str:
        """Take the place of the wait."""
        return "action_wait"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Wait for ever."""
        await asyncio.Event().wait()
        return []
