"""Makes the desk: an application of its own, on its own listener."""

from __future__ import annotations

from typing import Any, Final

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from bot.desk import errors, pages, security
from bot.desk.routes import (
    access,
    alerts,
    audit,
    contents,
    conversation,
    figures,
    going_live,
    handover,
    interpreting,
    language,
    leads,
    me,
    people,
    promises,
    queue,
    roster,
    setup,
    sign_in,
    style,
    training,
    transfer,
)
from bot.desk.services import Services
from bot.desk.speech import make_speech

ROUTES: Final[tuple[ControllerRouterHandler, ...]] = (
    language.switch_language,
    sign_in.show_sign_in,
    sign_in.let_in,
    sign_in.sign_out,
    setup.show_setup,
    setup.show_code,
    setup.finish_setup,
    setup.confirm_recovery_key,
    setup.make_recovery_key,
    queue.show_queue,
    queue.follow_queue,
    queue.see_alert,
    conversation.show_conversation,
    conversation.follow_conversation,
    conversation.claim,
    conversation.write,
    conversation.give_back,
    conversation.close,
    conversation.note,
    conversation.show_typing,
    transfer.offer,
    transfer.accept,
    transfer.refuse,
    interpreting.invite,
    interpreting.dismiss,
    interpreting.show_interpreting,
    interpreting.follow_interpreting,
    interpreting.add_line,
    interpreting.leave,
    handover.show_handover,
    handover.write_handover,
    handover.end_handover,
    training.show_training,
    training.start_training,
    people.show_people,
    people.add_member,
    people.show_member,
    people.record_vetting,
    people.approve_vetting,
    people.make_link,
    people.end_work,
    people.block,
    people.unblock,
    audit.show_audit,
    audit.verify_audit,
    going_live.show_going_live,
    going_live.sign,
    going_live.withdraw,
    going_live.press,
    figures.show_figures,
    figures.send_figures,
    contents.show_contacts,
    contents.edit_contact,
    contents.change_contact,
    contents.withdraw_contact,
    contents.restore_contact,
    contents.log_call,
    contents.verify_contact,
    contents.doubt_contact,
    contents.show_words,
    contents.show_topic,
    contents.sign_words,
    contents.propose_wording,
    contents.use_wording,
    contents.drop_wording,
    contents.switch_language,
    me.show_me,
    me.say_here,
    me.end_session,
    alerts.show_alerts,
    alerts.follow_urgent,
    alerts.link_telegram,
    alerts.unlink_telegram,
    alerts.set_mail,
    alerts.confirm_mail,
    promises.show_promises,
    roster.show_roster,
    roster.add_shifts,
    roster.remove_shift,
    roster.set_day,
    roster.clear_day,
    roster.set_terms,
    roster.add_holiday,
    roster.remove_holiday,
    roster.set_zone,
    leads.name_lead,
    leads.unname_lead,
    access.show_board,
    access.show_access,
    access.follow_access,
    access.begin,
    access.open_access,
    access.answer,
    access.end,
    access.lower_mark,
    style.show_style,
)
"""Every address of the desk; each states the action that it is for."""


def create_app(services: Services, url: str) -> Litestar:
    """Make the desk. `url` is its public address, under which browsers open it (links, cookies, origin of forms)."""
    return Litestar(
        route_handlers=[*ROUTES, _static_files()],
        guards=[security.check_action, security.check_form],
        exception_handlers=errors.HANDLERS,
        before_send=[security.add_headers],
        state=State(
            {
                "services": services,
                "environment": pages.make_environment(),
                "speech": make_speech(),
                "is_secure": url.startswith("https://"),
                "url": url,
                "origins": security.origins_of(url),
            }
        ),
        request_max_body_size=security.LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
    )


def _static_files() -> Router:
    opt: dict[str, Any] = {**security.ANYONE, "is_static": True}
    return create_static_files_router(path="/static", directories=[pages.STATIC], opt=opt)
