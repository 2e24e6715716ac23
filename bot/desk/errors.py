"""Turns what went wrong into a page that says what happened and what to do; never a trace of the program."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from bot.desk import pages
from bot.desk.security import Closed, NeedsSignIn, StaleForm
from bot.domain.access import LONGEST_REASON, SHORTEST_REASON, Barred
from bot.domain.ownership import NotPossible, State
from bot.domain.referral import NotNow
from bot.logs import get_logger
from bot.services.counsel import LONGEST, ClaimedBefore
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.ports import Stale
from bot.services.staff import NAME_LENGTH, PASSPHRASE_LENGTH, LinkExpired, Refused
from bot.services.vetting import NoSuchMember
from bot.services.working_here import NoSuchSession

logger = get_logger(__name__)

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]

LENGTHS: Final = {"name_length": NAME_LENGTH, "passphrase_length": PASSPHRASE_LENGTH}


def _say(request: AnyRequest, status: int, title: str, text: str = "", **args: str | int) -> Answer:
    """Answer with the sentences of two keys; the text's is the title's with `-why` where no other is named."""
    say = pages.speech_of(request).say
    told = {"title": say(f"errors.{title}"), "text": say(f"errors.{text or title + '-why'}", **args)}
    if pages.is_live(request):
        answer = pages.page(request, "parts/notice.html", status, **told)
        answer.headers["HX-Retarget"] = "#notice"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    return pages.page(request, "error.html", status, **told)


def _needs_sign_in(request: AnyRequest, _: Exception) -> Answer:
    if "text/event-stream" in request.headers.get("accept", ""):
        # An event source stops asking at this status.
        return Response(None, status_code=204)
    if pages.is_live(request):
        return Response(None, status_code=204, headers={"HX-Redirect": "/sign-in"})
    return pages.go_to("/sign-in")


def _nothing_here(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 404, "nothing-here")


def _closed(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 403, "closed")


def _stale_form(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 403, "stale-form")


def _link_expired(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 410, "link-expired")


def _claimed_before(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, ClaimedBefore)  # noqa: S101 - the table below maps it
    state = _where(request, exc.state)
    if exc.name:
        return _say(request, 409, "taken", "taken-by", name=exc.name, state=state)
    return _say(request, 409, "taken", state=state)


def _not_possible(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, NotPossible)  # noqa: S101 - the table below maps it
    return _say(request, 409, "not-possible", state=_where(request, exc.state))


def _where(request: AnyRequest, state: State) -> str:
    return pages.speech_of(request).say(f"errors.state-{state.value}")


def _not_allowed(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, NotAllowed)  # noqa: S101 - the table below maps it
    status = 403 if exc.reason in ("role", "key", "vetting", "language") else 422
    return _say(request, status, "did-not-work", f"missing-{exc.reason}", longest=LONGEST)


def _barred(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, Barred)  # noqa: S101 - the table below maps it
    status = {"lead": 403, "vetting": 403, "ground": 422, "reason": 422, "level": 422}.get(exc.reason, 409)
    lengths = {"shortest": SHORTEST_REASON, "longest": LONGEST_REASON}
    return _say(request, status, "did-not-work", f"barred-{exc.reason}", **lengths)


def _refused(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, Refused)  # noqa: S101 - the table below maps it
    return _say(request, 403 if exc.reason == "role" else 422, "did-not-work", f"refused-{exc.reason}", **LENGTHS)


def why_refused(request: AnyRequest, reason: str) -> str:
    """Say why something about staff is not possible."""
    return pages.speech_of(request).say(f"errors.refused-{reason}", **LENGTHS)


def _referral_moved(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 409, "referral-moved")


def _stale(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 409, "stale")


def _http(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, HTTPException)  # noqa: S101 - the table below maps it
    if exc.status_code in (404, 405):
        return _nothing_here(request, exc)
    if exc.status_code < 500:  # noqa: PLR2004 - the program's own faults begin there
        return _say(request, exc.status_code, "not-understood")
    return _fault(request, exc)


def _fault(request: AnyRequest, exc: Exception) -> Answer:
    logger.error("desk_failed", error=exc)
    return _say(request, 500, "fault")


HANDLERS: Final[ExceptionHandlersMap] = {
    NeedsSignIn: _needs_sign_in,
    NoSuchConversation: _nothing_here,
    NoSuchMember: _nothing_here,
    NoSuchSession: _nothing_here,
    Closed: _closed,
    StaleForm: _stale_form,
    LinkExpired: _link_expired,
    ClaimedBefore: _claimed_before,
    NotPossible: _not_possible,
    NotAllowed: _not_allowed,
    Barred: _barred,
    Refused: _refused,
    NotNow: _referral_moved,
    Stale: _stale,
    HTTPException: _http,
    Exception: _fault,
}
