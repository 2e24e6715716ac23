"""A real vault whose passphrases cost next to nothing."""

from __future__ import annotations

from bot.adapters.vault import Effort, SodiumVault

KEY = bytes(range(32))
LEAST = Effort(passes=1, memory=8192)


def quick_vault(key: bytes = KEY) -> SodiumVault:
    """Give a vault with the cheapest Argon2id that the library allows."""
    return SodiumVault(key, LEAST)
