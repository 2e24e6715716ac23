"""Who works here: the list, new members, and one member with their vetting."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import STAFF, at_desk, form_of, services_of, session_of, to
from bot.domain.codes import MemberId
from bot.domain.vetting import CHECKS, LONGEST


@get("/people", opt=STAFF)
async def show_people(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show who works here."""
    return await _show(request)


@post("/people", opt=to("people.add"))
async def add_member(request: Request[Any, Any, Any]) -> Response[Any]:
    """Add a member; their one-time link is shown once."""
    form = await form_of(request)
    roles, languages = _list(form.get("role", "")), _list(form.get("language", ""))
    name = form.get("name", "")
    token = await services_of(request).staff.add_member(name, roles, "", languages, session_of(request))
    return await _show(request, token=token, name=name)


@get("/people/{member:str}", opt=STAFF)
async def show_member(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Show one member: what was checked, who approved it, until when it counts."""
    services, session = at_desk(request)
    vetted = await services.vettings.look(session, MemberId(member))
    names = {each.member.id: each.member.name for each in await services.vettings.everybody(session)}
    latest = (services.clock.now() + LONGEST).date()
    here = services.working_here
    return pages.page(
        request,
        "member.html",
        vetted=vetted,
        names=names,
        checks=CHECKS,
        latest=latest,
        sessions=await here.sessions_of(session, vetted.member.id),
        blocks=await here.blocks_of(session, vetted.member.id),
    )


@post("/people/{member:str}/vetting", opt=to("people.vet"))
async def record_vetting(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Write down what was checked, and approve it."""
    form = await form_of(request)
    conduct_at, until = _day(form.get("conduct", "")), _day(form.get("until", ""))
    checked = _list(form.get("check", ""))
    vettings = services_of(request).vettings
    await vettings.record(session_of(request), MemberId(member), checked, conduct_at, until)
    return pages.go_to(f"/people/{member}")


@post("/people/{member:str}/approve", opt=to("people.vet"))
async def approve_vetting(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Approve what another wrote down; the last approval needed grants the organisation's key."""
    await services_of(request).vettings.approve(session_of(request), MemberId(member))
    return pages.go_to(f"/people/{member}")


@post("/people/{member:str}/link", opt=to("people.link"))
async def make_link(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Make a new one-time link for a member who lost passphrase or phone; it is shown once."""
    services, session = at_desk(request)
    found = await services.vettings.look(session, MemberId(member))
    token = await services.staff.new_link(MemberId(member), actor=session.member.id)
    return await _show(request, token=token, name=found.member.name)


@post("/people/{member:str}/end", opt=to("people.end"))
async def end_work(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """End a member's work here."""
    await services_of(request).working_here.end_work(session_of(request), MemberId(member))
    return pages.go_to("/people")


@post("/people/{member:str}/block", opt=to("people.block"))
async def block(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Keep a member from a conversation."""
    code = (await form_of(request)).get("code", "")
    await services_of(request).working_here.block(session_of(request), MemberId(member), code)
    return pages.go_to(f"/people/{member}")


@post("/people/{member:str}/unblock", opt=to("people.block"))
async def unblock(request: Request[Any, Any, Any], member: FromPath[str]) -> Response[Any]:
    """Let a member have a conversation again."""
    code = (await form_of(request)).get("code", "")
    await services_of(request).working_here.block(session_of(request), MemberId(member), code, lift=True)
    return pages.go_to(f"/people/{member}")


async def _show(request: Request[Any, Any, Any], token: str = "", name: str = "") -> Response[Any]:
    services = services_of(request)
    people = await services.vettings.everybody(session_of(request))
    written = await services.staff.recovery_is_written()
    link = f"{request.app.state.url}/setup/{token}" if token else ""
    return pages.page(request, "people.html", people=people, link=link, name=name, recovery_is_written=written)


def _list(value: str) -> list[str]:
    return [part for part in value.split(",") if part]


def _day(value: str) -> datetime | None:
    """Read a day as a form sends it; it begins at midnight in UTC. None for anything else."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
