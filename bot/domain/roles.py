"""Which role may do what: read from `roles.json`, so that the whole of it is seen on one page (design/handoff.md).

A person of staff may do what any of their roles may. What no role names, nobody may.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("roles.json")


@cache
def actions_by_role() -> Mapping[str, frozenset[str]]:
    """Give every role with its actions, in the order of the file."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    return {role: frozenset(actions) for role, actions in written.items()}


def all_roles() -> tuple[str, ...]:
    """Give the roles that a member of staff can have."""
    return tuple(actions_by_role())


def may(roles: Iterable[str], action: str) -> bool:
    """Tell whether somebody with these roles may do this."""
    known = actions_by_role()
    return any(action in known.get(role, ()) for role in roles)


def roles_that_may(action: str) -> frozenset[str]:
    """Give the roles that may do this; none for an action that nobody named."""
    return frozenset(role for role, actions in actions_by_role().items() if action in actions)
