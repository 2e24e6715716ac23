"""What the person answers about passing facts on, and takes back: written in the transaction of their turn.

From the moment of a yes to "from now on" the conversation has a new key; from the moment that they stop it, another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.domain import effects as kinds
from bot.domain.codes import Act, OrganisationId
from bot.domain.referral import (
    FACTS,
    FROM_NOW,
    LAW_PART,
    LIVE,
    RECEIVED,
    Does,
    State,
    scope_of,
    step,
    taken_back,
)
from bot.domain.reply import Effect
from bot.services.key_ring import begin_anew, let_read_no_more
from bot.services.ports import Referral, Transaction, Vault
from bot.services.records import AuditEntry, Consent, Conversation

_DOES: Final = {"yes": Does.AGREE, "less": Does.AGREE, "later": Does.NOT_NOW, "no": Does.DECLINE}
PERSON: Final = "person"


async def known(tx: Transaction, conversation: Conversation) -> dict[str, Any]:
    """Give what a case says of referrals that are under way: number, receiver's name, state."""
    live = [it for it in await tx.referrals.of(conversation.id) if it.course.state in LIVE]
    names = await names_of(tx, (it.receiver for it in live))
    return {"referrals": tuple((it.number, names[it.receiver], it.course.state.value) for it in live)}


async def names_of(tx: Transaction, organisations: Iterable[OrganisationId]) -> dict[OrganisationId, str]:
    """Give the names of organisations."""
    found = {it: await tx.staff.organisation(it) for it in set(organisations)}
    return {it: "" if organisation is None else organisation.name for it, organisation in found.items()}


async def hear(
    tx: Transaction,
    vault: Vault,
    conversation: Conversation,
    wanted: Iterable[Effect],
    pressed: Act | None,
    now: datetime,
) -> Conversation:
    """Write down an answer that came by its own button; give the conversation, to be saved."""
    for effect in wanted:
        if not kinds.is_allowed(effect, pressed):
            continue
        if effect.kind == kinds.REFER:
            conversation = await _answer(tx, vault, conversation, effect.value, str(pressed), now)
        elif effect.kind == kinds.REFER_STOP:
            number = int(effect.value)
            it = next((one for one in await tx.referrals.of(conversation.id) if one.number == number), None)
            if it is not None and it.course.state in LIVE:
                conversation = await take_back(tx, vault, conversation, it, PERSON, now)
    return conversation


async def _answer(
    tx: Transaction, vault: Vault, conversation: Conversation, value: str, act: str, now: datetime
) -> Conversation:
    asked = next((it for it in await tx.referrals.of(conversation.id) if it.course.state is State.ASKED), None)
    if asked is None:
        return conversation
    does = _DOES[value]
    course = step(asked.course, does, now, parts=(1, LAW_PART) if value == "less" else ())
    asked = replace(asked, course=course, own_sealed=None if does is Does.DECLINE else asked.own_sealed)
    if does is Does.AGREE:
        scope = scope_of(course.what, course.parts)
        consent = Consent(conversation.id, scope, course.receiver, act, conversation.turn, now)
        await tx.casework.add_consent(consent)
    if does is Does.AGREE and course.what in FROM_NOW:
        conversation, epoch = await begin_anew(tx, vault, conversation)
        asked = replace(asked, epoch=epoch)
    await tx.referrals.save(asked)
    await _audit(tx, PERSON, conversation, asked, f"referral_{does.value}", now)
    return conversation


async def take_back(
    tx: Transaction, vault: Vault, conversation: Conversation, it: Referral, actor: str, now: datetime
) -> Conversation:
    """End it before it is done: the yes, what was sealed to the receiver, and the key, if they had one.

    Gives the conversation, to be saved. Raises NotNow where there is nothing to take back.
    """
    had_key = it.course.what != FACTS and it.course.state in RECEIVED
    course = step(it.course, Does.REVOKE, now)
    if it.course.agreed_at is not None:
        scope, act = taken_back(course.what), "refer_stop" if actor == PERSON else "staff"
        await tx.casework.add_consent(Consent(conversation.id, scope, course.receiver, act, conversation.turn, now))
    await tx.referrals.save(replace(it, course=course, own_sealed=None, sent_sealed=None))
    if had_key:
        conversation = await let_read_no_more(tx, vault, conversation, course.receiver)
    await _audit(tx, actor, conversation, it, "referral_revoke", now)
    return conversation


async def _audit(
    tx: Transaction, actor: str, conversation: Conversation, it: Referral, act: str, now: datetime
) -> None:
    detail = {"referral": it.id, "receiver": it.receiver}
    await tx.casework.add_audit(AuditEntry(now, actor, act, conversation.id, detail))
