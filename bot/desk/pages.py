"""Renders the desk's pages. Everything that is put into a template is escaped, and a missing value is an error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.response import Redirect

from bot.desk import security
from bot.desk.speech import OWN_NAMES, Speech, choose
from bot.domain.codes import LANGUAGES, Language
from bot.services.counsel import LONGEST, OUTCOMES, RETURN_REASONS
from bot.services.staff import NAME_LENGTH, PASSPHRASE_LENGTH, ROLES

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
LANGUAGE_COOKIE: Final = "language"


def make_environment() -> Environment:
    """Make the template environment."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates do not change while we run; looking whether they did costs more than a short one.
        auto_reload=False,
    )
    environment.globals.update(
        languages=LANGUAGES,
        spoken=OWN_NAMES,
        roles=ROLES,
        outcomes=OUTCOMES,
        reasons=RETURN_REASONS,
        longest=LONGEST,
        name_length=NAME_LENGTH,
        passphrase_length=PASSPHRASE_LENGTH,
    )
    return environment


def speech_of(request: Request[Any, Any, Any]) -> Speech:
    """Give how pages speak: as the member chose, else as was chosen at this browser, else as it asks."""
    session = security.session_or_none(request)
    chosen = (session.member.desk_language if session else "") or security.cookie_of(request, LANGUAGE_COOKIE)
    language = choose(chosen, request.headers.get("accept-language", ""))
    speech: Mapping[Language, Speech] = request.app.state.speech
    return speech[language]


def render(request: Request[Any, Any, Any], template: str, values: Mapping[str, Any]) -> str:
    """Render a template for this browser."""
    environment: Environment = request.app.state.environment
    shared = {
        **speech_of(request).in_templates(),
        "me": security.session_or_none(request),
        "csrf": security.form_token(request),
        "now": security.services_of(request).clock.now(),
        "path": request.scope["path"],
        # Where the switch of language leads back to: a page that was the answer to a form cannot be asked for again.
        "back": request.scope["path"] if request.method == "GET" else "/",
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
