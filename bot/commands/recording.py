"""`saphan recording`: a sentence to be spoken and the line for its wording, or all that are left to record."""

from __future__ import annotations

import sys

from bot.adapters.content import read_material
from bot.adapters.recordings import RecordingFiles
from bot.bootstrap import CHECKOUT, FLOWS
from bot.domain.recordings import hash_of, may_be_heard
from bot.domain.wording import places
from bot.errors import SettingError
from bot.services.checks.recordings import to_record
from bot.services.checks.uses import uses_in_code
from bot.services.checks.words import labels_among
from bot.words import read_drafts


def run(language: str, key: str) -> int:
    """Print both; a sentence that is not there, or is never played, is a wrong setting. Without a key, list."""
    if not key:
        return _list(language)
    drafts = read_drafts(CHECKOUT, key.partition(".")[0])
    draft = next((one for one in drafts if (one.language, one.key) == (language, key)), None)
    if draft is None:
        raise SettingError(f"TOPIC.MESSAGE: flows/words/{language} holds no {key!r}; write the name of a sentence")
    if not may_be_heard(key) or places(draft.text):
        raise SettingError(f"TOPIC.MESSAGE: {key!r} is never played; flows/voice/README.md says which are")
    sys.stdout.write(f"{_line(draft.text)}\n{key}: {hash_of(draft.text)}\n")
    return 0


def _list(language: str) -> int:
    """Print every sentence that is not recorded yet, by its name: a sheet to read from."""
    drafts = read_material(CHECKOUT, with_training=False).flows.drafts
    uses, _ = uses_in_code(CHECKOUT, frozenset(draft.topic for draft in drafts))
    labels = labels_among({draft.key for draft in drafts}, uses)
    recorded = RecordingFiles.read(FLOWS / "voice").hashes(language)
    left = to_record(drafts, labels, language, recorded)
    sys.stdout.writelines(f"{one.key}: {_line(one.text)}\n" for one in left)
    return 0


def _line(text: str) -> str:
    return " ".join(text.split())
