"""Rasa's processor as two pure questions: what does this text say, and what is the next move.

Nothing outlives a call. What Rasa would store is dropped, and what it would swallow (a failed action) is kept until the
call ends, so that the caller learns of it.
"""

from __future__ import annotations

import asyncio
import gc
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import jsonschema  # type: ignore[import-untyped, unused-ignore]
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_INTENTS
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue.answer import Answer, NoKey
from bot.errors import EngineFailure

CASE: Final = "case"
PATIENCE: Final = 4.0
"""Seconds after which the app no longer waits for a turn (design/architecture.md, *Engine failure*)."""

LONG: Final = 300
"""Code points beyond which a text is long: most messages are shorter, and are read in some milliseconds."""

_failure: ContextVar[list[BaseException]] = ContextVar("failure")


class UnknownIntent(EngineFailure):
    """No rule answers this intent."""


class TurnFailed(EngineFailure):
    """An action raised, was out of reach or said nothing."""


@dataclass(frozen=True)
class Turn:
    """One turn as the app asks for it."""

    turn: str
    intent: str
    entities: list[dict[str, Any]]
    case: dict[str, Any]
    dialogue: dict[str, Any]


class Engine:
    """Holds the trained model; safe for many calls at once."""

    def __init__(self, model: Path, actions: EndpointConfig) -> None:
        """Load the model; `actions` says where the action server listens."""
        check_actions_quickly()
        self._processor = MessageProcessor(
            model_path=str(model),
            tracker_store=_NoStore(domain=None),
            lock_store=InMemoryLockStore(),
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=_Actions(actions),
        )
        self._processor.nlg.responses = self._processor.domain.responses
        self.intents = frozenset(self._processor.domain.intents) - frozenset(DEFAULT_INTENTS)
        self._slots = frozenset(slot.name for slot in self._processor.domain.slots)
        # A reading uses one core. Long texts wait for each other, and nobody else waits for them.
        self._readers = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="read")
        self._long_readers = ThreadPoolExecutor(1, thread_name_prefix="read-long")
        # What was loaded stays to the end: to look through it for garbage holds up everybody for a third of a second.
        gc.collect()
        gc.freeze()

    async def read(self, text: str, hints: dict[str, Any]) -> dict[str, Any]:
        """Read one text; nothing of it is kept."""
        message = UserMessage(text, metadata=hints, sender_id=_no_name())
        readers = self._long_readers if len(text) > LONG else self._readers
        parse = partial(asyncio.run, self._processor.parse_message(message))
        found = await asyncio.get_running_loop().run_in_executor(readers, parse)
        return {
            "language": found["language"],
            "script": found["script"],
            "zawgyi": found["zawgyi"],
            "intent": found["intent"]["name"],
            "intent_confidence": round(float(found["intent"]["confidence"]), 4),
            "indicators": found["indicators"],
            "urgency": found["urgency"],
            "urgency_maybe": found["urgency_maybe"],
        }

    async def take(self, turn: Turn) -> dict[str, Any]:
        """Choose the next move.

        Raises UnknownIntent for an intent without a rule, TurnFailed when the action failed or nothing came of it.
        """
        if turn.intent not in self.intents:
            raise UnknownIntent("no rule answers this intent")
        failures: list[BaseException] = []
        _failure.set(failures)
        answer = Answer()
        try:
            await asyncio.wait_for(self._run(turn, answer), PATIENCE)
        except (asyncio.TimeoutError, NoKey) as error:
            raise TurnFailed("the action did not answer in time, or not with keys") from error
        if failures:
            raise TurnFailed("the action failed") from failures[0]
        if answer.is_empty:
            raise TurnFailed("the turn came to nothing")
        return {
            "turn": turn.turn,
            "say": answer.say,
            "effects": answer.effects,
            "dialogue": answer.remembered(turn.dialogue),
        }

    async def _run(self, turn: Turn, answer: Answer) -> None:
        remembered = [SlotSet(name, value) for name, value in turn.dialogue.items() if name in self._slots - {CASE}]
        tracker = DialogueStateTracker.from_events(
            _no_name(),
            [SlotSet(CASE, turn.case), *remembered, ActionExecuted(ACTION_LISTEN_NAME)],
            slots=self._processor.domain.slots,
        )
        await self._processor.trigger_external_user_uttered(turn.intent, turn.entities, tracker, answer)


class _NoStore(TrackerStore):
    """Keeps nothing."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Let the tracker go."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Know nobody."""
        return None


class _Actions(EndpointConfig):
    """The action server; remembers for the running turn what Rasa would only log."""

    def __init__(self, config: EndpointConfig) -> None:
        """Take over the address."""
        super().__init__(url=config.url, **config.kwargs)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Ask the action server."""
        try:
            return await super().request(*args, **{**kwargs, "timeout": PATIENCE})
        except Exception as error:  # edge: Rasa swallows it, the channel has to answer 502.
            _failure.get().append(error)
            raise


def check_actions_quickly() -> None:
    """Build the validator of action answers once: Rasa re-checks the constant schema itself at each answer."""
    schema = RemoteAction.action_response_format_spec()
    validator = jsonschema.validators.validator_for(schema)(schema)

    def check(_action: RemoteAction, result: Any) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = check  # noqa: SLF001 - pinned to Rasa 3.6.21, see design/style.md


def _no_name() -> str:
    return secrets.token_hex(8)
