"""`saphan recording`: a sentence to be spoken, and the line that binds the recording to its wording."""

from __future__ import annotations

import sys

from bot.bootstrap import CHECKOUT
from bot.domain.recordings import hash_of, may_be_heard
from bot.domain.wording import places
from bot.errors import SettingError
from bot.words import read_drafts


def run(language: str, key: str) -> int:
    """Print both; a sentence that is not there, or is never played, is a wrong setting."""
    drafts = read_drafts(CHECKOUT, key.partition(".")[0])
    draft = next((one for one in drafts if (one.language, one.key) == (language, key)), None)
    if draft is None:
        raise SettingError(f"TOPIC.MESSAGE: flows/words/{language} holds no {key!r}; write the name of a sentence")
    if not may_be_heard(key) or places(draft.text):
        raise SettingError(f"TOPIC.MESSAGE: {key!r} is never played; flows/voice/README.md says which are")
    sys.stdout.write(f"{' '.join(draft.text.split())}\n{key}: {hash_of(draft.text)}\n")
    return 0
