"""Come in and go."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from bot.desk import pages
from bot.desk.security import ANYONE, STAFF, form_of, make_cookie, services_of, session_of, session_or_none
from bot.services.sign_in import SignInRefused


@get("/sign-in", opt=ANYONE)
async def show_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the form; who is signed in already goes on to the queue."""
    if session_or_none(request) is not None:
        return pages.go_to("/")
    return pages.page(request, "sign_in.html", failed=False, name="")


@post("/sign-in", opt=ANYONE)
async def let_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sign in; one sentence for whatever was wrong."""
    form = await form_of(request)
    services = services_of(request)
    name = form.get("name", "")
    try:
        token, _ = await services.sign_in.sign_in(name, form.get("passphrase", ""), form.get("code", ""))
    except SignInRefused:
        return pages.page(request, "sign_in.html", 403, failed=True, name=name)
    earlier = session_or_none(request)
    if earlier is not None:
        await services.sessions.end(earlier)
    answer = pages.go_to("/")
    answer.cookies = [make_cookie(request, "desk", token), make_cookie(request, "visit", None)]
    return answer


@post("/sign-out", opt=STAFF)
async def sign_out(request: Request[Any, Any, Any]) -> Response[Any]:
    """End the session; the browser is told to forget what it holds of the desk."""
    await services_of(request).sessions.end(session_of(request))
    answer = pages.go_to("/sign-in")
    answer.cookies = [make_cookie(request, "desk", None)]
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
