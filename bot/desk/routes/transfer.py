"""Handing a conversation to a colleague: offer, accept, refuse or take the offer back."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import COUNSELLORS, at_desk, form_of


@post("/conversations/{code:str}/transfer", opt=COUNSELLORS)
async def offer(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Offer the conversation to the colleague or team that was chosen."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    receiver = (await form_of(request)).get("receiver", "")
    await services.transfers.offer(session, conversation, receiver)
    return pages.go_to(f"/conversations/{code}")


@post("/conversations/{code:str}/transfer/accept", opt=COUNSELLORS)
async def accept(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Take the conversation over from the colleague who offered it."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    await services.transfers.accept(session, conversation)
    return pages.go_to(f"/conversations/{code}")


@post("/conversations/{code:str}/transfer/refuse", opt=COUNSELLORS)
async def refuse(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Say no to a colleague's offer, or take one's own back."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    found = await services.transfers.refuse(session, conversation)
    is_mine = found.own.counsellor == session.member.id
    return pages.go_to(f"/conversations/{code}" if is_mine else "/")
