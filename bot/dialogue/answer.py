"""Collects what one turn says and does, and folds what it wants to remember into the dialogue's state."""

from __future__ import annotations

from typing import Any, Final

from rasa.core.channels.channel import OutputChannel

from bot.domain.effects import REMEMBER
from bot.domain.reply import effect_from_json, effect_to_json, say_from_json, say_to_json
from bot.errors import EngineFailure

REMEMBERED: Final = 12
"""How many of the last things said are kept."""


class NoKey(EngineFailure):
    """An action answered with something that is neither a key nor an effect."""


class Answer(OutputChannel):
    """Takes keys, effects and the pace; a text is refused, for the bot can say nothing but the words files."""

    def __init__(self) -> None:
        """Start empty."""
        self.say: list[dict[str, Any]] = []
        self.effects: list[dict[str, str]] = []
        self._remember: list[str] = []
        self._pacing: dict[str, Any] | None = None

    @classmethod
    def name(cls) -> str:
        """Give the channel's name."""
        return "saphan"

    @property
    def is_empty(self) -> bool:
        """True when nothing was said and nothing changed."""
        return not self.say and not self.effects

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **kwargs: Any) -> None:
        """Take one key or effect; anything else raises NoKey."""
        if "say" in json_message:
            self.say.append(say_to_json(say_from_json(json_message)))
            return
        if "pacing" in json_message:
            self._pacing = dict(json_message["pacing"])
            return
        if "effect" not in json_message:
            raise NoKey("a turn answered with something that is neither a key nor an effect")
        effect = effect_from_json(json_message)
        if effect.kind == REMEMBER:
            self._remember.append(effect.value)
        else:
            self.effects.append(effect_to_json(effect))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Refuse: a text that is no key was not reviewed by anybody."""
        raise NoKey("a turn answered with a text instead of a key")

    def remembered(self, dialogue: dict[str, Any]) -> dict[str, Any]:
        """Give the state for the next turn."""
        said = [*(dialogue.get("said") or []), *self._remember]
        paced = {} if self._pacing is None else {"pacing": self._pacing}
        return {**dialogue, "said": said[-REMEMBERED:], **paced}
