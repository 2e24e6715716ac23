"""The organisations that can be referred to: what they are, what they offer, and until when they are vetted."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.domain.routing import HELPS, KINDS
from bot.services.referral.partners import VETTED_AT_MOST
from bot.services.staff import Refused


@get("/partners", opt=to("partner.see"))
async def show_partners(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show every partner."""
    return await _show(request)


@post("/partners", opt=to("partner.keep"))
async def keep(request: Request[Any, Any, Any]) -> Response[Any]:
    """Write a partner down, or anew."""
    form = await form_of(request)
    helps = [one for one in HELPS if form.get(f"help-{one}")]
    languages = [code for code in form.get("language", "").split(",") if code]
    await services_of(request).partners.keep(
        session_of(request),
        form.get("name", ""),
        form.get("kind", ""),
        helps,
        form.get("countries", ""),
        languages,
        _day(form.get("until", "")),
    )
    return pages.go_to("/partners")


@post("/partners/{organisation:str}/invite", opt=to("partner.keep"))
async def invite(request: Request[Any, Any, Any], organisation: FromPath[str]) -> Response[Any]:
    """Add a member of a partner and show their link, once."""
    form = await form_of(request)
    name, languages = form.get("name", ""), [code for code in form.get("language", "").split(",") if code]
    token = await services_of(request).partners.invite(session_of(request), organisation, name, languages)
    return await _show(request, link=f"{request.app.state.url}/setup/{token}", name=name)


async def _show(request: Request[Any, Any, Any], link: str = "", name: str = "") -> Response[Any]:
    services, session = at_desk(request)
    kept = await services.partners.all(session)
    latest = (services.clock.now() + VETTED_AT_MOST).date()
    return pages.page(
        request, "partners.html", kept=kept, kinds=KINDS, helps=HELPS, latest=latest, link=link, name=name
    )


def _day(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Refused("day") from None
