"""How an action answers: it reads the case, asks a rule of `bot.domain`, and sends keys and effects, never a text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.content import question_bank
from bot.domain import turns
from bot.domain.case import Case, case_from_json
from bot.domain.pacing import to_json
from bot.domain.reply import Reply, effect_to_json, say_to_json


class Answer(Action, ABC):
    """An action that is one question to `bot.domain`."""

    @abstractmethod
    def name(self) -> str:
        """Give the name by which flows/domain knows the action."""

    @abstractmethod
    def reply(self, case: Case, intent: str) -> Reply:
        """Ask the rule for this intent."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer one turn; what the domain raises reaches the engine as a failed action."""
        case = case_from_json(tracker.get_slot("case"), _dialogue_of(tracker))
        reply = turns.answer(case, tracker.latest_message["intent"]["name"], self.reply, question_bank())
        for say in reply.say:
            dispatcher.utter_message(json_message=say_to_json(say))
        for effect in reply.effects:
            dispatcher.utter_message(json_message=effect_to_json(effect))
        if reply.pacing is not None:
            dispatcher.utter_message(json_message={"pacing": to_json(reply.pacing)})
        return []


def _dialogue_of(tracker: Tracker) -> dict[str, Any]:
    return {"said": tracker.get_slot("said") or [], "pacing": tracker.get_slot("pacing") or {}}
