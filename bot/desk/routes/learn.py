"""Learning: sentences that reviewers write beside what they read, for the reader to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.domain.rewording import LONGEST
from bot.services.ports.figure_rows import Correction


@get("/learn", opt=to("sentences.write"))
async def show_learn(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what was written, and where to write more."""
    return pages.page(request, "learn.html", kept=await services_of(request).learn.kept())


@post("/learn", opt=to("sentences.write"))
async def find_lesson(request: Request[Any, Any, Any]) -> Response[Any]:
    """Go to the talk of a case code."""
    code = (await form_of(request)).get("code", "").strip().upper()
    return pages.go_to(f"/learn/{code}" if code.replace("-", "").isalnum() and code.isascii() else "/learn")


@get("/learn/{code:str}", opt=to("sentences.write"))
async def show_lesson(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Show the messages of a talk beside the form."""
    return await _lesson(request, code)


@post("/learn/{code:str}", opt=to("sentences.write"))
async def keep_sentence(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Keep a new sentence with its labels."""
    form = await form_of(request)
    services, session = at_desk(request)
    given = Correction(
        language=form.get("spoken", ""),
        text=" ".join(form.get("text", "").split()),
        intent=form.get("intent", ""),
        indicators=tuple(code for code in INDICATOR_CODES if f"says-{code}" in form),
        urgency=form.get("urgency", "none"),
        by=session.member.id,
        at=services.clock.now(),
    )
    with session.once(form.get("form", "")) as first:
        wrong = await services.learn.keep(session, code, given) if first else ()
    if wrong:
        return await _lesson(request, code, given, wrong)
    return pages.go_to(f"/learn/{code}")


@post("/learn/sentences/{number:int}/drop", opt=to("sentences.write"))
async def drop_sentence(request: Request[Any, Any, Any], number: FromPath[int]) -> Response[Any]:
    """Take a sentence out again."""
    await services_of(request).learn.drop(session_of(request), number)
    return pages.go_to("/learn")


async def _lesson(
    request: Request[Any, Any, Any], code: str, given: Correction | None = None, wrong: Sequence[str] = ()
) -> Response[Any]:
    services, session = at_desk(request)
    lesson = await services.learn.look(session, code)
    values: dict[str, Any] = {"lesson": lesson, "given": given, "wrong": wrong, "most_letters": LONGEST}
    labels: dict[str, Any] = {"codes_of": INDICATOR_CODES, "urgencies": URGENCIES}
    intents = await services.learn.intents()
    return pages.page(request, "lesson.html", 422 if wrong else 200, intents=intents, **values, **labels)
