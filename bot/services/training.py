"""Training at the desk: starts a conversation with an invented person, lets them answer, and erases it after a week.

To whatever delivers messages this is the messenger of the training channel: what a counsellor writes reaches a persona
and nobody else. What a persona says is written down here; it never goes through the inbox, so nothing reads it for
danger, raises a mark, or calls anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.domain import training
from bot.domain.codes import CaseCode
from bot.domain.consent import READS_ALL
from bot.domain.ownership import HUMAN_OWNS, Ownership, State
from bot.services.door import NotAllowed
from bot.services.forget import forget
from bot.services.ports import Clock, Outgoing, Records, Signals, Stale, Transaction, Vault
from bot.services.ports.training import Persona, Personas
from bot.services.receive import Receive
from bot.services.records import Address, AuditEntry, Consent, Conversation, Message
from bot.services.sign_in import Session
from bot.services.speak import new_message_id

MOST_AT_ONCE: Final = 12
"""So many training conversations stand in the house at once: nobody looks for real people among them."""
LOOKED_AT: Final = 1000


@dataclass
class Training:
    """Plays personas. It is a messenger and one of the clock's works, too."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    receive: Receive
    personas: Personas
    channel: str = field(default=training.CHANNEL, init=False)
    bot: str = field(default=training.BOT, init=False)

    def choices(self, session: Session) -> Sequence[Persona]:
        """Give the personas who speak a language of this member, by who they are."""
        spoken = [it for it in self.personas.all() if it.language in session.member.languages]
        return sorted(spoken, key=lambda it: (it.kind, it.language, it.title))

    async def start(self, session: Session, name: str) -> CaseCode:
        """Let a persona wait in the queue. Raises NotAllowed: `persona`, `many`."""
        persona = next((it for it in self.choices(session) if it.name == name), None)
        if persona is None or not session.may("conversation.counsel"):
            raise NotAllowed("persona")
        now = self.clock.now()
        address = Address(self.channel, self.bot, f"{persona.name}#{secrets.token_hex(8)}")
        made, wrapped = self.receive.begin(address, persona.language)
        made = replace(
            made,
            language_chosen=True,
            own=Ownership(State.QUEUED, now),
            level=training.level_of(persona.kind),
            last_inbound=now,
            opened_at=now,
            keep_until=now + training.KEPT_FOR,
        )
        home = self.receive.home.id
        async with self.records.begin() as tx:
            if len(await tx.conversations.of_channel(self.channel, now)) >= MOST_AT_ONCE:
                raise NotAllowed("many")
            await tx.conversations.add(made, self.vault.hash_chat(address), home, wrapped)
            for text in training.opening(persona.lines):
                await tx.messages.add(self._said(made, text))
            await tx.casework.add_consent(Consent(made.id, READS_ALL, home, "training", made.turn, now))
            entry = AuditEntry(now, session.member.id, "training_started", made.id, {"training": "yes"})
            await tx.casework.add_audit(entry)
        self.signals.publish("queue")
        return made.code

    async def send(self, chat: str, message: Outgoing) -> str:
        """Take what was written to a persona, and let them answer the counsellor who holds the conversation."""
        try:
            async with self.records.begin() as tx:
                found = await tx.conversations.find(self.vault.hash_chat(Address(self.channel, self.bot, chat)))
                answered = found is not None and await self._answer(tx, found, chat, message.text)
        except Stale:
            # Somebody else changed the conversation: the next message is answered.
            return ""
        if found is not None and answered:
            self.signals.publish(f"conversation:{found.id}")
        return ""

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """A persona has no screen."""

    async def look(self) -> None:
        """Erase what is a week old, whoever holds it."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            old = await tx.conversations.of_channel(self.channel, now - training.KEPT_FOR)
            for it in old:
                # Nobody waits for it: staff need no sign.
                await forget(tx, replace(it, own=Ownership(State.BOT, now)), "program", now)
        for it in old:
            self.signals.publish(f"conversation:{it.id}")
        if old:
            self.signals.publish("queue")

    async def _answer(self, tx: Transaction, found: Conversation, chat: str, asked: str) -> bool:
        persona = next((it for it in self.personas.all() if it.name == chat.partition("#")[0]), None)
        if persona is None or found.own.state not in HUMAN_OWNS:
            return False
        authors = [message.author for message, _, _ in await tx.messages.latest(found.id, LOOKED_AT)]
        answer = self.personas.answer(persona, asked)
        line = training.reply(persona.lines, authors.count("person"), authors.count("counsellor"), answer)
        if line is None:
            return False
        now = self.clock.now()
        found = replace(found, turn=found.turn + 1, last_inbound=now)
        await tx.messages.add(self._said(found, line))
        await tx.conversations.save(found)
        return True

    def _said(self, it: Conversation, text: str) -> Message:
        sealed = self.vault.seal_to(it.public_key, text.encode())
        return Message(new_message_id(), it.id, it.turn, "person", sealed, self.clock.now())
