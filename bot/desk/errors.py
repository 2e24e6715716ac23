"""Turns what went wrong into a page that says what happened and what to do; never a trace of the program."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from bot.desk import pages
from bot.desk.security import Closed, NeedsSignIn, StaleForm
from bot.domain.ownership import NotPossible
from bot.logs import get_logger
from bot.services.counsel import LONGEST, ClaimedBefore, NoSuchConversation, NotAllowed
from bot.services.ports import Stale
from bot.services.staff import NAME_LENGTH, PASSPHRASE_LENGTH, LinkExpired, Refused

logger = get_logger(__name__)

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]

NOTHING_HERE: Final = (404, "There is nothing here", "It does not exist, was erased by the person, or is not yours.")
MISSING: Final = {
    "role": "Counsellors take conversations over. An administrator can give you that role.",
    "key": "You do not have the organisation's key yet. A supervisor grants it under People.",
    "language": "The person writes in a language that is not among yours.",
    "text": f"A message has between 1 and {LONGEST} characters.",
    "choice": "Please choose one of the reasons in the list.",
}
STATES: Final = {
    "BOT": "It is with the program again.",
    "OFFERED": "It is with the program again.",
    "PROMISED": "It is with the program, with a promise.",
    "QUEUED": "It waits in the queue.",
    "RESERVED": "It is reserved.",
    "HELD": "A counsellor holds it.",
    "TRANSFERRING": "It is being handed to another counsellor.",
    "CLOSED": "It is closed.",
}
REFUSED: Final = {
    "name": f"A name has between 1 and {NAME_LENGTH} characters.",
    "name_taken": "Somebody of that name works here already.",
    "roles": "Please choose at least one role.",
    "languages": "A counsellor or supervisor needs at least one language.",
    "organisation": "There is no such organisation.",
    "member": "That is not possible for this member now. The list may have changed.",
    "role": "Only a supervisor who has the organisation's key can do that.",
    "passphrase": f"A passphrase has at least {PASSPHRASE_LENGTH} characters and is not your name.",
    "differs": "The two passphrases are not the same.",
    "code": "That code does not fit. Check the clock of your phone, and type the newest code.",
    "recovery": "That recovery key does not open anything. Check each group of letters.",
    "again": "Something changed while you were here. Please send the form again.",
}


def _say(request: AnyRequest, status: int, title: str, text: str) -> Answer:
    if pages.is_live(request):
        answer = pages.page(request, "parts/notice.html", status, title=title, text=text)
        answer.headers["HX-Retarget"] = "#notice"
        answer.headers["HX-Reswap"] = "innerHTML"
        return answer
    return pages.page(request, "error.html", status, title=title, text=text)


def _needs_sign_in(request: AnyRequest, _: Exception) -> Answer:
    if "text/event-stream" in request.headers.get("accept", ""):
        # An event source stops asking at this status.
        return Response(None, status_code=204)
    if pages.is_live(request):
        return Response(None, status_code=204, headers={"HX-Redirect": "/sign-in"})
    return pages.go_to("/sign-in")


def _nothing_here(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, *NOTHING_HERE)


def _closed(request: AnyRequest, _: Exception) -> Answer:
    return _say(request, 403, "This page is closed to you", "Your role does not reach here.")


def _stale_form(request: AnyRequest, _: Exception) -> Answer:
    text = "It was open too long, or you signed in again since. Nothing was changed. Reload the page and try again."
    return _say(request, 403, "This form is too old", text)


def _link_expired(request: AnyRequest, _: Exception) -> Answer:
    text = "A set-up link works once, for 72 hours. Ask an administrator for a new one."
    return _say(request, 410, "This link has ended", text)


def _claimed_before(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, ClaimedBefore)  # noqa: S101 - the table below maps it
    who = f"{exc.name} was first. " if exc.name else ""
    return _say(request, 409, "Already taken", f"{who}{STATES[exc.state.value]} Nothing was changed.")


def _not_possible(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, NotPossible)  # noqa: S101 - the table below maps it
    return _say(request, 409, "Not possible now", f"{STATES[exc.state.value]} Nothing was changed.")


def _not_allowed(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, NotAllowed)  # noqa: S101 - the table below maps it
    status = 403 if exc.reason in ("role", "key", "language") else 422
    return _say(request, status, "That did not work", MISSING[exc.reason])


def _refused(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, Refused)  # noqa: S101 - the table below maps it
    return _say(request, 403 if exc.reason == "role" else 422, "That did not work", REFUSED[exc.reason])


def _stale(request: AnyRequest, _: Exception) -> Answer:
    text = "Somebody else changed this a moment ago. Nothing was changed by you. Look again and decide anew."
    return _say(request, 409, "Somebody else was faster", text)


def _http(request: AnyRequest, exc: Exception) -> Answer:
    assert isinstance(exc, HTTPException)  # noqa: S101 - the table below maps it
    if exc.status_code in (404, 405):
        return _nothing_here(request, exc)
    if exc.status_code < 500:  # noqa: PLR2004 - the program's own faults begin there
        return _say(request, exc.status_code, "That was not understood", "Nothing was changed.")
    return _fault(request, exc)


def _fault(request: AnyRequest, exc: Exception) -> Answer:
    logger.error("desk_failed", error=exc)
    text = "The fault is ours and was noted. What was stored before is safe. Try again in a moment."
    return _say(request, 500, "Something went wrong here", text)


HANDLERS: Final[ExceptionHandlersMap] = {
    NeedsSignIn: _needs_sign_in,
    NoSuchConversation: _nothing_here,
    Closed: _closed,
    StaleForm: _stale_form,
    LinkExpired: _link_expired,
    ClaimedBefore: _claimed_before,
    NotPossible: _not_possible,
    NotAllowed: _not_allowed,
    Refused: _refused,
    Stale: _stale,
    HTTPException: _http,
    Exception: _fault,
}
