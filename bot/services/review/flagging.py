"""Keeps up how each case stands towards the published rules: as turns are committed, and as reviewers mark.

Works on codes alone and opens no message. What stands is sealed with the server key; only whether a case is listed, and
since when, is plain.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.codes import ConversationId, OrganisationId
from bot.domain.consent import is_given_to_review
from bot.domain.effects import END_REVIEW, ERASE_LAST, LET_REVIEW, OBSERVE
from bot.domain.flags import ASKED, Rule, flagged_by, told_codes
from bot.domain.triage import ALERTING
from bot.services.observe import opened
from bot.services.ports import Flag, Transaction, Vault
from bot.services.records import Conversation

TAKING_BACK: Final = frozenset({ERASE_LAST, OBSERVE})
"""After one of these something may be gone, or denied."""
OF_REVIEWERS: Final = frozenset({LET_REVIEW, END_REVIEW})


@dataclass(frozen=True)
class Standing:
    """Codes of a case and the rules that hold for it."""

    codes: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Flagging:
    """Applies the rules; `bootstrap` makes it."""

    vault: Vault
    rules: tuple[Rule, ...]
    home: OrganisationId
    """Whose reviewers the list is for."""

    async def after_turn(
        self, tx: Transaction, conversation: Conversation, said: Collection[str], effects: Iterable[str], now: datetime
    ) -> None:
        """Follow a committed turn; most turns say nothing that a rule could ask for, and cost nothing."""
        kinds = set(effects)
        if kinds & TAKING_BACK:
            await self.look_again(tx, conversation, now)
        elif said or conversation.level in ALERTING or kinds & OF_REVIEWERS:
            await self.add(tx, conversation, said, now)

    async def add(self, tx: Transaction, conversation: Conversation, codes: Collection[str], now: datetime) -> None:
        """Take in what a turn said, within its own transaction; costs the same however long the talk is."""
        before = await tx.reviews.flag(conversation.id)
        if before is None:
            await self.look_again(tx, conversation, now)
            return
        stood = self.open(before)
        await self._write(tx, conversation, {*stood.codes, *codes}, before, now)

    async def look_again(self, tx: Transaction, conversation: Conversation, now: datetime) -> None:
        """Work it out anew from all observations: something was taken back, or judged by reviewers."""
        observations = await tx.messages.observations(conversation.id)
        codes = told_codes([each for _, each in opened(self.vault, conversation.id, observations)])
        await self._write(tx, conversation, codes, await tx.reviews.flag(conversation.id), now)

    def open(self, flag: Flag) -> Standing:
        """Open how a case stands; raises CannotOpen."""
        data = json.loads(self.vault.open(_purpose(flag.conversation), flag.sealed))
        return Standing(tuple(data["codes"]), tuple(data["rules"]))

    async def _write(
        self, tx: Transaction, it: Conversation, codes: Collection[str], before: Flag | None, now: datetime
    ) -> None:
        """Write it down where something changed."""
        rules = flagged_by(self.rules, it.level, codes)
        consents = await tx.casework.consents(it.id)
        if is_given_to_review(one for one in consents if one.organisation == self.home):
            rules = (*rules, ASKED)
        stands = Standing(tuple(sorted(codes)), rules)
        if before is not None and self.open(before) == stands:
            return
        sealed = self.vault.seal(_purpose(it.id), json.dumps(vars(stands)).encode())
        await tx.reviews.set_flag(Flag(it.id, bool(rules), sealed, now, now))


def _purpose(conversation: ConversationId) -> str:
    return f"flag:{conversation}"
