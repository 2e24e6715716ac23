"""Plays stories on the stage, and tells what the observer saw and what the story expected and did not get."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from bot import logs
from bot.domain.codes import ConversationId
from bot.domain.wording import DenyList, Flows
from bot.errors import SaphanError
from bot.rehearsal.observer import Broken, observe
from bot.rehearsal.person import Person, Shown
from bot.rehearsal.phrases import Phrases
from bot.rehearsal.seen import Message, Seen
from bot.rehearsal.stage import Stage
from bot.rehearsal.stories import SENT, Step, Story
from bot.services.notes import TurnNote

STORY: Final = "story"
"""Instead of a rule's number: the story itself expected something else."""
FIRST_CHAT: Final = 10_001


@dataclass(frozen=True)
class Fault:
    """One broken rule, or one expectation that was not met."""

    story: str
    step: int
    rule: str
    says: str


class Logged:
    """What the app writes into its log, at every level, kept to look for people's words in it."""

    def __init__(self) -> None:
        """Listen instead of standard error."""
        self._stream = io.StringIO()
        logs.configure("DEBUG", self._stream)

    def take(self) -> str:
        """Give what was written since the last call."""
        text = self._stream.getvalue()
        self._stream.seek(0)
        self._stream.truncate()
        return text


class Player:
    """Plays one story after the other; each has a chat of its own."""

    def __init__(self, stage: Stage, flows: Flows) -> None:
        """`flows` are the words files, by which sentences on the screen are known."""
        self._stage = stage
        self._deny: DenyList = flows.deny
        self._phrases = Phrases(flows.drafts)
        self._chat = FIRST_CHAT
        self._logged = Logged()

    async def play(self, story: Story, show: Callable[[Seen], None] | None = None) -> list[Fault]:
        """Play one story to its end, however much is broken on the way; `show` is given every step."""
        stage = self._stage
        await stage.leave()
        stage.duty.shifts.clear()
        stage.engine.is_down = False
        stage.notes.take()
        self._chat += 1
        scene = _Scene(stage.api.person(self._chat, language_code=None), story)
        faults: list[Fault] = []
        for step in story.steps:
            async for seen, wrong in self._parts(scene, step):
                found = [*wrong, *observe(seen, scene.past, self._deny), *_unmet(seen), *_troubles(seen.logged)]
                faults += [Fault(story.name, step.number, rule, says) for rule, says in found]
                scene.past.append(seen)
                if show is not None:
                    show(seen)
        return faults

    async def _parts(self, scene: _Scene, step: Step) -> AsyncIterator[tuple[Seen, list[Broken]]]:
        """Take a step, or, where somebody tells until a button comes, each thing that they do on the way there."""
        if step.does != "tells":
            yield await self._step(scene, step)
            return
        last = step.what[-1]
        for text in step.what:
            seen, wrong = await self._step(scene, replace(step, does="writes", what=text))
            is_there = await self._stage.data_of(scene.person, step.until) is not None
            if text == last and not is_there:
                wrong = [*wrong, (STORY, f"no button {step.until} came")]
            yield seen, wrong
            if is_there:
                return
            for act in step.answers:
                if await self._stage.data_of(scene.person, act) is not None:
                    yield await self._step(scene, replace(step, does="presses", what=act))

    async def _step(self, scene: _Scene, step: Step) -> tuple[Seen, list[Broken]]:
        stage, person = self._stage, scene.person
        before, began = await stage.kept(person), stage.clock.now()
        shown_before = {shown.id for shown in person.screen}
        wrong = []
        try:
            await self._do(scene, step)
        except (SaphanError, LookupError) as fault:
            wrong.append((STORY, f"{step.does} {step.what} could not be done: {fault}"))
        if step.does != "waits":
            await stage.settle()
        notes = stage.notes.take()
        after = await stage.kept(person)
        language = (after.conversation or before.conversation or _Unknown(scene.story.language)).language
        new = [shown for shown in person.screen if shown.id not in shown_before]
        if after.conversation is not None and scene.conversation != after.conversation.id:
            # What stood there before belongs to a conversation that is gone: its buttons cannot be known any more.
            scene.conversation, scene.begins = after.conversation.id, new[0].id if new else 0
        seen = Seen(
            story=scene.story,
            step=step,
            began=began,
            ended=stage.clock.now(),
            messages=tuple(self._message(one, language, notes, scene) for one in new),
            notes=notes,
            before=before,
            after=after,
            screen=tuple(shown for shown in person.screen if shown.id >= scene.begins),
            said_by_person=tuple(scene.said),
            logged=self._logged.take(),
        )
        return seen, wrong

    async def _do(self, scene: _Scene, step: Step) -> None:
        stage, person = self._stage, scene.person
        if step.does == "waits":
            await stage.wait(step.gap)
        elif step.does == "shift":
            stage.plan_shift(step.gap)
        elif step.does == "engine":
            stage.engine.is_down = step.what == "stops"
        elif step.does == "counsellor":
            await stage.counsellor(str(step.what), person)
        elif step.does == "counsellor_writes":
            scene.by_counsellor.add(str(step.what))
            await stage.counsellor_writes(str(step.what), person)
        else:
            await stage.arrived(await self._update(scene, step))

    async def _update(self, scene: _Scene, step: Step) -> int:
        """Let the person do one thing on their phone, and give the number of the last update."""
        person = scene.person
        if step.does in ("presses", "presses_old"):
            return await self._press(scene, step)
        if step.does == "starts":
            if person.chat in self._stage.api.blocked:
                await person.unblocks()
            return await person.starts(str(step.what or ""))
        if step.does == "sends":
            return await person.sends(**SENT[str(step.what)])
        if step.does == "blocks":
            return await person.blocks()
        scene.said += step.texts
        if step.does == "edits":
            return await person.edits(step.texts[0])
        return [await person.writes(text) for text in step.texts][-1]

    async def _press(self, scene: _Scene, step: Step) -> int:
        act = str(step.what)
        found = await self._stage.data_of(scene.person, act)
        if found is not None:
            scene.buttons[act] = found
        if found is None or step.does == "presses_old":
            found = scene.buttons.get(act)
            if found is None or step.does == "presses":
                raise LookupError("no such button is on the screen")
        for data, other in (await self._stage.kept(scene.person)).talk.buttons.items():
            scene.buttons.setdefault(other, (data, found[1]))
        return await scene.person.presses_data(*found)

    def _message(self, shown: Shown, language: str, notes: tuple[TurnNote, ...], scene: _Scene) -> Message:
        says = [say for note in notes for say in note.reply.say]
        key = self._phrases.key_of(shown.text, language, [say.key for say in says])
        acts = next((tuple(b.act for b in say.buttons) for say in says if say.key == key), ())
        return Message(
            text=shown.text,
            key=key,
            asks=self._phrases.asks(key),
            buttons=tuple(button["callback_data"] for row in shown.rows for button in row),
            labels=tuple(shown.labels),
            silent=shown.silent,
            preview=shown.preview,
            by_counsellor=shown.text in scene.by_counsellor,
            acts=acts,
        )


