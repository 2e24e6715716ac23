"""The switch of the language in which the desk speaks: to a member wherever they come in, else to this browser."""

from __future__ import annotations

import re
from typing import Any, Final

from litestar import Request, Response, post

from bot.desk import pages
from bot.desk.security import ANYONE, form_of, make_cookie, services_of, session_or_none
from bot.desk.speech import choose

OWN_PATH: Final = re.compile(r"/(?!/)[\w/.~-]*", re.ASCII)
"""An address of the desk: the form must lead nowhere else."""


@post("/language", opt=ANYONE)
async def switch_language(request: Request[Any, Any, Any]) -> Response[Any]:
    """Speak another language from now on, and show the page again."""
    form = await form_of(request)
    back = form.get("back", "")
    answer = pages.go_to(back if OWN_PATH.fullmatch(back) else "/")
    chosen = choose(form.get("language", ""), request.headers.get("accept-language", ""))
    session = session_or_none(request)
    if session is not None:
        await services_of(request).working_here.speak(session, chosen)
    # The cookie speaks before the next sign-in at this browser.
    answer.cookies = [make_cookie(request, pages.LANGUAGE_COOKIE, chosen)]
    return answer
