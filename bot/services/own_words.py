"""Recognises the words that only one person knows: by keyed hashes of the whole folded message, never by their text."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from bot.domain import cover
from bot.domain.codes import Act, ConversationId
from bot.domain.folding import fold
from bot.services.ports import Vault
from bot.services.talk import Talk

ASKED_FOR_ERASING = frozenset({"erase", "erase_clear"})


@dataclass(frozen=True)
class Given:
    """What a message is, as far as words of their own go."""

    act: Act | None
    word: str = field(default="", repr=False)
    """The keyed hash of a word that they want to set."""
    problem: str = ""


@dataclass(frozen=True)
class OwnWords:
    """Compares messages with the words of one talk."""

    vault: Vault
    common: frozenset[str]
    """Folded words that nobody may choose: common ones, ways out, names of the themes."""

    def look(self, conversation: ConversationId, talk: Talk, text: str) -> Given:
        """Tell what a message is; its text goes no further."""
        folded = fold(text)
        hashed = self._hash(conversation, folded)
        if talk.second and hmac.compare_digest(hashed, talk.second):
            return Given(cover.SECOND_WORD)
        if talk.word and hmac.compare_digest(hashed, talk.word):
            # Setting the second word, the first is refused like any other that means something already.
            return Given(cover.WORD_GIVEN, problem="common") if talk.awaits == "second" else Given(cover.OWN_WORD)
        if not talk.awaits or len(folded) > cover.LONGEST_WORD:
            return Given(None)
        if talk.awaits in ASKED_FOR_ERASING:
            return Given(cover.WORD_WRONG)
        return Given(cover.WORD_GIVEN, hashed, cover.problem_of_word(folded, self.common))

    def _hash(self, conversation: ConversationId, folded: str) -> str:
        return self.vault.hash_token(f"own-word:{conversation}:{folded}").hex()
