"""Referrals at the desk: draft, ask, send, take back; and, for who receives them, accept, refuse, reach, finish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, cast

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from bot.desk import pages
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.domain.referral import FACTS, REASONS, Does, What
from bot.domain.referral_form import BLOCKS, FIELDS, PARTS, Form
from bot.domain.routing import HELPS, LAW
from bot.services.referral.export import AGREED, PURPOSES, RECEIVER, Exported, Wording
from bot.services.transcript import PAGE, place_before

SENDS: Final = to("refer.send")
RECEIVES: Final = to("refer.receive")
_LISTED: Final[dict[str, Any]] = {"fields": FIELDS, "blocks": BLOCKS, "portions_all": PARTS}
_DOES: Final = {"accept": Does.ACCEPT, "refuse": Does.REFUSE, "contact": Does.CONTACT, "finish": Does.FINISH}


@get("/referrals", opt=RECEIVES)
async def show_referrals(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what this member looks after, and what came to their organisation."""
    services, session = at_desk(request)
    sends = session.may("refer.send")
    mine = await services.referrals.mine(session) if sends else []
    came = await services.referral_inbox.all(session)
    lacks = await services.referral_inbox.is_ready(session) if came else ""
    return pages.page(request, "referrals.html", mine=mine, came=came, sends=sends, lacks=lacks)


@get("/conversations/{code:str}/referral", opt=SENDS)
async def show_draft(
    request: Request[Any, Any, Any], code: FromPath[str], wish: FromQuery[str] = "", fears: FromQuery[str] = ""
) -> Response[Any]:
    """Show who could help with what the person wishes, and the form with what was confirmed filled in."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    asked = [help_ for help_ in HELPS if f"wish-{help_}" in request.query_params]
    wished = asked or [help_ for help_ in HELPS if help_ == wish]
    offer = await services.referrals.offer(session, conversation, wished, fears=bool(fears))
    return pages.page(
        request,
        "referral_draft.html",
        offer=offer,
        wished=wished,
        fears=bool(fears),
        helps=HELPS,
        law=LAW,
        **_LISTED,
    )


@post("/conversations/{code:str}/referral", opt=SENDS)
async def draft(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Keep a draft; the same form sent twice keeps one."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    form = await form_of(request)
    what, receiver = cast("What", form.get("what", "facts")), form.get("receiver", "")
    made = await services.referrals.draft(session, conversation, receiver, what, _portions(form), _given(form))
    return pages.go_to(f"/referrals/{made}")


@get("/referrals/{referral:str}", opt=SENDS)
async def show_referral(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Show a referral to its sender: what would leave, what the person is shown, and how it stands."""
    look = await services_of(request).referrals.look(session_of(request), referral)
    it = look.line.referral
    return pages.page(
        request,
        "referral.html",
        look=look,
        form=look.form or Form(),
        exportable=it.course.what == FACTS and it.course.state in AGREED,
        export_at=f"/referrals/{referral}/export",
        purposes=PURPOSES if session_of(request).may("desk.lead") else PURPOSES[:2],
        **_LISTED,
    )


@post("/referrals/{referral:str}/form", opt=SENDS)
async def change(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Write the draft anew."""
    form = await form_of(request)
    await services_of(request).referrals.change(session_of(request), referral, _portions(form), _given(form))
    return pages.go_to(f"/referrals/{referral}")


@post("/referrals/{referral:str}/ask", opt=SENDS)
async def ask(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Ask the person in their chat."""
    await services_of(request).referrals.ask(session_of(request), referral)
    return pages.go_to(f"/referrals/{referral}")


@post("/referrals/{referral:str}/send", opt=SENDS)
async def send(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Send what was agreed; a page that says other than the person agreed to is refused."""
    form = await form_of(request)
    shown = [int(part) for part in form.get("parts", "").split(",") if part.isdecimal()]
    await services_of(request).referrals.send(session_of(request), referral, form.get("receiver", ""), shown)
    return pages.go_to(f"/referrals/{referral}")


@post("/referrals/{referral:str}/revoke", opt=SENDS)
async def revoke(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Take it back."""
    await services_of(request).referrals.revoke(session_of(request), referral)
    return pages.go_to(f"/referrals/{referral}")


@get("/inbox/{referral:str}", opt=RECEIVES)
async def show_received(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Show a referral to its receiver."""
    received = await services_of(request).referral_inbox.look(session_of(request), referral)
    return pages.page(
        request,
        "referral_received.html",
        received=received,
        why=REASONS,
        exportable=received.is_open and received.line.referral.course.what == FACTS,
        export_at=f"/inbox/{referral}/export",
        purposes=(RECEIVER,),
        **_LISTED,
    )


@post("/inbox/{referral:str}/answer", opt=RECEIVES)
async def answer(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[Any]:
    """Accept, refuse with a reason, say that the person was reached, or finish."""
    form = await form_of(request)
    does = _DOES.get(form.get("does", ""), Does.ASK)
    reason = form.get("reason", "") if does is Does.REFUSE else ""
    await services_of(request).referral_inbox.answer(session_of(request), referral, does, reason)
    return pages.go_to(f"/inbox/{referral}")


@get("/inbox/{referral:str}/talk", opt=RECEIVES)
async def show_talk(
    request: Request[Any, Any, Any],
    referral: FromPath[str],
    after: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[Any]:
    """Show the talk as far as the person lets this organisation read it; `after` shows an earlier part."""
    services, session = at_desk(request)
    messages = await services.referral_inbox.read(session, referral, after)
    received = await services.referral_inbox.look(session, referral)
    # Of a part that is not full, what is older is not theirs, or there is nothing.
    earlier = place_before(messages) if after is not None or len(messages) == PAGE else None
    return pages.page(
        request,
        "referral_talk.html",
        received=received,
        messages=messages,
        texts={each.seq: each.text for each in messages},
        earlier=earlier,
        is_part=after is not None,
    )


@post("/referrals/{referral:str}/export", opt=SENDS)
async def export(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[bytes]:
    """Give a document of what was agreed to its sender."""
    form = await form_of(request)
    purpose, kind = form.get("purpose", ""), form.get("as", "")
    made = await services_of(request).exports.of_sender(session_of(request), referral, purpose, kind, _wording(request))
    return _file(made)


@post("/inbox/{referral:str}/export", opt=RECEIVES)
async def export_received(request: Request[Any, Any, Any], referral: FromPath[str]) -> Response[bytes]:
    """Give a document of what came to its receiver."""
    kind = (await form_of(request)).get("as", "")
    made = await services_of(request).exports.of_receiver(session_of(request), referral, kind, _wording(request))
    return _file(made)


def _wording(request: Request[Any, Any, Any]) -> Wording:
    speech = pages.speech_of(request)
    note = speech.say("referral.no-finding")
    return Wording(speech.language, speech.code, lambda code: speech.say("referral.one", code=code), note)


def _file(made: Exported) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.media, status_code=200, headers=headers)


def _portions(form: Mapping[str, str]) -> list[int]:
    return [part for part in PARTS if form.get(f"portion-{part}")]


def _given(form: Mapping[str, str]) -> dict[str, list[str]]:
    """Read the fields: a text under its name, each choice of several under `name:choice`."""
    given: dict[str, list[str]] = {}
    for key, value in form.items():
        name, _, choice = key.partition(":")
        if "/" in name:
            given.setdefault(name, []).append(choice or value)
    return given
