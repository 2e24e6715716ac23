"""What people of staff did with a conversation, as the person is told on request: kinds of acts, never a name.

Acts are named as in the audit. What the program or the person did is not among them, beside what the person let in.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

TOLD: Final[dict[str, str]] = {
    "claimed": "about.did-claimed",
    "transfer_accept": "about.did-handed",
    "supervised": "about.did-supervised",
    "taken_back": "about.did-taken-back",
    "mark_lowered": "about.did-marked",
    "noted": "about.did-noted",
    "admit_interpreter": "about.did-interpreted",
    "interpreter_wrote": "about.did-translated",
    "review_begun": "about.did-reviewed",
    "sentence_written": "about.did-learnt",
    "audit_read": "about.did-audited",
}
"""Act of the audit and what it is called to the person, in the order in which it is told."""


def told(acts: Collection[str]) -> tuple[str, ...]:
    """Give what was done, each kind once."""
    return tuple(key for act, key in TOLD.items() if act in acts)
