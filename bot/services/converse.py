"""Takes turns: all waiting messages of a conversation together, one turn at a time, one transaction at the end.

The engine is asked between two transactions, never inside one; what it answers counts only if nobody changed the
conversation meanwhile. So the same turn may be worked out twice, and is committed once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, cast

from bot.domain import attachments, escape
from bot.domain.calling import are_vetted
from bot.domain.case import Case, case_to_json
from bot.domain.codes import Act, Language
from bot.domain.handoff import keep_with_program
from bot.domain.indicators import Catalogue
from bot.domain.opening import RETURN_AFTER
from bot.domain.pacing import to_json
from bot.domain.questions import Bank
from bot.domain.reply import Reply, Say
from bot.domain.safe_contact import LIVE_FOR
from bot.domain.turns import answer as answer_paced
from bot.domain.turns import hear_stale_press, say_beside
from bot.errors import EngineFailure
from bot.logs import get_logger
from bot.services.attachments import Attachments, answer_about_sent, answer_without_words, came_with_words, to_ask_about
from bot.services.commit import Committer, Decision
from bot.services.cover import CoverTurns, case_fields, keep_words
from bot.services.duty import spoken_with, standing
from bot.services.hearing import (
    Heard,
    Hearing,
    Understood,
    first_way,
    move_of,
    newest,
    told,
    understand,
    with_changes,
    wrote,
)
from bot.services.local import Local
from bot.services.notes import AnsweredBy, TurnNote, Watcher
from bot.services.ports import (
    LEASE,
    Clock,
    Duty,
    Engine,
    Leased,
    Recordings,
    Records,
    Signals,
    Stale,
    TurnAnswer,
    Vault,
)
from bot.services.records import Conversation
from bot.services.talk import Talk, open_talk

logger = get_logger(__name__)

SIDE_BY_SIDE: Final = 8
POLL: Final = 1.0
"""Seconds after which waiting rows are looked for even when nobody rang."""
RETRY_AFTER: Final = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=15))
MOST_PATIENCE: Final = timedelta(seconds=15)
"""The longest that a message waits for another try while the engine is down."""
GIVE_UP_AFTER: Final = 3
TALK_ENDS_AFTER: Final = timedelta(minutes=60)
OFFERED_LATELY: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Tools:
    """What a turn works with."""

    records: Records
    vault: Vault
    engine: Engine
    clock: Clock
    signals: Signals
    local: Local
    attachments: Attachments
    duty: Duty
    catalogue: Catalogue
    recordings: Recordings
    watcher: Watcher | None = None
    """Somebody who tries the bot out in a terminal; nobody otherwise."""


class Converse:
    """The worker that answers people."""

    def __init__(self, tools: Tools, hearing: Hearing, committer: Committer, cover: CoverTurns) -> None:
        """Everything comes from `bootstrap`."""
        self._tools = tools
        self._cover = cover
        self._hearing = hearing
        self._committer = committer

    async def run(self) -> None:
        """Take turns until cancelled; conversations run side by side. What a killed process had taken is taken anew."""
        async with self._tools.records.begin() as tx:
            cut = await tx.inbox.recover_leases()
        if cut:
            logger.warning("turns_cut", count=cut)
        running: set[asyncio.Task[None]] = set()
        signals = self._tools.signals
        try:
            while True:
                seen = signals.count("inbox")
                for leased in await self._lease(SIDE_BY_SIDE - len(running)):
                    task = asyncio.create_task(self._take(leased))
                    running.add(task)
                    task.add_done_callback(partial(self._look_again, running, seen))
                await signals.changed("inbox", seen, POLL)
        finally:
            await asyncio.gather(*running, return_exceptions=True)

    def _look_again(self, running: set[asyncio.Task[None]], seen: int, done: asyncio.Task[None]) -> None:
        """What came for a conversation during its turn could not be leased, and others may have had no place."""
        was_full = len(running) >= SIDE_BY_SIDE
        running.discard(done)
        if was_full or self._tools.signals.count("inbox") != seen:
            self._tools.signals.publish("inbox")

    async def take_one(self) -> bool:
        """Take one turn if any waits; tests and the terminal use it."""
        leased = await self._lease(1)
        for one in leased:
            await self._take(one)
        return bool(leased)

    async def _lease(self, most: int) -> list[Leased]:
        """Lease what waits, as many conversations as there are places."""
        now = self._tools.clock.now()
        found: list[Leased] = []
        if most <= 0:
            return found
        async with self._tools.records.begin(lasts=False) as tx:
            while len(found) < most:
                leased = await tx.inbox.lease_next(now, now + LEASE, secrets.token_hex(8))
                if leased is None:
                    break
                found.append(leased)
        return found

    async def _take(self, leased: Leased) -> None:
        """Work out one turn and commit it; whatever happens, the lease is given back."""
        conversation = leased.conversation
        try:
            async with self._kept(leased):
                if await self._turn(leased):
                    return
        except Stale:
            logger.info("turn_redone", conversation=conversation.id, turn=conversation.turn)
        except Exception as exc:  # edge: one conversation's fault must not stop the others' turns
            logger.error("turn_failed", conversation=conversation.id, turn=conversation.turn, error=exc)
            await self._retry(leased, [row.id for row in leased.rows], RETRY_AFTER[0], counted=True)
        async with self._tools.records.begin(lasts=False) as tx:
            await tx.inbox.release(conversation.id, leased.token)
        self._tools.signals.publish("inbox")

    @asynccontextmanager
    async def _kept(self, leased: Leased) -> AsyncIterator[None]:
        """Renew the lease while a long turn is worked out."""

        async def renew() -> None:
            while True:
                await asyncio.sleep(LEASE.total_seconds() / 3)
                until = self._tools.clock.now() + LEASE
                async with self._tools.records.begin() as tx:
                    await tx.inbox.renew(leased.conversation.id, leased.token, until)

        renewing = asyncio.create_task(renew())
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _turn(self, leased: Leased) -> bool:
        """Work out one turn; True when its commit gave the lease back."""
        conversation = leased.conversation
        talk = open_talk(self._tools.vault, conversation.id, conversation.state_sealed)
        heard = self._hearing.open(conversation, talk, leased.rows)
        covered = await self._cover.take(leased, talk, heard)
        if covered is not None:
            return covered
        if not conversation.own.bot_may_speak:
            await self._while_held(leased, talk, heard)
            return True
        heard, duty = await asyncio.gather(self._hearing.read(heard, talk), self._standing(conversation))
        given_up = [h for h in heard if h.row.attempts >= GIVE_UP_AFTER]
        if given_up:
            await self._set_aside(leased, talk, given_up)
            return True
        unread = [h for h in heard if h.unread]
        ready = [h for h in heard if not h.unread]
        if unread and not any(h.is_way_out for h in ready):
            await self._in_trouble(leased, unread, understand(conversation, talk, ready))
            return False
        try:
            decision = await self._decide(conversation, talk, ready, duty)
        except EngineFailure:
            await self._in_trouble(leased, ready, understand(conversation, talk, ready))
            return False
        await self._committer.commit(leased, decision)
        if unread:
            await self._in_trouble(leased, unread, None)
        return True

    async def _while_held(self, leased: Leased, talk: Talk, heard: Sequence[Heard]) -> None:
        """Show every message to the counsellor at once, and read it for danger after.

        The bot answers ways out, and says of pictures, voices and places what the counsellor cannot; nothing else.
        """
        conversation, heard = leased.conversation, with_changes(heard)
        act = first_way(heard)
        case = self._case(conversation, talk, heard, None, on_duty=True)
        reply, fetched = Reply(), tuple[bytes, ...]()
        if act is None:
            reply, fetched = await self._tools.attachments.while_held(conversation, talk.sent, heard)
            waits = to_ask_about(heard) or (() if answer_about_sent(heard) else talk.sent)
            talk = replace(talk, sent=waits)
        else:
            case = replace(case, **await self._tools.local.around(conversation, talk, act))
            reply = escape.answer(act, case) or Reply()
            if not escape.answers_in(conversation.own.state.value, act):
                reply = Reply(effects=tuple(e for e in reply.effects if e.kind == "raise_danger"))
        after = keep_words(talk.after(reply.effects, act), reply.effects, heard)
        decision = Decision(tuple(heard), after, reply, act, conversation.language, kept=fetched)
        stored = await self._committer.commit(leased, decision)
        read = await self._hearing.read(heard, talk)
        await self._committer.add_readings(conversation.id, stored, read)

    async def _standing(self, conversation: Conversation) -> dict[str, Any]:
        return await standing(self._tools.duty, self._tools.records, conversation, self._tools.clock.now())

    async def _decide(
        self, conversation: Conversation, talk: Talk, heard: Sequence[Heard], duty: Mapping[str, Any]
    ) -> Decision:
        """Choose the answer: ways out first, then what needs no engine, then the engine."""
        understood = understand(conversation, talk, heard)
        spoken = spoken_with(conversation)
        conversation = replace(conversation, language=understood.language)
        act = first_way(heard)
        pressed = act or next((h.act for h in reversed(heard) if h.act is not None), None)
        keep = answer_about_sent(heard)
        if keep is not None and pressed == keep:
            pressed = None
        about, kept = "", tuple[bytes, ...]()
        if keep is not None and talk.sent:
            about, kept = await self._tools.attachments.answer(keep, conversation, talk.sent)
        case = self._case(conversation, talk, heard, understood, on_duty=False, pressed=pressed)
        duty = duty if spoken_with(conversation) == spoken else await self._standing(conversation)
        case = replace(case, **duty, **await self._tools.local.around(conversation, talk, pressed))
        dialogue = talk.dialogue
        reply = self._way_out(act, case) if act is not None else self._without_engine(heard, case, about)
        by: AnsweredBy = "engine" if reply is None else "app" if act is None else "way out"
        if reply is None:
            answer = await self._ask(conversation, case, understood, heard)
            reply, dialogue = answer.reply, dict(answer.dialogue)
            if not are_vetted(reply, case.contacts):
                raise EngineFailure("a reply held a number that nobody verified")
        elif reply.pacing is not None:
            dialogue = {**dialogue, "pacing": to_json(reply.pacing)}
        if self._tools.watcher is not None:
            move = str(act or "") if by != "engine" else move_of(case, understood, heard)
            self._tools.watcher.watch(TurnNote(case, understood.intents, by, move, reply, dialogue))
        if talk.alone_until and case.now < datetime.fromisoformat(talk.alone_until):
            reply = keep_with_program(reply, pressed)
        if about and about not in {say.key for say in reply.say}:
            reply = replace(reply, say=(Say(about), *reply.say))
        if act is None and case.urgency == "none" and came_with_words(heard):
            reply = attachments.ask_beside(reply)
        talk = replace(
            understood.talk,
            dialogue=dict(dialogue),
            told=talk.told + told(heard),
            wrote=talk.wrote or wrote(heard),
            sent=to_ask_about(heard),
        ).after(reply.effects, pressed)
        talk = keep_words(talk, reply.effects, heard)
        return Decision(
            tuple(heard), talk.with_known(understood.codes), reply, pressed, understood.language, understood, kept=kept
        )

    def _way_out(self, act: Act, case: Case) -> Reply | None:
        """Answer a way out, which leaves an open question behind; the pace is kept as in any other turn."""
        reply = escape.answer(act, case)
        return None if reply is None else answer_paced(case, str(act), lambda _case, _intent: reply, Bank())

    def _without_engine(self, heard: Sequence[Heard], case: Case, about: str) -> Reply | None:
        """Answer what is not for the engine: nothing to say, a stale press, a picture, a changed message.

        `about` is the answer about what was sent before, where they pressed one.
        """
        late = case.now - newest(heard) >= LIVE_FOR
        kinds = {h.kind for h in heard}
        if late or kinds <= {"blocked"}:
            return Reply()
        if any(h.kind in ("text", "start") for h in heard):
            return None
        if any(h.act is not None for h in heard):
            return say_beside(case, about) if about and case.pressed is None else None
        if any(h.is_stale_press for h in heard):
            return hear_stale_press(case)
        if not case.opened:
            return None
        return answer_without_words(heard, case)

    async def _ask(
        self, conversation: Conversation, case: Case, understood: Understood, heard: Sequence[Heard]
    ) -> TurnAnswer:
        intent = move_of(case, understood, heard)
        turn = f"{conversation.id[:8]}-{conversation.turn}"
        return await self._tools.engine.turn(turn, intent, case_to_json(case), case.dialogue)

    def _case(
        self,
        conversation: Conversation,
        talk: Talk,
        heard: Sequence[Heard],
        understood: Understood | None,
        *,
        on_duty: bool,
        pressed: Act | None = None,
    ) -> Case:
        now = self._tools.clock.now()
        last = conversation.last_inbound
        silent = None if last is None else max(0, int((newest(heard) - last).total_seconds()))
        declined = conversation.safety_declined_at
        same_talk = last is not None and now - last < TALK_ENDS_AFTER
        offered = conversation.offered_at
        return Case(
            now=now,
            language=cast("Language", conversation.language),  # kept among the ten by `receive` and `hearing`
            opened=conversation.opened_at is not None,
            practice=self._committer.practice,
            silent_for=silent,
            state=conversation.own.state.value,
            on_duty=on_duty,
            offered_today=offered is not None and now - offered < OFFERED_LATELY,
            pressed=pressed,
            heard=understood.codes if understood else (),
            known=talk.known,
            mirrors=self._tools.catalogue.opened_by((*(understood.codes if understood else ()), *talk.known)),
            urgency=understood.urgency if understood else "none",
            urgency_maybe=understood.urgency_maybe if understood else "none",
            safety_declined=declined is not None and same_talk and now - declined < timedelta(seconds=RETURN_AFTER),
            wrote=talk.wrote or wrote(heard),
            told=talk.told,
            dialogue=dict(talk.dialogue),
            plan=conversation.plan,
            due=conversation.own.due,
            can_hear=self._tools.recordings.has_any(conversation.language),
            hears=bool(talk.aloud),
            reviewed=bool(talk.reviewed),
            remember_days=conversation.remember_days,
            remember_asked=conversation.remember_asked,
            interpreter=conversation.own.interpreting.stands(now) if conversation.own.interpreting else "",
            **case_fields(self._cover.clearing, conversation, talk, heard),
        )

    async def _set_aside(self, leased: Leased, talk: Talk, heard: Sequence[Heard]) -> None:
        """Hand messages that failed three times to staff, sealed and unanswered, so that the next ones go on."""
        conversation = leased.conversation
        logger.warning("messages_set_aside", conversation=conversation.id, count=len(heard))
        understood = understand(conversation, talk, heard)
        known = understood.talk.with_known(understood.codes)
        decision = Decision(tuple(heard), known, Reply(), None, understood.language, understood, set_aside=True)
        await self._committer.commit(leased, decision)

    async def _in_trouble(self, leased: Leased, failed: Sequence[Heard], understood: Understood | None) -> None:
        """Say the fixed sentence (at most once in ten minutes), call staff, keep the messages for later."""
        well = await self._tools.engine.is_well()
        await self._committer.say_trouble(leased.conversation.id, newest(failed), understood, engine_is_well=well)
        attempts = max(h.row.attempts for h in failed)
        # An engine that is down counts no attempts: who has waited longer is tried less often.
        waited = self._tools.clock.now() - min(h.row.received_at for h in failed)
        wait = RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)] if well else min(MOST_PATIENCE, waited / 2)
        await self._retry(leased, [h.row.id for h in failed], max(wait, RETRY_AFTER[0]), counted=well)

    async def _retry(self, leased: Leased, rows: Sequence[int], wait: timedelta, *, counted: bool) -> None:
        async with self._tools.records.begin() as tx:
            await tx.inbox.retry(rows, self._tools.clock.now() + wait, counted=counted)
