"""The one-time link: passphrase, one-time codes, and the recovery key, which is shown once."""

from __future__ import annotations

import base64
import io
from typing import Any

import pyotp
import segno
from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.errors import why_refused
from bot.desk.security import (
    ANYONE,
    form_of,
    form_token,
    make_cookie,
    services_of,
    session_of,
    session_or_none,
    to,
    visit_of,
)
from bot.services.staff import Refused

ISSUER = "Saphan"
SECRET_BYTES = 20
"""RFC 4226 asks for 160 bits."""


@get("/setup/{token:str}", opt=ANYONE)
async def show_setup(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Show what the link sets up; looking does not use it up."""
    return await _show(request, token, 200)


@get("/setup/{token:str}/code.svg", opt=ANYONE)
async def show_code(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """Give the QR code that an authenticator app scans."""
    offer = await services_of(request).staff.look_at_setup(token)
    address = pyotp.TOTP(_secret(request, token)).provisioning_uri(name=offer.member.name, issuer_name=ISSUER)
    image = io.BytesIO()
    segno.make(address, micro=False).save(image, kind="svg", scale=5, border=3, dark="#000", light="#fff")
    return Response(image.getvalue(), media_type="image/svg+xml")


@post("/setup/{token:str}", opt=ANYONE)
async def finish_setup(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """Finish the set-up and sign in; the first supervisor is shown the recovery key."""
    form = await form_of(request)
    services = services_of(request)
    passphrase = form.get("passphrase", "")
    try:
        if passphrase != form.get("again", ""):
            raise Refused("differs")
        recovery, code, name = form.get("recovery", ""), form.get("code", ""), form.get("name", "")
        done = await services.staff.set_up(token, passphrase, _secret(request, token), code, recovery, name)
    except Refused as exc:
        return await _show(request, token, 422, exc.reason)
    earlier = session_or_none(request)
    if earlier is not None:
        await services.sessions.end(earlier)
    cookie, session = await services.sessions.start(done.member, done.private)
    request.scope["state"]["desk_session"] = session
    answer: Response[Any] = pages.go_to("/")
    if done.recovery_key is not None:
        answer = pages.page(request, "recovery_key.html", recovery_key=done.recovery_key)
    answer.cookies = [make_cookie(request, "desk", cookie), make_cookie(request, "visit", None)]
    return answer


@post("/recovery-key/written", opt=to("key.recover"))
async def confirm_recovery_key(request: Request[Any, Any, Any]) -> Response[Any]:
    """Note that the recovery key is on paper."""
    await services_of(request).staff.confirm_recovery(session_of(request))
    return pages.go_to("/")


@post("/recovery-key", opt=to("key.recover"))
async def make_recovery_key(request: Request[Any, Any, Any]) -> Response[Any]:
    """Make another recovery key and show it once; the one before opens nothing any more."""
    recovery = await services_of(request).staff.new_recovery_key(session_of(request))
    return pages.page(request, "recovery_key.html", recovery_key=recovery)


async def _show(request: Request[Any, Any, Any], token: str, status: int, problem: str = "") -> Response[Any]:
    offer = await services_of(request).staff.look_at_setup(token)
    secret = _secret(request, token)
    parts = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    problem = why_refused(request, problem) if problem else ""
    return pages.page(request, "setup.html", status, offer=offer, token=token, secret=parts, problem=problem)


def _secret(request: Request[Any, Any, Any], token: str) -> str:
    """Make the secret of this link in this browser.

    A reload shows the same one, nothing has to be stored, and who saw the link elsewhere does not know it.
    """
    browser = visit_of(request) if session_or_none(request) is None else form_token(request)
    made = services_of(request).vault.hash_token(f"totp:{token}:{browser}")
    return base64.b32encode(made[:SECRET_BYTES]).decode()
