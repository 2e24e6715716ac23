"""Who works here: the list, new members, the grant of the organisation's key."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import STAFF, form_of, services_of, session_of, to
from bot.domain.codes import MemberId
from bot.services.staff import may_be_granted


@get("/people", opt=STAFF)
async def show_people(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show who works here."""
    return await _show(request)


@post("/people", opt=to("people.add"))
async def add_member(request: Request[Any, Any, Any]) -> Response[Any]:
    """Add a member; their one-time link is shown once."""
    form = await form_of(request)
    roles, languages = _list(form.get("role", "")), _list(form.get("language", ""))
    actor = session_of(request).member.id
    name = form.get("name", "")
    token = await services_of(request).staff.add_member(name, roles, "", languages, actor=actor)
    return await _show(request, token=token, name=name)


@post("/people/{member:str}/grant", opt=to("people.vet"))
async def grant_key(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Grant the organisation's key."""
    await services_of(request).staff.grant(session_of(request), MemberId(member))
    return pages.go_to("/people")


@post("/people/{member:str}/link", opt=to("people.link"))
async def make_link(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Make a new one-time link for a member who lost passphrase or phone; it is shown once."""
    services = services_of(request)
    token = await services.staff.new_link(MemberId(member), actor=session_of(request).member.id)
    found = next(each for each in await services.staff.people() if each.id == member)
    return await _show(request, token=token, name=found.name)


async def _show(request: Request[Any, Any, Any], token: str = "", name: str = "") -> Response[Any]:
    services = services_of(request)
    people = await services.staff.people()
    written = await services.staff.recovery_is_written()
    link = f"{request.app.state.url}/setup/{token}" if token else ""
    return pages.page(
        request,
        "people.html",
        people=people,
        link=link,
        name=name,
        may_be_granted=may_be_granted,
        recovery_is_written=written,
    )


def _list(value: str) -> list[str]:
    return [part for part in value.split(",") if part]
