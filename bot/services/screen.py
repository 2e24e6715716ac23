"""Changes what a person's screen shows: lines of the theme, and what is to be taken off the messenger's chat."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import effects as kinds
from bot.domain.codes import Act
from bot.domain.cover import CLEAR_AFTER
from bot.domain.reply import Effect
from bot.domain.themes import Themes, choose
from bot.services.observe import opened
from bot.services.ports import Transaction, Vault
from bot.services.records import Conversation, OnScreen
from bot.services.speak import Speaker
from bot.services.talk import Talk


@dataclass(frozen=True)
class Screen:
    """What the turns use; `themes` is content of `flows/themes`."""

    vault: Vault
    speaker: Speaker
    themes: Themes

    async def begin(self, tx: Transaction, conversation: Conversation, talk: Talk, now: datetime) -> Talk:
        """Turn the screen into the theme; who clears as they go has nothing else above it (S5)."""
        if conversation.clears:
            await tx.screen.clear(conversation.id, now)
        return await self.show(tx, conversation, talk, now, clears=True)

    async def show(
        self,
        tx: Transaction,
        conversation: Conversation,
        talk: Talk,
        now: datetime,
        typed: str = "",
        *,
        clears: bool = False,
    ) -> Talk:
        """Put the next line of the theme on its way."""
        pieces = self.themes.of(talk.theme, conversation.language)
        text, place = choose(pieces, talk.place, typed)
        await self.speaker.theme(tx, conversation, text, talk.theme, now, clears=clears)
        return replace(talk, place=place)

    async def take_off(
        self, tx: Transaction, conversation: Conversation, remotes: Collection[str], now: datetime
    ) -> None:
        """Let messages that carried a word of their own be deleted from the chat at once."""
        if remotes:
            await tx.screen.clear(conversation.id, now, remotes)

    async def after(
        self,
        tx: Transaction,
        conversation: Conversation,
        talk: Talk,
        effects: Iterable[Effect],
        pressed: Act | None,
        now: datetime,
    ) -> Talk:
        """Do what a turn's effects want of the chat; give the talk without what was deleted."""
        for effect in effects:
            if not kinds.is_allowed(effect, pressed):
                continue
            if effect.kind in (kinds.CLEAR_ON, kinds.CLEAR_OFF):
                after = now if effect.kind == kinds.CLEAR_ON else None
                await tx.screen.clear_as_we_go(conversation.id, after, CLEAR_AFTER)
            elif effect.kind == kinds.ERASE_LAST:
                talk = await self._erase_last(tx, conversation, talk, now)
        return talk

    async def outlive(self, tx: Transaction, conversation: Conversation, now: datetime) -> None:
        """Let the chat of a conversation that is being erased be cleared after it."""
        chat = self.vault.open(f"chat:{conversation.id}", conversation.chat_sealed)
        await tx.screen.outlive(conversation.id, self.vault.seal("chat:", chat), now)

    async def _erase_last(self, tx: Transaction, conversation: Conversation, talk: Talk, now: datetime) -> Talk:
        message = await tx.messages.erase_last(conversation.id)
        if message is None:
            return talk
        await self.take_off(tx, conversation, [message.remote] if message.remote else [], now)
        left = await tx.messages.observations(conversation.id)
        codes = {observed.code for _, observed in opened(self.vault, conversation.id, left)}
        return replace(talk, known=tuple(sorted(codes)))


def stands(conversation: Conversation, remote: str, now: datetime) -> OnScreen:
    """Say that a message stands in the chat; who clears as they go has its end set at once."""
    due = now + CLEAR_AFTER if conversation.clears else None
    if conversation.clears and conversation.flags.covered:
        due = now
    return OnScreen(
        conversation=conversation.id,
        channel=conversation.channel,
        bot=conversation.bot,
        chat_sealed=conversation.chat_sealed,
        remote=remote,
        at=now,
        due=due,
    )
