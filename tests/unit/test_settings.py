"""A wrong setting stops the start with one line that names it; nothing is guessed, nothing secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.settings import Address, Secret, Settings

TOKEN = "123:planted-token"


def load(**names: str) -> Settings:
    return Settings.load({f"SAPHAN_{name}": value for name, value in names.items()}, None)


def test_nothing_need_be_set() -> None:
    settings = load()

    assert settings.home == Path("var").absolute()
    assert settings.database_url == f"sqlite+aiosqlite:///{settings.home}/saphan.db"
    assert settings.secret_key_file.parent == settings.home
    assert settings.telegram_token is None
    assert settings.telegram_api == "https://api.telegram.org"
    assert (str(settings.listen), str(settings.desk_listen)) == ("127.0.0.1:8080", "127.0.0.1:8081")
    assert settings.desk_url == "http://localhost:8081"
    assert settings.engine_url is None
    assert settings.organisation == "Saphan"
    assert settings.log_level == "INFO"


def test_an_empty_value_counts_as_not_set() -> None:
    assert load(TELEGRAM_TOKEN="", COUNTRY=" ").telegram_token is None


def test_the_desk_is_named_by_the_port_it_listens_on() -> None:
    assert load(DESK_LISTEN="127.0.0.1:9000").desk_url == "http://localhost:9000"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LISTEN", "8080"),
        ("LISTEN", "host:99999"),
        ("LISTEN", "::1:80"),
        ("DESK_LISTEN", "http://127.0.0.1:8081"),
        ("DESK_LISTEN", "127.0.0.1:8080"),
        ("DESK_LISTEN", "localhost:8080"),
        ("DESK_LISTEN", "0.0.0.0:8080"),
        ("DESK_URL", "http://desk.example"),
        ("DESK_URL", "https://desk.example/path"),
        ("TELEGRAM_API", "api.telegram.org"),
        ("TELEGRAM_API", "https://api.telegram.org/bot"),
        ("TELEGRAM_API", "https://host:port"),
        ("TELEGRAM_TOKEN", "no token"),
        ("STAFF_TELEGRAM_TOKEN", "123"),
        ("SMTP_URL", "mail.example"),
        ("DATABASE_URL", "mysql://db/saphan"),
        ("DATABASE_URL", "postgresql://db/saphan"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("COUNTRY", "Thailand"),
        ("ORGANISATION", "x" * 81),
        ("ORGANISATION", "two\nlines"),
        ("LOG_LEVEL", "LOUD"),
        ("HOME", __file__),
    ],
)
def test_a_wrong_value_is_named_in_one_line_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(**{name: value})

    sentence = str(caught.value)
    assert sentence.startswith(f"SAPHAN_{name} should be ")
    assert "\n" not in sentence
    assert caught.value.__cause__ is None


def test_an_unknown_name_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(SettingError, match="TOKNE is not a setting; did you mean SAPHAN_TELEGRAM_TOKEN"):
        load(TELEGRAM_TOKNE=TOKEN)


@pytest.mark.parametrize("url", ["https://engine.example:5005", "http://127.0.0.1:5005", "http://[::1]:5005"])
def test_an_engine_elsewhere_is_reached_by_https_or_loopback(url: str) -> None:
    assert load(ENGINE_URL=url, ENGINE_TOKEN="t" * 16).engine_url == url


def test_an_engine_elsewhere_is_never_reached_in_the_clear() -> None:
    with pytest.raises(SettingError, match="SAPHAN_ENGINE_URL should be an https"):
        load(ENGINE_URL="http://10.0.0.2:5005", ENGINE_TOKEN="t" * 16)


@pytest.mark.parametrize(
    ("names", "named"),
    [
        ({"ENGINE_URL": "https://engine.example"}, "SAPHAN_ENGINE_TOKEN"),
        ({"ENGINE_TOKEN": "short"}, "SAPHAN_ENGINE_TOKEN"),
        ({"ENGINE_URL": "https://engine.example", "ENGINE_TOKEN": "short"}, "SAPHAN_ENGINE_TOKEN"),
    ],
)
def test_an_engine_elsewhere_needs_a_token_that_cannot_be_guessed(names: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=f"^{named} should be "):
        load(**names)


def test_a_machine_that_runs_only_the_engine_needs_only_the_token() -> None:
    settings = load(ENGINE_TOKEN="t" * 16)

    assert (settings.engine_url, settings.engine_token) == (None, Secret("t" * 16))


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\nexport SAPHAN_COUNTRY=th\nSAPHAN_ORGANISATION='Safe Line'\nOTHER=1\n\n")

    settings = Settings.load({"SAPHAN_COUNTRY": "la"}, file)

    assert (settings.country, settings.organisation) == ("LA", "Safe Line")


def test_a_file_that_does_not_exist_is_no_fault(tmp_path: Path) -> None:
    assert Settings.load({}, tmp_path / ".env") == load()


def test_a_line_of_the_file_that_is_no_setting_is_named_by_number(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"SAPHAN_COUNTRY=TH\n{TOKEN}\n")

    with pytest.raises(SettingError, match=r"^\.env line 2 should be NAME=value$"):
        Settings.load({}, file)


def test_no_secret_is_in_any_representation() -> None:
    settings = load(
        TELEGRAM_TOKEN=TOKEN,
        SMTP_URL="smtps://me:planted@mail.example:465",
        DATABASE_URL="postgresql+psycopg://me:planted@db/saphan",
    )

    assert "planted" not in repr(settings) + str(settings.telegram_token) + f"{settings.smtp_url}"
    assert settings.telegram_token == Secret(TOKEN)
    assert settings.telegram_token is not None
    assert settings.telegram_token.reveal() == TOKEN


def test_an_address_is_written_as_in_a_url() -> None:
    assert str(Address.parse("[::1]:80")) == "[::1]:80"


def test_free_ports_never_clash() -> None:
    assert load(LISTEN="127.0.0.1:0", DESK_LISTEN="127.0.0.1:0").listen.port == 0
