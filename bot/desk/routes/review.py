"""Review: listed cases without text, one case with the person's consent, two readers, and signed weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live_review import follow_review
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.domain.review import VERDICTS
from bot.services.review.readers import LONGEST_REASON, PAGE, Answer

AnyRequest = Request[Any, Any, Any]
VERDICT = "verdict-"
PHASE = "phase-"


@get("/review", opt=to("cases.list"))
async def show_list(
    request: AnyRequest, after: Annotated[int | None, QueryParameter(ge=0, le=1_000_000)] = None
) -> Response[Any]:
    """Show listed cases: codes, level, language, days; no text."""
    cases = await services_of(request).reviews.listed(session_of(request), after or 0)
    later = (after or 0) + PAGE if len(cases) == PAGE else None
    return pages.page(request, "review.html", cases=cases, later=later)


@post("/review/{code:str}/ask", opt=to("cases.list"))
async def ask(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Let the program ask the person whether reviewers may look."""
    await services_of(request).reviews.ask(session_of(request), code)
    return pages.go_to("/review")


@get("/review/{code:str}", opt=to("cases.read"))
async def show_case(request: AnyRequest, code: FromPath[str], only: FromQuery[str] = "") -> Response[Any]:
    """Show a case; `only` shows further evidence of one code."""
    services = services_of(request)
    case = await services.review_pages.look(session_of(request), code, only)
    return pages.page(
        request,
        "review_case.html",
        case=case,
        only=only,
        verdicts=VERDICTS,
        longest_reason=LONGEST_REASON,
        rows=services.reviews.rows_of_catalogue,
    )


@get("/review/{code:str}/live", opt=to("cases.read"))
async def follow_case(request: AnyRequest, code: FromPath[str]) -> ServerSentEvent:
    """Close the open page at once when the person takes their yes back, or anything else that it needs ends."""
    conversation = await services_of(request).reviews.find(session_of(request), code)
    return ServerSentEvent(follow_review(request, conversation))


@post("/review/{code:str}/begin", opt=to("cases.read"))
async def begin(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Read as the first or the second reader."""
    services, session = at_desk(request)
    await services.reviews.begin(session, await services.reviews.find(session, code))
    return pages.go_to(f"/review/{code}#readers")


@post("/review/{code:str}/sheet", opt=to("cases.read"))
async def save(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Keep one's own marks; with `done`, end one's reading."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.reviews.find(session, code)
    await services.reviews.save(session, conversation, _answers(form))
    if form.get("do") == "done":
        await services.reviews.finish(session, conversation)
    return pages.go_to(f"/review/{code}#readers")


@post("/review/{code:str}/settle", opt=to("cases.read"))
async def settle(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Settle one difference with a reason."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.reviews.find(session, code)
    answer = Answer(form.get("subject", ""), form.get("verdict", ""), form.get("phase", ""))
    await services.reviews.settle(session, conversation, answer, form.get("reason", ""))
    return pages.go_to(f"/review/{code}#readers")


@get("/review/weights", opt=to("weights.sign"))
async def show_weights(request: AnyRequest) -> Response[Any]:
    """Show weights that were entered, who stands for them, and the form for new ones."""
    weights = services_of(request).weights
    files = await weights.listed(session_of(request))
    return pages.page(request, "review_weights.html", files=files, sets=weights.sets)


@post("/review/weights", opt=to("weights.sign"))
async def enter_weights(request: AnyRequest) -> Response[Any]:
    """Keep weights that one person typed from the list."""
    form = await form_of(request)
    fields = [form.get(name, "") for name in ("set", "version", "source", "weights")]
    await services_of(request).weights.enter(session_of(request), *fields)
    return pages.go_to("/review/weights")


@post("/review/weights/{file:int}/sign", opt=to("weights.sign"))
async def sign_weights(request: AnyRequest, file: FromPath[int]) -> Response[Any]:
    """Stand for weights that somebody else typed."""
    await services_of(request).weights.sign(session_of(request), file)
    return pages.go_to("/review/weights")


def _answers(form: Mapping[str, str]) -> list[Answer]:
    """Read the marks of a form: a verdict for each code, a phase where one is chosen, and one code that is added."""
    marked = [name.removeprefix(VERDICT) for name in form if name.startswith(VERDICT)]
    answers = [Answer(name, form[VERDICT + name], form.get(PHASE + name, "")) for name in marked]
    added, place = form.get("add", ""), form.get("add-message", "").strip()
    if added:
        seq = int(place) if place.isascii() and place.isdecimal() and len(place) < len("1000000") else 0
        answers.append(Answer(added, "yes", form.get("add-phase", ""), seq))
    return answers
