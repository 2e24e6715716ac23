"""Renders the desk's pages. Everything that is put into a template is escaped, and a missing value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.response import Redirect

from bot.desk import security
from bot.domain.codes import LANGUAGES
from bot.services.counsel import LONGEST, OUTCOMES, RETURN_REASONS
from bot.services.staff import NAME_LENGTH, PASSPHRASE_LENGTH, ROLES

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"

UNDER_A_MINUTE: Final = "under 1 min"
LANGUAGE_NAMES: Final = {
    "en": "English",
    "th": "Thai",
    "my": "Burmese",
    "km": "Khmer",
    "lo": "Lao",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "id": "Indonesian",
    "ms": "Malay",
    "tl": "Filipino",
}
LEVEL_NAMES: Final = {"P0": "now", "P1": "hours", "P2": "a day", "P3": "days", "P4": "information"}
STATE_NAMES: Final = {
    "heard": "heard",
    "confirmed": "confirmed",
    "denied": "they said no",
    "skipped": "left out: not a no",
    "reviewed": "reviewed",
}
ALERT_NAMES: Final = {
    "danger": "Danger now",
    "waiting": "Somebody waits for a person",
    "waits_too_long": "Somebody waits longer than they should",
    "promise_due": "A promised time is near",
    "promise_broken": "A promised time has passed",
    "promise_broken_twice": "For supervisors: a promise was broken again",
    "takeover": "Somebody else has the person's phone",
    "complaint": "For supervisors: somebody wants to complain",
    "engine": "The program cannot read or answer",
    "poison": "A message could not be read and was set aside",
    "key_recovered": "The organisation's key was opened with the recovery key",
}


def make_environment() -> Environment:
    """Make the template environment."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        ago=ago,
        lasting=lasting,
        words=words,
        clock=clock,
        language=LANGUAGE_NAMES.get,
        alert=alert_name,
        state=STATE_NAMES.get,
    )
    environment.globals.update(
        languages=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        levels=LEVEL_NAMES,
        roles=ROLES,
        outcomes=OUTCOMES,
        reasons=RETURN_REASONS,
        longest=LONGEST,
        name_length=NAME_LENGTH,
        passphrase_length=PASSPHRASE_LENGTH,
    )
    return environment


def render(request: Request[Any, Any, Any], template: str, values: Mapping[str, Any]) -> str:
    """Render a template for this browser."""
    environment: Environment = request.app.state.environment
    shared = {
        "me": security.session_or_none(request),
        "csrf": security.form_token(request),
        "now": security.services_of(request).clock.now(),
        "path": request.scope["path"],
    }
    return environment.get_template(template).render({**shared, **values})


def page(request: Request[Any, Any, Any], template: str, status: int = 200, **values: Any) -> Response[str]:
    """Answer with a page; a browser without a session gets the cookie of its visit with it."""
    cookies = []
    if security.session_or_none(request) is None:
        cookies = [security.make_cookie(request, "visit", security.visit_of(request))]
    content = render(request, template, values)
    return Response(content, media_type=MediaType.HTML, status_code=status, cookies=cookies)


def is_live(request: Request[Any, Any, Any]) -> bool:
    """Tell whether htmx asks, so that a part of the page is enough."""
    return request.headers.get("hx-request") == "true"


def go_to(path: str) -> Redirect:
    """Answer a form: see another page."""
    return Redirect(path, status_code=303)


def ago(since: datetime, now: datetime) -> str:
    """Say how long ago something was."""
    gap = lasting(since, now)
    return "just now" if gap == UNDER_A_MINUTE else f"{gap} ago"


def lasting(since: datetime, now: datetime) -> str:
    """Say how long something has lasted."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return UNDER_A_MINUTE
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:  # noqa: PLR2004 - hours of a day
        return f"{hours} h {minutes:02} min"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h"


def words(code: str) -> str:
    """Write a code as words."""
    return code.replace("_", " ")


def clock(at: datetime) -> str:
    """Give the time as it stands without JavaScript; with it the browser shows its own zone."""
    return at.strftime("%d %b %H:%M UTC")


def alert_name(kind: str) -> str:
    """Say what an alert is about."""
    return ALERT_NAMES.get(kind, words(kind).capitalize())