@dataclass(frozen=True)
class _Unknown:
    language: str


@dataclass
class _Scene:
    """One story under way."""

    person: Person
    story: Story
    conversation: ConversationId | None = None
    begins: int = 0
    """The first message on the screen that belongs to the conversation."""
    past: list[Seen] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    by_counsellor: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Act and where its button was seen, to press it once more when it is old."""


def _troubles(logged: str) -> Iterator[tuple[str, str]]:
    """Tell what the app itself could not do."""
    for line in logged.splitlines():
        event = json.loads(line)
        if event["level"] == "error" or event["event"] == "effect_refused":
            yield (
                STORY,
                f"{event['event']} {event.get('error', event.get('kind', ''))} {event.get('where', '')}".strip(),
            )


def _is(key: str, named: str) -> bool:
    """Tell whether a key is the one that a story names; `weeks.` names all of a topic."""
    return key == named or (named.endswith(".") and key.startswith(named))


def _unmet(seen: Seen) -> Iterator[tuple[str, str]]:
    """Tell what the story expected of this step and did not get."""
    step, keys = seen.step, [message.key for message in seen.messages]
    place = 0
    for wanted in step.says:
        found = next((at for at, key in enumerate(keys[place:], place) if _is(key, wanted)), None)
        if found is None:
            yield STORY, f"{wanted} was expected; said: {', '.join(keys) or 'nothing'}"
            break
        place = found + 1
    for banned in step.never_says:
        if any(_is(key, banned) for key in keys):
            yield STORY, f"{banned} was not expected; said: {', '.join(keys)}"
    if step.silence and keys:
        yield STORY, f"nothing was expected; said: {', '.join(keys)}"
    yield from _unmet_state(seen)


def _unmet_state(seen: Seen) -> Iterator[tuple[str, str]]:
    """Tell where the step led elsewhere than the story expected."""
    step = seen.step
    if step.on_screen is not None and len(seen.screen) != step.on_screen:
        yield STORY, f"{step.on_screen} messages were expected on the screen; there are {len(seen.screen)}"
    if step.state and seen.state_after != step.state:
        yield STORY, f"state {step.state} was expected; it is {seen.state_after or 'gone'}"
    if step.alert and step.alert not in [alert.kind for alert in seen.after.alerts]:
        yield STORY, f"a call to staff of kind {step.alert} was expected"
    if step.language and seen.language != step.language:
        yield STORY, f"language {step.language} was expected; it is {seen.language}"
    level = seen.after.conversation.level if seen.after.conversation is not None else ""
    if step.level and level != step.level:
        yield STORY, f"level {step.level} was expected; it is {level or 'gone'}"
