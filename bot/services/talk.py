"""What the app remembers between two turns of one conversation: sealed with the server key, without any text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.domain.codes import Act, ConversationId
from bot.services.ports import Vault

WAY_PREFIX = "w:"
"""Data of a way-out button: it names its act, so that it works however old the message is."""


@dataclass(frozen=True)
class Talk:
    """Dialogue slots, the newest message's buttons, what was heard so far, and the reader's hints."""

    dialogue: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    """One-time button id and its act; only the newest message's."""
    labels: dict[str, str] = field(default_factory=dict)
    """Act and the words key of its label, of the newest message: the desk shows what was pressed."""
    known: tuple[str, ...] = ()
    languages: dict[str, int] = field(default_factory=dict)
    zawgyi: float = 0.0
    """Sum over the conversation: above 0 speaks for Zawgyi, below for Unicode."""
    told: int = 0
    wrote: bool = False

    def act_of(self, data: str) -> Act | None:
        """Give the act of a pressed button, or None when the button is from before."""
        if data.startswith(WAY_PREFIX):
            return Act(data.removeprefix(WAY_PREFIX))
        act = self.buttons.get(data)
        return None if act is None else Act(act)

    def hints(self) -> dict[str, Any]:
        """Give what the reader may know of the conversation."""
        return {"languages": self.languages, "zawgyi": self.zawgyi, "asked": None}

    def with_known(self, codes: tuple[str, ...]) -> Talk:
        """Add codes that were heard."""
        return replace(self, known=tuple(sorted({*self.known, *codes})))


def seal_talk(vault: Vault, conversation: ConversationId, talk: Talk) -> bytes:
    """Seal for the conversation's row."""
    return vault.seal(f"state:{conversation}", json.dumps(asdict(talk)).encode())


def open_talk(vault: Vault, conversation: ConversationId, sealed: bytes) -> Talk:
    """Open what `seal_talk` sealed; raises CannotOpen."""
    data = json.loads(vault.open(f"state:{conversation}", sealed))
    return Talk(**{**data, "known": tuple(data["known"])})
