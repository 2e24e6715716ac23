"""Who works when: seen by everybody who works here, changed by supervisors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Request, Response, get, post

from bot.desk import pages
from bot.desk.security import STAFF, SUPERVISORS, form_of, services_of, session_of
from bot.domain.codes import MemberId
from bot.domain.roster import MOST_AT_ONCE, Hours, Terms, read_time, zones
from bot.services.roster import GENDERS, WEEKDAYS
from bot.services.staff import Refused

HERE = "/roster"


@get(HERE, opt=STAFF)
async def show_roster(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the roster."""
    view = await services_of(request).rosters.look(session_of(request))
    choices: dict[str, Any] = {"zones": zones(), "weekdays": WEEKDAYS, "genders": GENDERS, "most": MOST_AT_ONCE}
    leads = await services_of(request).duty_leads.look(session_of(request))
    return pages.page(request, "roster.html", view=view, leads=leads, **choices)


@post("/roster/shifts", opt=SUPERVISORS)
async def add_shifts(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let a member work some hours of every week."""
    form = await form_of(request)
    weekdays = [day for day in WEEKDAYS if f"day-{day}" in form]
    hours = read_hours(form)
    if hours is None:
        raise Refused("hours")
    await services_of(request).rosters.add_shifts(session_of(request), read_member(form), weekdays, hours)
    return pages.go_to(HERE)


@post("/roster/shifts/remove", opt=SUPERVISORS)
async def remove_shift(request: Request[Any, Any, Any]) -> Response[Any]:
    """Take hours of every week away."""
    form = await form_of(request)
    weekday, begins = read_number(form, "weekday"), read_number(form, "begins")
    await services_of(request).rosters.remove_shift(session_of(request), read_member(form), weekday, begins)
    return pages.go_to(HERE)


@post("/roster/days", opt=SUPERVISORS)
async def set_day(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let one day differ; without hours they are off."""
    form = await form_of(request)
    await services_of(request).rosters.set_day(session_of(request), read_member(form), read_day(form), read_hours(form))
    return pages.go_to(HERE)


@post("/roster/days/remove", opt=SUPERVISORS)
async def clear_day(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let a day be like every week again."""
    form = await form_of(request)
    await services_of(request).rosters.clear_day(session_of(request), read_member(form), read_day(form))
    return pages.go_to(HERE)


@post("/roster/terms", opt=SUPERVISORS)
async def set_terms(request: Request[Any, Any, Any]) -> Response[Any]:
    """Write down how a member works."""
    form = await form_of(request)
    terms = Terms(form.get("zone", ""), read_number(form, "capacity"), form.get("gender", ""))
    await services_of(request).rosters.set_terms(session_of(request), read_member(form), terms)
    return pages.go_to(HERE)


@post("/roster/holidays", opt=SUPERVISORS)
async def add_holiday(request: Request[Any, Any, Any]) -> Response[Any]:
    """Close on a day."""
    day = read_day(await form_of(request))
    await services_of(request).rosters.set_holiday(session_of(request), day, closed=True)
    return pages.go_to(HERE)


@post("/roster/holidays/remove", opt=SUPERVISORS)
async def remove_holiday(request: Request[Any, Any, Any]) -> Response[Any]:
    """Open on a day after all."""
    day = read_day(await form_of(request))
    await services_of(request).rosters.set_holiday(session_of(request), day, closed=False)
    return pages.go_to(HERE)


@post("/roster/zone", opt=SUPERVISORS)
async def set_zone(request: Request[Any, Any, Any]) -> Response[Any]:
    """Write down by which clock the organisation works."""
    zone = (await form_of(request)).get("zone", "")
    await services_of(request).rosters.set_zone(session_of(request), zone)
    return pages.go_to(HERE)


def read_member(form: Mapping[str, str]) -> MemberId:
    """Read of whom a form is."""
    return MemberId(form.get("member", ""))


def read_number(form: Mapping[str, str], name: str) -> int:
    """Read a number. Raises Refused: `hours`."""
    text = form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):  # noqa: PLR2004 - a minute of a day has four digits
        raise Refused("hours")
    return int(text)


def read_day(form: Mapping[str, str]) -> date:
    """Read a day. Raises Refused: `day`."""
    try:
        return date.fromisoformat(form.get("date", ""))
    except ValueError:
        raise Refused("day") from None


def read_hours(form: Mapping[str, str]) -> Hours | None:
    """Read from and to; None when both were left empty. Raises Refused: `hours`."""
    begins, ends = form.get("begins", ""), form.get("ends", "")
    if not begins and not ends:
        return None
    try:
        return Hours(read_time(begins), read_time(ends))
    except ValueError:
        raise Refused("hours") from None
