"""The Bot API of rehearsals, for tests."""

from __future__ import annotations

from bot.rehearsal.bot_api import TOKEN, BotApi, Person

__all__ = ["TOKEN", "BotApi", "Person"]
