"""What an operator may set (design/contract.md, *Settings*): read once, checked at the start, never changed after.

No message made here repeats a value: it may be a token.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.errors import SettingError

PREFIX: Final = "SAPHAN_"
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
ANY_ADDRESS: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound


class Secret:
    """A value that prints as `Secret(...)`; only `reveal()` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Keep the value out of every representation."""
        self._value = value

    def reveal(self) -> str:
        """Give the value itself, for the one place that sends it."""
        return self._value

    def __repr__(self) -> str:
        """Say that there is a secret, and nothing of it."""
        return "Secret(...)"

    def __eq__(self, other: object) -> bool:
        """Two secrets are equal when their values are."""
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((Secret, self._value))


@dataclass(frozen=True)
class Address:
    """Where to listen. Port 0 asks the system for a free one."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read `host:port` or `[v6]:port`; anything else raises ValueError without the text."""
        host, colon, port = text.rpartition(":")
        bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
        if not colon or not bare or (":" in bare) != (bare != host) or re.search(r"[\s/@]", bare):
            raise ValueError("not host:port")
        if not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > 65535:  # noqa: PLR2004 - the highest TCP port
            raise ValueError("not a port")
        return cls(bare, int(port))

    def clashes_with(self, other: Address) -> bool:
        """Tell whether both cannot be listened on, or a browser would mix them up."""
        if self.port != other.port or self.port == 0:
            return False
        return (
            self.host == other.host
            or bool(ANY_ADDRESS & {self.host, other.host})
            or (is_loopback(self.host) and is_loopback(other.host))
        )

    def __str__(self) -> str:
        """Give `host:port` as it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address never leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Settings:
    """Everything an operator may set."""

    home: Path
    """`SAPHAN_HOME`: folder for everything written, absolute; it need not exist yet."""
    database_url: str = field(repr=False)
    """`SAPHAN_DATABASE_URL`: SQLite (`sqlite+aiosqlite:///`) or PostgreSQL (`postgresql+psycopg://`)."""
    secret_key_file: Path
    """`SAPHAN_SECRET_KEY_FILE`: the server key; made at the first start with mode 0600."""
    telegram_token: Secret | None
    """`SAPHAN_TELEGRAM_TOKEN`: the bot's token; None: no Telegram."""
    telegram_api: str
    """`SAPHAN_TELEGRAM_API`: scheme, host and port of the Bot API, without `/bot`."""
    staff_telegram_token: Secret | None
    """`SAPHAN_STAFF_TELEGRAM_TOKEN`: a second bot, for alerts to staff."""
    smtp_url: Secret | None
    """`SAPHAN_SMTP_URL`: mail for alerts to staff; a secret, for it can hold a password."""
    listen: Address
    """`SAPHAN_LISTEN`: where the web chat listens."""
    desk_listen: Address
    """`SAPHAN_DESK_LISTEN`: where the desk listens; never the web chat's address."""
    desk_url: str
    """`SAPHAN_DESK_URL`: the desk's public address, without a slash at the end (links, cookies)."""
    engine_url: str | None
    """`SAPHAN_ENGINE_URL`: an engine that runs elsewhere; None: the app starts its own."""
    engine_token: Secret | None
    """`SAPHAN_ENGINE_TOKEN`: that engine's bearer token, or the one that `saphan engine` asks for."""
    country: str | None
    """`SAPHAN_COUNTRY`: ISO 3166 code of the country whose reviewed contacts are offered first."""
    organisation: str
    """`SAPHAN_ORGANISATION`: name of the home organisation as people read it."""
    log_level: str
    """`SAPHAN_LOG_LEVEL`: level of the app's log; no level shows a person's words."""

    @classmethod
    def load(cls, environ: Mapping[str, str], env_file: Path | None) -> Settings:
        """Read the environment over the file (which may be missing); raise SettingError with one line."""
        given = _Given.collect(environ, env_file)
        home = Path(given.text("HOME", "var")).expanduser().absolute()
        if home.exists() and not home.is_dir():
            raise given.wrong("HOME", "a folder")
        listen = given.address("LISTEN", "127.0.0.1:8080")
        desk_listen = given.address("DESK_LISTEN", "127.0.0.1:8081")
        if listen.clashes_with(desk_listen):
            raise given.wrong("DESK_LISTEN", "another port than SAPHAN_LISTEN: people and staff never share an address")
        engine_url, engine_token = given.engine()
        return cls(
            home=home,
            database_url=given.database_url(home),
            secret_key_file=Path(given.text("SECRET_KEY_FILE", str(home / "secret.key"))).expanduser().absolute(),
            telegram_token=given.telegram_token("TELEGRAM_TOKEN"),
            telegram_api=given.url("TELEGRAM_API", "https://api.telegram.org"),
            staff_telegram_token=given.telegram_token("STAFF_TELEGRAM_TOKEN"),
            smtp_url=given.smtp_url(),
            listen=listen,
            desk_listen=desk_listen,
            desk_url=given.url("DESK_URL", f"http://localhost:{desk_listen.port}", safe=True),
            engine_url=engine_url,
            engine_token=engine_token,
            country=given.country(),
            organisation=given.organisation(),
            log_level=given.log_level(),
        )


_NAMES: Final = frozenset(PREFIX + name.upper() for name in Settings.__dataclass_fields__)


