"""Every column of every table has its line in the data inventory, and no line is of a column that is gone."""

from __future__ import annotations

import re

from bot.adapters.db.tables import metadata
from tests.architecture.tree import ROOT


def told() -> dict[str, set[str]]:
    """Read the inventory: tables in bold at the start of a line, their columns in the first cell of each row."""
    columns: dict[str, set[str]] = {}
    tables: list[str] = []
    for line in (ROOT / "docs" / "data-inventory.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            tables = []
        elif line.startswith("**"):
            tables = re.findall(r"\*\*([a-z_]+)\*\*", line)
        elif line.startswith("| `"):
            for table in tables:
                columns.setdefault(table, set()).update(re.findall(r"`([a-z_]+)`", line.split("|")[1]))
    return columns


def test_every_column_is_in_the_data_inventory() -> None:
    inventory = told()

    missing = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name not in inventory.get(table.name, set())
    }
    assert missing == set()


def test_the_data_inventory_tells_of_no_column_that_is_gone() -> None:
    columns = {name: set(table.columns.keys()) for name, table in metadata.tables.items()}
    # These share their lines.
    for shared in (("audit", "audit_head"), ("shifts", "shift_days", "holidays"), ("notices", "missed_alerts")):
        columns |= dict.fromkeys(shared, set().union(*(columns[name] for name in shared)))

    gone = {
        f"{table}.{name}" for table, names in told().items() for name in names if name not in columns.get(table, set())
    }
    assert gone == set()
