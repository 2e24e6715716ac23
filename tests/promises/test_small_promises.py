"""Promises that the tree itself keeps: nothing counts, nothing is learnt from chats, nobody's name is a column."""

from __future__ import annotations

import ast
import re

from bot.adapters.db.tables import metadata
from bot.services.records import Address
from bot.words import read_flows
from tests.architecture.tree import ROOT, sources
from tests.support.vault import quick_vault

LEARNING = ("bot/nlu/", "bot/dialogue/", "bot/evaluation/")
OF_THE_APP = re.compile(r"sqlalchemy|aiosqlite|psycopg|sqlite3|bot\.(adapters\.db|services|desk|channels)")
NAMES = {"name", "first_name", "last_name", "username", "phone", "number", "email", "chat", "chat_id"}
ABOUT_PEOPLE = ("conversations", "messages", "observations", "inbox", "outbox", "consents", "promises", "ledger")


def test_no_clock_no_count_and_no_bar_is_shown_to_a_person() -> None:
    """P12: no page has a timer or a bar of progress, and no sentence counts how much was told."""
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "bot/channels/webchat/templates").glob("*.html")]
    assert pages
    assert not any(re.search(r"<progress|<meter|countdown|role=.progressbar", page) for page in pages)
    counting = re.compile(r"\{ \$(count|step|of|percent|left|done)\b|%")
    assert [draft.key for draft in read_flows(ROOT).drafts if counting.search(draft.text)] == []


def test_what_learns_cannot_reach_what_people_wrote() -> None:
    """D4: nothing that trains or measures a reader imports the database or the services that open it."""
    reaching = [
        f"{name}: {imported}"
        for name, tree in sources(*LEARNING)
        for imported in _imports(tree)
        if OF_THE_APP.match(imported)
    ]
    assert reaching == []


def test_a_chat_is_a_pseudonym_and_its_address_is_sealed_apart() -> None:
    """D6: no table about people has a column for a name or number; a chat is found by a keyed hash of each server."""
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        if table.name in ABOUT_PEOPLE
        for column in table.columns
        if column.name in NAMES
    }
    assert columns == set()
    address = Address("telegram", "1", "4242424242")
    one, other = quick_vault(), quick_vault()
    assert one.hash_chat(address) == one.hash_chat(address)
    assert b"4242424242" not in one.seal("chat:x", b"4242424242")
    assert len(other.hash_chat(address)) >= 16


def _imports(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found
