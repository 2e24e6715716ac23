"""Who may send what to the desk: an action on every route, session cookie, form token, origin, and headers.

Which role may do an action stands in `bot/domain/roles.json`. A route with no stated action is closed. Nothing here
trusts a browser more than it has to: a form counts only with the token of its own session, and only when it does not
come from another site.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.handlers import BaseRouteHandler
from litestar.types import Message, Scope

from bot.desk.services import Services
from bot.private_http import read_cookies, read_form
from bot.services.sign_in import Session
from bot.settings import is_loopback

OPEN: Final = "open to anyone"


def to(action: str) -> dict[str, str]:
    """Give what a route states of itself: who may do this action reaches it."""
    return {"action": action}


ANYONE: Final = to(OPEN)
"""For routes that must work before somebody signed in."""
STAFF: Final = to("desk.enter")
COUNSELLORS: Final = to("conversation.counsel")
SUPERVISORS: Final = to("desk.lead")

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "x-robots-tag": "noindex, nofollow",
}
FRAMED: Final = {"framed": "yes"}
"""For a route that pages of the desk show within themselves. It must offer nothing that could be pressed."""
_FRAMED_POLICY: Final = HEADERS["content-security-policy"].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_FORM: Final = 160 * 1024
"""The longest message (`bot.services.counsel.LONGEST`) as a form carries it: up to twelve bytes a character."""
MANY: Final = frozenset({"role", "language", "check", "about", "sentence"})
"""Fields of which a form may send several; they are read as one, with a comma between them."""


class NeedsSignIn(Exception):
    """Nobody is signed in at this browser."""


class Closed(Exception):
    """The route has no action, or none of the member's roles may do it."""


class StaleForm(Exception):
    """The form is another session's, too old, or comes from another site."""


def services_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Services:
    """Give the use cases of this desk."""
    services: Services = connection.app.state.services
    return services


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session:
    """Give the session that the guard found; raises NeedsSignIn on a route that is open to anyone."""
    session = session_or_none(connection)
    if session is None:
        raise NeedsSignIn
    return session


def session_or_none(connection: ASGIConnection[Any, Any, Any, Any]) -> Session | None:
    """Give the session of this request, or None."""
    session: Session | None = connection.scope["state"].get("desk_session")
    return session


def at_desk(connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[Services, Session]:
    """Give the use cases and who is signed in: what nearly every route begins with. Raises NeedsSignIn."""
    return services_of(connection), session_of(connection)


async def check_action(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard every route: find the session, and look whether the member may do what the route is for."""
    action: str = handler.opt.get("action", "")
    if not action:
        raise Closed
    session = None
    if not handler.opt.get("is_static"):
        session = await services_of(connection).sessions.resume(cookie_of(connection, "desk"))
        connection.scope["state"]["desk_session"] = session
    if action == OPEN:
        return
    if session is None:
        raise NeedsSignIn
    if not session.may(action):
        raise Closed


async def check_form(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard every route that changes something: the form is this session's and does not come from another site."""
    if not isinstance(connection, Request):
        raise Closed
    if connection.method in SAFE_METHODS:
        return
    if not _is_from_here(connection):
        raise StaleForm
    form = await form_of(connection)
    if not hmac.compare_digest(form.get("csrf", "").encode(), form_token(connection).encode()):
        raise StaleForm


def _is_from_here(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Compare the origin, which a browser sends as `null` under `no-referrer`: then its fetch metadata decides."""
    site = connection.headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    origin = connection.headers.get("origin")
    if origin in (None, "null"):
        return origin is None or site == "same-origin"
    return origin in connection.app.state.origins


def form_token(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Give the token that a form of this browser carries."""
    session = session_or_none(connection)
    if session is not None:
        return session.csrf
    return services_of(connection).vault.hash_token("form:" + visit_of(connection)).hex()


def visit_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Give the random name of this browser's visit before sign-in; a new one is set with the answer."""
    state = connection.scope["state"]
    if "visit" not in state:
        state["visit"] = cookie_of(connection, "visit") or secrets.token_urlsafe(24)
    visit: str = state["visit"]
    return visit


async def form_of(request: Request[Any, Any, Any]) -> Mapping[str, str]:
    """Read the form. Litestar's own parser keeps every body in a cache, and bodies hold passphrases here."""
    state = request.scope["state"]
    if "form" not in state:
        try:
            fields = read_form(await request.body())
        except ValueError:
            raise StaleForm from None
        form: dict[str, str] = {}
        for name, value in fields:
            joins = name in MANY and name in form
            form[name] = f"{form[name]},{value}" if joins else value
        state["form"] = form
    read: Mapping[str, str] = state["form"]
    return read


def cookies_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Mapping[str, str]:
    """Read the cookies; like forms, they must not stay in a cache of the framework."""
    return read_cookies(connection.headers.get("cookie", ""))


def cookie_of(connection: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    """Give what a cookie of the desk holds; empty where there is none."""
    return cookies_of(connection).get(_cookie_name(connection, name), "")


def make_cookie(connection: ASGIConnection[Any, Any, Any, Any], name: str, value: str | None) -> Cookie:
    """Make a cookie of the desk for this browser session; None takes it away."""
    return Cookie(
        key=_cookie_name(connection, name),
        value=value or "",
        max_age=0 if value is None else None,
        path="/",
        secure=connection.app.state.is_secure,
        httponly=True,
        samesite="strict",
    )


def _cookie_name(connection: ASGIConnection[Any, Any, Any, Any], name: str) -> str:
    return f"__Host-{name}" if connection.app.state.is_secure else name


def origins_of(url: str) -> frozenset[str]:
    """Give the origins under which the desk may be open: its public one, and on loopback its other names."""
    parts = urlsplit(url)
    if not is_loopback(parts.hostname or ""):
        return frozenset({f"{parts.scheme}://{parts.netloc}"})
    port = "" if parts.port is None else f":{parts.port}"
    return frozenset(f"{parts.scheme}://{host}{port}" for host in ("localhost", "127.0.0.1", "[::1]"))


async def add_headers(message: Message, scope: Scope) -> None:
    """Put the desk's headers on every answer, errors too."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        headers[name] = value
    # An address that leads nowhere has no handler.
    if getattr(scope.get("route_handler"), "opt", {}).get("framed"):
        headers["content-security-policy"] = _FRAMED_POLICY
        headers["x-frame-options"] = "SAMEORIGIN"
    if not scope["path"].startswith("/static/"):
        headers["cache-control"] = "no-store"
