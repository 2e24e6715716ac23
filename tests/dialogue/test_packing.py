"""A model is packed in little time, for whoever changed one rule waits for it."""

from __future__ import annotations

from pathlib import Path

from bot.dialogue.model import NAME, folder_of

LEVEL = 8
"""Where gzip's head tells how hard was packed (RFC 1952, section 2.3.1)."""
FASTEST = 4


def test_the_model_is_packed_at_the_quickest_level(trained_home: Path) -> None:
    assert (folder_of(trained_home) / NAME).read_bytes()[LEVEL] == FASTEST