@dataclass(frozen=True)
class _Given:
    """The names that were set, each read in its own shape; an empty value counts as not set."""

    values: Mapping[str, str]

    @classmethod
    def collect(cls, environ: Mapping[str, str], env_file: Path | None) -> _Given:
        merged = {**_read_file(env_file), **environ}
        ours = {name: value.strip() for name, value in merged.items() if name.startswith(PREFIX)}
        for name in sorted(ours.keys() - _NAMES):
            near = difflib.get_close_matches(name, _NAMES, n=1)
            hint = f"did you mean {near[0]}?" if near else "see docs/operators.md for the names"
            raise SettingError(f"{_printable(name)} is not a setting; {hint}")
        return cls({name: value for name, value in ours.items() if value})

    def wrong(self, name: str, should_be: str) -> SettingError:
        return SettingError(f"{PREFIX}{name} should be {should_be}")

    def get(self, name: str) -> str | None:
        return self.values.get(PREFIX + name)

    def text(self, name: str, default: str) -> str:
        return self.values.get(PREFIX + name, default)

    def address(self, name: str, default: str) -> Address:
        try:
            return Address.parse(self.text(name, default))
        except ValueError:
            raise self.wrong(name, f"host:port, such as {default}") from None

    def url(self, name: str, default: str, *, safe: bool = False) -> str:
        """Read scheme, host and port; `safe` refuses plain HTTP to another machine."""
        example = f"scheme://host:port without a path, such as {default}"
        parts = _split(self.text(name, default))
        if parts is None or parts.scheme not in ("http", "https"):
            raise self.wrong(name, example)
        if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
            raise self.wrong(name, example)
        if safe and parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise self.wrong(name, "an https:// address, for it is on another machine (http only on loopback)")
        return f"{parts.scheme}://{parts.netloc}"

    def database_url(self, home: Path) -> str:
        url = self.text("DATABASE_URL", f"sqlite+aiosqlite:///{home / 'saphan.db'}")
        is_sqlite = re.fullmatch(r"sqlite\+aiosqlite:///[^?]+(\?.*)?", url) and not url.endswith(":memory:")
        is_postgresql = re.fullmatch(r"postgresql\+psycopg://[^/]*/[^/?]+(\?.*)?", url)
        if not is_sqlite and not is_postgresql:
            raise self.wrong("DATABASE_URL", "sqlite+aiosqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE")
        return url

    def telegram_token(self, name: str) -> Secret | None:
        token = self.get(name)
        if token is None:
            return None
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
            raise self.wrong(name, "a bot token as BotFather gives it, NUMBER:LETTERS")
        return Secret(token)

    def smtp_url(self) -> Secret | None:
        url = self.get("SMTP_URL")
        if url is None:
            return None
        parts = _split(url)
        if parts is None or parts.scheme not in ("smtp", "smtps"):
            raise self.wrong("SMTP_URL", "smtps://USER:PASSWORD@HOST:PORT (or smtp://)")
        return Secret(url)

    def engine(self) -> tuple[str | None, Secret | None]:
        """Read address and token of an engine elsewhere; a token alone is what `saphan engine` asks callers for."""
        token = self.get("ENGINE_TOKEN")
        if token is not None and not re.fullmatch(r"[!-~]{16,}", token):
            raise self.wrong("ENGINE_TOKEN", "16 or more letters, digits and signs")
        if self.get("ENGINE_URL") is None:
            return None, Secret(token) if token else None
        if token is None:
            raise self.wrong("ENGINE_TOKEN", "set too when SAPHAN_ENGINE_URL is")
        return self.url("ENGINE_URL", "https://engine.example:5005", safe=True), Secret(token)

    def country(self) -> str | None:
        code = self.get("COUNTRY")
        if code is not None and not re.fullmatch(r"[A-Za-z]{2}", code):
            raise self.wrong("COUNTRY", "a country code of two letters, such as TH")
        return code.upper() if code else None

    def organisation(self) -> str:
        name = self.text("ORGANISATION", "Saphan")
        if len(name) > 80 or not name.isprintable():  # noqa: PLR2004 - it has to fit into a sentence on a phone
            raise self.wrong("ORGANISATION", "a name of at most 80 printable characters")
        return name

    def log_level(self) -> str:
        level = self.text("LOG_LEVEL", "INFO").upper()
        if level not in LEVELS:
            raise self.wrong("LOG_LEVEL", "one of " + ", ".join(LEVELS))
        return level


class _Parts:
    """A URL that has a host and a usable port."""

    def __init__(self, text: str) -> None:
        parts = urlsplit(text)
        self.scheme, self.netloc, self.path = parts.scheme, parts.netloc, parts.path
        self.query, self.fragment = parts.query, parts.fragment
        self.hostname, self.port = parts.hostname, parts.port


def _split(url: str) -> _Parts | None:
    try:
        parts = _Parts(url)
    except ValueError:
        return None
    return parts if parts.hostname and not re.search(r"\s", url) else None


def _printable(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "?", name)[:60]


def _read_file(path: Path | None) -> dict[str, str]:
    """Read `NAME=value` lines; blank lines, `#` lines, `export` and one pair of quotes are understood."""
    if path is None or not path.exists():
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{path.name} cannot be read; it should be a text file of NAME=value lines") from None
    values: dict[str, str] = {}
    for number, raw in enumerate(lines, start=1):
        line = raw.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name.strip()):
            raise SettingError(f"{path.name} line {number} should be NAME=value")
        values[name.strip()] = _unquote(value.strip())
    return values


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
