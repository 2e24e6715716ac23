"""Turns what a page shows into HTML. Every sentence comes from the words files; every word of a person is escaped."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from bot.channels.webchat.parts import Webchat
from bot.channels.webchat.session import Session, WebRequest, cookie_of, form_token, new_nonce
from bot.domain.codes import LANGUAGES
from bot.services.ports import Outgoing
from bot.services.receive import language_of_hint

HERE: Final = Path(__file__).parent
TEMPLATES: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
HTML_LANG: Final = {"tl": "fil"}
LONGEST_HINT: Final = 200


@dataclass(frozen=True)
class Screen:
    """What one page shows besides its frame."""

    started: bool
    """The person has a conversation here."""
    covered: bool = False
    """The screen is changed: nothing around the talk may tell of anything else."""
    messages: tuple[Outgoing, ...] = ()
    notice: str = ""
    """Key of a sentence above the talk."""
    draft: str = field(default="", repr=False)
    """What the person wrote and we could not take: it is not lost."""


def chosen_language(request: WebRequest, given: str | None = None) -> str:
    """Give the language the person chose by link or form, or an empty text."""
    code = given if given is not None else str(request.query_params.get("lang", ""))
    return code if code in LANGUAGES else ""


def language_of(request: WebRequest, chosen: str) -> str:
    """Give the chosen language, else the first of the browser's that we speak, else English."""
    if chosen:
        return chosen
    for part in request.headers.get("accept-language", "")[:LONGEST_HINT].split(","):
        code = part.split(";")[0].strip()
        language = language_of_hint(code)
        if language != "en" or code.casefold().startswith("en"):
            return language
    return "en"


def show_chat(request: WebRequest, web: Webchat, session: Session, chosen: str, screen: Screen) -> dict[str, Any]:
    """Gather what the chat page needs."""
    return _frame(request, web, session, chosen) | {
        "screen": screen,
        "rows": screen.messages[-1].rows if screen.messages else (),
    }


def page(
    request: WebRequest,
    web: Webchat,
    template: str,
    context: dict[str, Any],
    *,
    session: Session | None = None,
    status: int = 200,
) -> Response[str]:
    """Render a page, with the session's cookie when it is new."""
    return Response(
        TEMPLATES.get_template(template).render(context),
        status_code=status,
        media_type=MediaType.HTML,
        cookies=[cookie_of(request, session)] if session is not None and session.fresh else [],
    )


def plain_frame(request: WebRequest, web: Webchat, chosen: str) -> dict[str, Any]:
    """Give what every page needs, also one without a session."""
    language = language_of(request, chosen)
    return {
        "html_lang": HTML_LANG.get(language, language),
        "say": partial(web.words.say, language=language),
        "chosen": chosen,
        "suffix": f"?lang={chosen}" if chosen else "",
        "and_lang": f"&lang={chosen}" if chosen else "",
        "leave_to": web.leave_to,
    }


def _frame(request: WebRequest, web: Webchat, session: Session, chosen: str) -> dict[str, Any]:
    return plain_frame(request, web, chosen) | {
        "token": form_token(session, web.hash_token),
        "nonce": new_nonce(),
        "languages": [(code, web.words.say(f"languages.{code}", code)) for code in LANGUAGES],
    }


def show_come_back(request: WebRequest, web: Webchat, session: Session, chosen: str, notice: str) -> dict[str, Any]:
    """Gather what the page of the six words needs."""
    return _frame(request, web, session, chosen) | {"notice": notice}
