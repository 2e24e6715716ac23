"""S9, S20: `saphan telegram profile` makes the bot look harmless, once, and never prints the token."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import pytest

from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.picture import SIDE, colour_at, picture
from bot.channels.telegram.profile import set_profile
from bot.commands import profile
from bot.domain.codes import LANGUAGES
from bot.errors import ChannelFailure, SettingError
from bot.settings import Settings
from tests.support.bot_api import TOKEN, BotApi
from tests.support.house import content


async def lines(api: BotApi) -> list[str]:
    async with Client(TOKEN, api.url) as client:
        return [line async for line in set_profile(client, content().words)]


async def test_name_texts_and_picture_are_set_in_every_language_and_the_menu_goes() -> None:
    async with BotApi() as api:
        api.profile["Commands"] = [{"command": "danger", "description": "telling"}]
        said = await lines(api)
        assert said[-2:] == ["commands: taken away", "picture: set"]
        assert sum(line.endswith(": set") for line in said) == 3 * (len(LANGUAGES) + 1) + 1
        assert api.profile["Namezh"]["name"] == "厨房笔记"
        assert api.profile["Name"]["name"] == "Kitchen notes"
        assert "Commands" not in api.profile
        assert not any(TOKEN in line for line in said)


async def test_a_second_time_changes_nothing() -> None:
    async with BotApi() as api:
        await lines(api)
        api.calls.clear()
        said = await lines(api)
        assert {line.partition(": ")[2] for line in said} == {
            "is so already",
            "there are none",
            "there is one already",
        }
        assert not [method for method, _ in api.calls if method.startswith(("set", "delete"))]


async def test_a_bot_api_without_pictures_and_one_that_refuses_are_told_apart() -> None:
    async with BotApi() as api:
        api.refuse("setMyProfilePhoto", 404, "Not Found")
        assert (await lines(api))[-1] == "picture: this Bot API cannot set one; set a neutral picture by hand"
        api.profile.clear()
        api.refuse("setMyName", 429, f"Too Many Requests for {TOKEN}", retry_after=60)
        with pytest.raises(ChannelFailure, match=r"^the messenger refused setMyName with .* 429; try again in 60 s$"):
            await lines(api)


async def test_the_command_prints_a_line_for_each_thing_and_wants_a_token() -> None:
    async with BotApi() as api:
        settings = Settings.load({"SAPHAN_TELEGRAM_TOKEN": TOKEN, "SAPHAN_TELEGRAM_API": api.url}, None)
        printed = io.StringIO()
        with redirect_stdout(printed):
            assert await profile.run(settings) == 0
        assert printed.getvalue().count("\n") == 3 * (len(LANGUAGES) + 1) + 2
        assert TOKEN not in printed.getvalue()
    with pytest.raises(SettingError, match="SAPHAN_TELEGRAM_TOKEN"):
        await profile.run(Settings.load({}, None))


def test_the_picture_is_a_bowl_in_jpeg_and_always_the_same() -> None:
    made = picture()
    assert made == picture()
    assert (made[:4], made[-2:]) == (b"\xff\xd8\xff\xe0", b"\xff\xd9")
    assert len(made) < 20_000
    assert colour_at(SIDE // 2, SIDE // 2 + 10) != colour_at(0, 0)


def test_what_a_stranger_reads_of_the_bot_tells_nothing() -> None:
    """S9, S20: no word of help, people, work or borders stands in a name or an about text."""
    for language in LANGUAGES:
        said = " ".join(content().words.say(f"profile.{key}", language) for key in ("name", "short", "about"))
        assert "Saphan" not in said
        assert "{" not in said
