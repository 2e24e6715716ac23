"""Makes two writings of one word equal."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Make two writings of one word equal: width, case, accents kept, spaces and punctuation dropped."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in text if unicodedata.category(c)[0] not in "PZCS")
