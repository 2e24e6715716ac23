"""What an observer sees of one step of a story: what was done, what came onto the screen, what is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import Act
from bot.domain.reply import Say
from bot.rehearsal.person import Shown
from bot.rehearsal.stage import Kept
from bot.rehearsal.stories import Step, Story
from bot.services.notes import TurnNote

LIVE: Final = frozenset({"starts", "writes", "presses", "presses_old", "sends", "edits"})
"""Steps in which the person does something that wants an answer."""


@dataclass(frozen=True)
class Message:
    """One message of the bot or of a counsellor on the person's screen."""

    text: str = field(repr=False)
    key: str
    """Key of the words files; empty where it is not from there."""
    asks: bool
    buttons: tuple[str, ...]
    """Data of its buttons as they were when it came."""
    labels: tuple[str, ...]
    silent: bool
    preview: bool
    by_counsellor: bool = False
    acts: tuple[Act, ...] = ()
    """What its answers do, where the turn tells."""

    @property
    def topic(self) -> str:
        """The words file that it is from."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class Seen:
    """One step as it was seen."""

    story: Story
    step: Step
    began: datetime
    ended: datetime
    """Both before the messenger's moment of grace."""
    messages: tuple[Message, ...]
    """What was sent because of it, or while it lasted."""
    notes: tuple[TurnNote, ...]
    before: Kept
    after: Kept
    screen: tuple[Shown, ...]
    said_by_person: tuple[str, ...] = field(default=(), repr=False)
    """Everything that they wrote so far in this story, oldest first."""
    logged: str = field(default="", repr=False)

    @property
    def is_live(self) -> bool:
        """The person did something."""
        return self.step.does in LIVE

    @property
    def language(self) -> str:
        """The language of the conversation after the step."""
        kept = self.after.conversation or self.before.conversation
        return kept.language if kept is not None else self.story.language

    @property
    def says(self) -> tuple[Say, ...]:
        """What the turns of this step answered, in keys."""
        return tuple(say for note in self.notes for say in note.reply.say)

    @property
    def acts(self) -> frozenset[str]:
        """What the answers below its messages do."""
        return frozenset(str(button.act) for say in self.says for button in say.buttons)

    @property
    def moves(self) -> tuple[str, ...]:
        """The ways out and rules that answered."""
        return tuple(note.move for note in self.notes)

    @property
    def asked(self) -> tuple[Message, ...]:
        """Its messages that ask something."""
        return tuple(message for message in self.messages if message.asks)

    @property
    def covered(self) -> bool:
        """Only the theme is to be seen: before the step and after it."""
        before, after = self.before.conversation, self.after.conversation
        return bool(before and before.flags.covered and after and after.flags.covered)

    @property
    def held(self) -> bool:
        """A counsellor holds the conversation, before the step and after it."""
        return self.state_before in HELD and self.state_after in HELD

    @property
    def state_before(self) -> str:
        """The ownership state before the step."""
        return "" if self.before.conversation is None else self.before.conversation.own.state.value

    @property
    def state_after(self) -> str:
        """The ownership state after the step."""
        return "" if self.after.conversation is None else self.after.conversation.own.state.value

    @property
    def silent_for(self) -> timedelta | None:
        """How long the person had been silent when the step began; None at their first."""
        before = self.before.conversation
        if before is None or before.last_inbound is None:
            return None
        return self.began - before.last_inbound


HELD: Final = frozenset({"HELD", "TRANSFERRING"})
