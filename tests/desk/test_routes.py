"""Which role may do what and reaches which address; an address with no stated action is closed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from bot.desk.app import ROUTES, create_app
from bot.desk.security import OPEN
from bot.domain.roles import actions_by_role, roles_that_may
from tests.support.desk import URL, CounsellorDriver, TestDesk, browser, open_desk

HOME = ("counsellor", "supervisor", "reviewer", "interpreter", "administrator")
EVERYBODY = (*HOME, "partner")
RECEIVING = ("counsellor", "supervisor", "partner")
COUNSELLING = ("counsellor", "supervisor")
FIGURES = ("supervisor", "reviewer", "administrator")
REVIEWING = ("reviewer", "partner")
READING = ("counsellor", "supervisor", "reviewer", "interpreter")

REACH: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/queue/live"): EVERYBODY,
    ("POST", "/alerts/{alert:int}/seen"): EVERYBODY,
    ("GET", "/conversations/{code:str}"): COUNSELLING,
    ("GET", "/conversations/{code:str}/live"): COUNSELLING,
    ("POST", "/conversations/{code:str}/claim"): COUNSELLING,
    ("POST", "/conversations/{code:str}/messages"): COUNSELLING,
    ("POST", "/conversations/{code:str}/return"): COUNSELLING,
    ("POST", "/conversations/{code:str}/close"): COUNSELLING,
    ("POST", "/conversations/{code:str}/notes"): COUNSELLING,
    ("POST", "/conversations/{code:str}/typing"): COUNSELLING,
    ("POST", "/conversations/{code:str}/transfer"): COUNSELLING,
    ("POST", "/conversations/{code:str}/transfer/accept"): COUNSELLING,
    ("POST", "/conversations/{code:str}/transfer/refuse"): COUNSELLING,
    ("POST", "/conversations/{code:str}/interpreter"): COUNSELLING,
    ("POST", "/conversations/{code:str}/interpreter/end"): COUNSELLING,
    ("GET", "/interpreting/{code:str}"): ("interpreter",),
    ("GET", "/interpreting/{code:str}/live"): ("interpreter",),
    ("POST", "/interpreting/{code:str}/lines"): ("interpreter",),
    ("POST", "/interpreting/{code:str}/leave"): ("interpreter",),
    ("GET", "/handover"): COUNSELLING,
    ("POST", "/handover"): COUNSELLING,
    ("POST", "/handover/{note:int}/done"): COUNSELLING,
    ("GET", "/complaints"): ("supervisor",),
    ("GET", "/training"): COUNSELLING,
    ("POST", "/training"): COUNSELLING,
    ("GET", "/left-alone"): COUNSELLING,
    ("POST", "/left-alone/{code:str}/ask"): COUNSELLING,
    ("POST", "/left-alone/{code:str}/confirm"): ("supervisor",),
    ("POST", "/left-alone/{code:str}/lift"): ("supervisor",),
    ("GET", "/people"): EVERYBODY,
    ("POST", "/people"): ("administrator",),
    ("GET", "/people/{member:str}"): EVERYBODY,
    ("POST", "/people/{member:str}/vetting"): ("supervisor", "partner"),
    ("POST", "/people/{member:str}/approve"): ("supervisor", "partner"),
    ("POST", "/people/{member:str}/end"): ("supervisor", "administrator"),
    ("POST", "/people/{member:str}/block"): ("supervisor",),
    ("POST", "/people/{member:str}/unblock"): ("supervisor",),
    ("GET", "/me"): EVERYBODY,
    ("GET", "/here"): EVERYBODY,
    ("GET", "/audit"): ("supervisor",),
    ("POST", "/audit/verify"): ("supervisor",),
    ("GET", "/figures"): FIGURES,
    ("GET", "/figures.csv"): FIGURES,
    ("GET", "/learn"): ("reviewer",),
    ("POST", "/learn"): ("reviewer",),
    ("GET", "/learn/{code:str}"): ("reviewer",),
    ("POST", "/learn/{code:str}"): ("reviewer",),
    ("POST", "/learn/sentences/{number:int}/drop"): ("reviewer",),
    ("GET", "/contacts"): HOME,
    ("GET", "/contacts/edit"): ("supervisor",),
    ("POST", "/contacts/edit"): ("supervisor",),
    ("POST", "/contacts/withdraw"): ("supervisor",),
    ("POST", "/contacts/restore"): ("supervisor",),
    ("POST", "/contacts/call"): COUNSELLING,
    ("POST", "/contacts/verify"): ("supervisor",),
    ("POST", "/contacts/doubt"): ("supervisor",),
    ("GET", "/words"): HOME,
    ("GET", "/words/{spoken:str}/{topic:str}"): HOME,
    ("POST", "/words/{spoken:str}/{topic:str}/sign"): READING,
    ("POST", "/words/{spoken:str}/{topic:str}/propose"): READING,
    ("POST", "/words/{spoken:str}/{topic:str}/use"): READING,
    ("POST", "/words/{spoken:str}/{topic:str}/drop"): READING,
    ("POST", "/words/{spoken:str}/switch"): ("supervisor",),
    ("GET", "/going-live"): ("supervisor", "administrator"),
    ("POST", "/going-live/sign"): ("supervisor",),
    ("POST", "/going-live/withdraw"): ("supervisor",),
    ("POST", "/going-live/press"): ("supervisor",),
    ("POST", "/sessions/{handle:str}/end"): EVERYBODY,
    ("POST", "/people/{member:str}/link"): ("supervisor", "administrator"),
    ("GET", "/here/frame"): EVERYBODY,
    ("GET", "/held"): ("supervisor",),
    ("GET", "/held/{code:str}"): ("supervisor",),
    ("GET", "/held/{code:str}/live"): ("supervisor",),
    ("POST", "/held/{code:str}/read"): ("supervisor",),
    ("POST", "/held/{code:str}/take-back"): ("supervisor",),
    ("GET", "/alerts"): EVERYBODY,
    ("GET", "/alerts/live"): EVERYBODY,
    ("POST", "/alerts/telegram"): EVERYBODY,
    ("POST", "/alerts/telegram/end"): EVERYBODY,
    ("POST", "/alerts/mail"): EVERYBODY,
    ("POST", "/alerts/mail/confirm"): EVERYBODY,
    ("GET", "/promises"): COUNSELLING,
    ("GET", "/roster"): EVERYBODY,
    ("POST", "/roster/shifts"): ("supervisor",),
    ("POST", "/roster/shifts/remove"): ("supervisor",),
    ("POST", "/roster/days"): ("supervisor",),
    ("POST", "/roster/days/remove"): ("supervisor",),
    ("POST", "/roster/terms"): ("supervisor",),
    ("POST", "/roster/holidays"): ("supervisor",),
    ("POST", "/roster/holidays/remove"): ("supervisor",),
    ("POST", "/roster/zone"): ("supervisor",),
    ("POST", "/roster/leads"): ("supervisor",),
    ("POST", "/roster/leads/remove"): ("supervisor",),
    ("POST", "/conversations/{code:str}/mark"): COUNSELLING,
    ("GET", "/access"): COUNSELLING,
    ("GET", "/access/{code:str}"): COUNSELLING,
    ("GET", "/access/{code:str}/live"): ("supervisor",),
    ("POST", "/access/{code:str}/begin"): ("supervisor",),
    ("POST", "/access/{code:str}/open"): ("supervisor",),
    ("POST", "/access/{code:str}/answer"): COUNSELLING,
    ("POST", "/access/{code:str}/end"): ("supervisor",),
    ("POST", "/access/{code:str}/mark"): ("supervisor",),
    ("GET", "/review"): REVIEWING,
    ("POST", "/review/{code:str}/ask"): REVIEWING,
    ("GET", "/review/{code:str}"): REVIEWING,
    ("GET", "/review/{code:str}/live"): REVIEWING,
    ("POST", "/review/{code:str}/begin"): REVIEWING,
    ("POST", "/review/{code:str}/sheet"): REVIEWING,
    ("POST", "/review/{code:str}/settle"): REVIEWING,
    ("GET", "/review/weights"): ("reviewer", "supervisor"),
    ("POST", "/review/weights"): ("reviewer", "supervisor"),
    ("POST", "/review/weights/{file:int}/sign"): ("reviewer", "supervisor"),
    ("GET", "/referrals"): RECEIVING,
    ("GET", "/conversations/{code:str}/referral"): COUNSELLING,
    ("POST", "/conversations/{code:str}/referral"): COUNSELLING,
    ("GET", "/referrals/{referral:str}"): COUNSELLING,
    ("POST", "/referrals/{referral:str}/form"): COUNSELLING,
    ("POST", "/referrals/{referral:str}/ask"): COUNSELLING,
    ("POST", "/referrals/{referral:str}/send"): COUNSELLING,
    ("POST", "/referrals/{referral:str}/revoke"): COUNSELLING,
    ("POST", "/referrals/{referral:str}/export"): COUNSELLING,
    ("GET", "/inbox/{referral:str}"): RECEIVING,
    ("POST", "/inbox/{referral:str}/answer"): RECEIVING,
    ("POST", "/inbox/{referral:str}/export"): RECEIVING,
    ("GET", "/inbox/{referral:str}/talk"): RECEIVING,
    ("GET", "/partners"): (*COUNSELLING, "administrator"),
    ("POST", "/partners"): ("supervisor", "administrator"),
    ("POST", "/partners/{organisation:str}/invite"): ("supervisor", "administrator"),
    ("GET", "/style"): EVERYBODY,
    ("POST", "/recovery-key"): ("supervisor",),
    ("POST", "/recovery-key/written"): ("supervisor",),
    ("POST", "/sign-out"): EVERYBODY,
    ("POST", "/language"): ("anyone",),
    ("GET", "/sign-in"): ("anyone",),
    ("POST", "/sign-in"): ("anyone",),
    ("GET", "/setup/{token:str}"): ("anyone",),
    ("GET", "/setup/{token:str}/code.svg"): ("anyone",),
    ("POST", "/setup/{token:str}"): ("anyone",),
    ("GET", "/static/{file_path:path}"): ("anyone",),
}
"""Written by hand, so that a changed role in `bot/domain/roles.json` is a changed promise here."""

MAY: dict[str, tuple[str, ...]] = {
    "desk.enter": EVERYBODY,
    "desk.lead": ("supervisor",),
    "key.hold": (*COUNSELLING, "reviewer", "partner"),
    "key.recover": ("supervisor",),
    "conversation.counsel": COUNSELLING,
    "conversation.claim": ("counsellor",),
    "conversation.interpret": ("interpreter",),
    "danger.confirm": COUNSELLING,
    "danger.open": ("supervisor",),
    "people.add": ("administrator",),
    "people.link": ("supervisor", "administrator"),
    "people.vet": ("supervisor", "partner"),
    "people.end": ("supervisor", "administrator"),
    "people.block": ("supervisor",),
    "contact.block": ("supervisor",),
    "figures.see": FIGURES,
    "sentences.write": ("reviewer",),
    "content.see": HOME,
    "lines.try": COUNSELLING,
    "lines.edit": ("supervisor",),
    "lines.verify": ("supervisor",),
    "words.review": READING,
    "words.switch": ("supervisor",),
    "installation.see": ("supervisor", "administrator"),
    "installation.sign": ("supervisor",),
    "audit.read": ("supervisor",),
    "refer.send": COUNSELLING,
    "refer.receive": RECEIVING,
    "partner.see": (*COUNSELLING, "administrator"),
    "partner.keep": ("supervisor", "administrator"),
    "complaint.see": ("supervisor",),
    "cases.list": REVIEWING,
    "cases.read": REVIEWING,
    "weights.sign": ("reviewer", "supervisor"),
    "session.own": EVERYBODY,
    "session.end": ("supervisor",),
}
"""By hand too: who may do what, whether by an address or by the services behind it."""

CLOSED_SENTENCE = "This page is closed to you"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


def handlers(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items():
            if method not in ("OPTIONS", "HEAD"):
                yield str(method), route.path_format and str(route.path), handler


async def test_every_address_states_its_action_and_so_who_reaches_it(desk: TestDesk) -> None:
    actions = {(method, path): handler.opt.get("action", "") for method, path, handler in handlers(desk.app)}
    stated = {at: {"anyone"} if action == OPEN else roles_that_may(action) for at, action in actions.items()}
    assert stated == {address: set(roles) for address, roles in REACH.items()}
    assert len(ROUTES) == len([path for _, path in REACH if not path.startswith("/static")])


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_role_may_do_its_actions_and_no_others(role: str) -> None:
    assert actions_by_role().keys() == set(EVERYBODY)
    assert actions_by_role()[role] == {action for action, roles in MAY.items() if role in roles}
    assert roles_that_may("") == roles_that_may("people.forget") == frozenset()


def concrete(path: str) -> str:
    """Fill the places of an address with names of nothing."""
    return re.sub(r"\{(\w+):(\w+)\}", lambda place: "1" if place[2] == "int" else "AAA-AAAA", path)


@pytest.mark.parametrize("role", EVERYBODY)
async def test_a_role_reaches_its_addresses_and_no_others(desk: TestDesk, role: str) -> None:
    session, _ = await desk.member("Mali", role)
    async with browser(desk, session) as driver:
        await driver.open("/people")
        for (method, path), roles in REACH.items():
            if "anyone" in roles or path in ("/sign-out", "/queue/live", "/alerts/live"):
                continue
            answer = await ask(driver, method, concrete(path))
            assert (CLOSED_SENTENCE in answer.text) is (role not in roles), (role, method, path)
            assert (answer.status_code == 403 and CLOSED_SENTENCE in answer.text) is (role not in roles)


async def ask(driver: CounsellorDriver, method: str, path: str) -> Any:
    if method == "GET":
        return await driver.http.get(path)
    page = driver.page
    answer = await driver.send(path)
    driver.page = page
    return answer


async def test_without_a_session_every_page_leads_to_the_sign_in(desk: TestDesk) -> None:
    async with browser(desk) as driver:
        for (method, path), roles in REACH.items():
            if "anyone" in roles:
                continue
            answer = await driver.http.request(method, concrete(path), headers={"sec-fetch-site": "same-origin"})
            assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in"), path
        stream = await driver.http.get("/queue/live", headers={"accept": "text/event-stream"})
        assert stream.status_code == 204


async def test_an_address_that_forgot_its_action_is_closed_even_to_a_supervisor(desk: TestDesk) -> None:
    @get("/forgotten")
    async def forgotten() -> str:
        return "open"

    desk.app = create_app(desk.services, URL)
    desk.app.register(forgotten)
    session, _ = await desk.member("Mali", "supervisor")
    async with browser(desk, session) as driver:
        answer = await driver.open("/forgotten")
    assert answer.status_code == 403
    assert CLOSED_SENTENCE in answer.text
