"""`saphan telegram profile`: a neutral name, about text and picture, and no command menu."""

from __future__ import annotations

import sys

from bot.bootstrap import read_content
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.profile import set_profile
from bot.errors import SettingError
from bot.settings import Settings


async def run(settings: Settings) -> int:
    """Set what is not yet so, a line for each thing; a bot without token is a wrong setting."""
    if settings.telegram_token is None:
        raise SettingError("SAPHAN_TELEGRAM_TOKEN is not set; write the bot's token there, as @BotFather gave it")
    words = read_content().words
    async with BotApi(settings.telegram_token.reveal(), settings.telegram_api) as api:
        async for line in set_profile(api, words):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0
