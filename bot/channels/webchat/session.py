"""Who is on the other side of a request: a random token in a cookie that ends with the browser, and nothing else.

The token is the chat's id. A post is believed when it comes from our own page (`Sec-Fetch-Site`, `Origin`), with the
strict cookie and the form token that belongs to it. With `Referrer-Policy: no-referrer` browsers send `Origin: null`
from our own forms, so a null origin decides nothing by itself.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request
from litestar.datastructures import Cookie, State

from bot.channels.webchat.messenger import BOT, CHANNEL
from bot.private_http import read_cookies
from bot.services.records import Address

WebRequest = Request[Any, Any, State]
HashToken = Callable[[str], bytes]
"""Keyed hash with the server key."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_NONCE: Final = re.compile(r"[A-Za-z0-9_.-]{16,64}")


@dataclass(frozen=True)
class Session:
    """One browser's session; `fresh` when its cookie is still to be set."""

    token: str = field(repr=False)
    fresh: bool

    @property
    def address(self) -> Address:
        """Give the chat that this session is."""
        return Address(CHANNEL, BOT, self.token)


def new_session() -> Session:
    """Make a session of 32 random bytes."""
    return Session(secrets.token_urlsafe(32), fresh=True)


def session_of(request: WebRequest) -> Session | None:
    """Give the session of a request's cookie, or None."""
    token = read_cookies(request.headers.get("cookie", "")).get(_cookie_name(request), "")
    return Session(token, fresh=False) if _TOKEN.fullmatch(token) else None


def cookie_of(request: WebRequest, session: Session) -> Cookie:
    """Make the cookie: for this browser session only, out of reach of scripts and other sites."""
    return Cookie(
        key=_cookie_name(request),
        value=session.token,
        path="/",
        httponly=True,
        samesite="strict",
        secure=_is_https(request),
    )


def form_token(session: Session, hash_token: HashToken) -> str:
    """Give the token that a form of this session carries."""
    return hash_token(f"webchat-form:{session.token}").hex()


def believe(request: WebRequest, given: str, hash_token: HashToken) -> Session | None:
    """Give the session of a post that comes from our own page, or None."""
    session = session_of(request)
    if session is None or not is_from_here(request):
        return None
    expected = form_token(session, hash_token)
    return session if hmac.compare_digest(given.encode(errors="replace"), expected.encode()) else None


def new_nonce() -> str:
    """Make the mark of one form, so that a form sent twice is stored once."""
    return secrets.token_urlsafe(16)


def update_id(session: Session, nonce: str, kind: str, text: str, hash_token: HashToken) -> str:
    """Name one message: the same form with the same content is the same message, of this session only."""
    mark = nonce if _NONCE.fullmatch(nonce) else new_nonce()
    return hash_token(f"webchat-update\x00{session.token}\x00{mark}\x00{kind}\x00{text}").hex()[:40]


def comes_from_another_site(request: WebRequest) -> bool:
    """A link from elsewhere led here: the browser withheld the strict cookie, so its absence means nothing."""
    return request.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")


def is_from_here(request: WebRequest) -> bool:
    """Tell whether nothing says that a post comes from another site."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


def _is_https(request: WebRequest) -> bool:
    # A proxy that ends TLS says so; whoever forges it only makes their own cookie stricter.
    forwarded = request.headers.get("x-forwarded-proto", "").split(",")[0].strip()
    return "https" in (request.url.scheme, forwarded)


def _cookie_name(request: WebRequest) -> str:
    return "__Host-s" if _is_https(request) else "s"
