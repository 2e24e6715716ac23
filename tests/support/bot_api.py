"""The Bot API of rehearsals, for tests."""

from __future__ import annotations

from bot.rehearsal.bot_api import FILE, TOKEN, BotApi
from bot.rehearsal.person import Person

__all__ = ["FILE", "TOKEN", "BotApi", "Person"]
