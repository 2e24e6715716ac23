"""Names the duty lead, on the roster page: for hours of every week, or of one day."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from bot.desk import pages
from bot.desk.routes.roster import HERE, read_day, read_hours, read_member, read_number
from bot.desk.security import SUPERVISORS, form_of, services_of, session_of
from bot.services.roster import WEEKDAYS
from bot.services.staff import Refused


@post("/roster/leads", opt=SUPERVISORS)
async def name_lead(request: Request[Any, Any, Any]) -> Response[Any]:
    """Name a supervisor; where a date is given, for that day only."""
    form = await form_of(request)
    weekdays = [day for day in WEEKDAYS if f"day-{day}" in form]
    hours = read_hours(form)
    if hours is None:
        raise Refused("hours")
    day = read_day(form) if form.get("date") else None
    await services_of(request).duty_leads.name(session_of(request), read_member(form), hours, weekdays, day)
    return pages.go_to(f"{HERE}#leads-title")


@post("/roster/leads/remove", opt=SUPERVISORS)
async def unname_lead(request: Request[Any, Any, Any]) -> Response[Any]:
    """Take hours away."""
    form = await form_of(request)
    weekday = read_number(form, "weekday") if form.get("weekday") else None
    day = read_day(form) if form.get("date") else None
    begins = read_number(form, "begins")
    await services_of(request).duty_leads.unname(session_of(request), begins, weekday=weekday, day=day)
    return pages.go_to(f"{HERE}#leads-title")
