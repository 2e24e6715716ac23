"""What the app remembers between two turns of one conversation: sealed with the server key, without any text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from bot.domain import effects as kinds
from bot.domain.codes import Act, ConversationId
from bot.domain.cover import SECRET
from bot.domain.pacing import asked_by
from bot.domain.pacing_state import Pacing, from_json, to_json
from bot.domain.reply import Button, Effect, Say
from bot.services.ports import Vault

WAY_PREFIX = "w:"
"""Data of a way-out button: it names its act, so that it works however old the message is."""

NEVER_NAMED: Final = SECRET | frozenset().union(*kinds.BUTTONS_ONLY.values())
"""Acts that no data may name, whoever made it: words are typed, and a consent has a button with an id of its own."""

_KEPT: Final = {
    kinds.SET_AGE: "age",
    kinds.SET_ABOUT: "about",
    kinds.SET_COUNTRY: "country",
    kinds.SET_THEME: "theme",
    kinds.SET_ALOUD: "aloud",
    kinds.AWAIT: "awaits",
    kinds.LET_REVIEW: "reviewed",
    kinds.END_REVIEW: "reviewed",
    kinds.LET_LEARN: "learns",
    kinds.END_LEARN: "learns",
}


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
    age: str = "unknown"
    about: str = "self"
    country: str = ""
    theme: str = "recipes"
    """What the screen turns into, and at which of its pieces it is."""
    place: int = 0
    word: str = ""
    """Keyed hash of the person's own word, which ends the changed screen; empty: the phrase of the files does."""
    second: str = ""
    """Keyed hash of the word that says that somebody else has the phone."""
    aloud: str = ""
    """`yes`: sentences come with their recording, where there is one."""
    awaits: str = ""
    """What the next short message is taken for: `word`, `second`, `erase`, `erase_clear`."""
    cover_upto: int = 0
    """Inbox rows up to this one were written while the screen was changed, and have had their line of the theme."""
    alone_until: str = ""
    """Until then (ISO 8601) no person is offered: a counsellor closed the talk as abusive."""
    reviewed: str = ""
    """`yes`: they let reviewers look; the consent itself is kept plain, with the others."""
    sent: tuple[str, ...] = ()
    """The messenger's names of pictures and voices that wait for a yes or no; nothing of them was fetched."""
    learns: str = ""
    """`yes`: new example sentences may be written from what they told."""
    told_off: str = ""
    """The language of which they were told that it is switched off here."""

    def act_of(self, data: str) -> Act | None:
        """Give the act of a pressed button, or None when the button is from before."""
        if data.startswith(WAY_PREFIX):
            act = data.removeprefix(WAY_PREFIX)
            return None if act in NEVER_NAMED else Act(act)
        pressed = self.buttons.get(data)
        return None if pressed is None else Act(pressed)

    def hints(self) -> dict[str, Any]:
        """Give what the reader may know of the conversation."""
        asked = self._pacing().asked
        return {"languages": self.languages, "zawgyi": self.zawgyi, "asked": None if asked is None else asked.id}

    def _pacing(self) -> Pacing:
        return from_json(self.dialogue.get("pacing"))

    def answers(self) -> tuple[Button, ...]:
        """Give the answers to the open question."""
        asked = self._pacing().asked
        return () if asked is None else asked.buttons

    def asked_by(self, newest: Say) -> Talk:
        """Let what the newest message asks be the open question, whoever had it said: no other buttons are left."""
        if newest.buttons == self.answers():
            return self
        pacing = replace(self._pacing(), asked=asked_by(newest))
        return replace(self, dialogue={**self.dialogue, "pacing": to_json(pacing)})

    def after(self, effects: Iterable[Effect], pressed: Act | None) -> Talk:
        """Keep what a turn's effects say of the person; what needs its own button counts only by that button."""
        kept = {
            _KEPT[effect.kind]: effect.value
            for effect in effects
            if effect.kind in _KEPT and kinds.is_allowed(effect, pressed)
        }
        # A word is asked for once: whatever else happens in between lets the question go.
        kept.setdefault("awaits", "")
        return replace(self, **kept)  # type: ignore[arg-type]  # every kept field is a text

    def with_known(self, codes: tuple[str, ...]) -> Talk:
        """Add codes that were heard."""
        return replace(self, known=tuple(sorted({*self.known, *codes})))


def seal_talk(vault: Vault, conversation: ConversationId, talk: Talk) -> bytes:
    """Seal for the conversation's row."""
    return vault.seal(f"state:{conversation}", json.dumps(asdict(talk)).encode())


def open_talk(vault: Vault, conversation: ConversationId, sealed: bytes) -> Talk:
    """Open what `seal_talk` sealed; raises CannotOpen."""
    data = json.loads(vault.open(f"state:{conversation}", sealed))
    return Talk(**{**data, "known": tuple(data["known"]), "sent": tuple(data.get("sent", ()))})
