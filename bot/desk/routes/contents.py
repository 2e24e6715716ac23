"""Contacts and words: lines are tried and verified, sentences read beside the English, languages switched off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta, timezone
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.domain.codes import LANGUAGES
from bot.domain.contact_rows import ANSWERED, COUNTS_FOR, OUTCOMES, PLACES, plain
from bot.domain.contacts import PURPOSES
from bot.services.checks.contacts import RUN_BY, STATUS
from bot.services.content.contacts import LONGEST_FIELD, ContactBook, Line
from bot.services.content.words import LONGEST_WORDING

CONTACTS: Final = "/contacts"
WORDS: Final = "/words"
CHOICES: Final[dict[str, Sequence[str]]] = {
    "reached_by": ("number", "mail", "web"),
    "run_by": RUN_BY,
    "status": STATUS,
    "yes_or_no": ("unknown", "yes", "no"),
    "police": ("unknown", "may", "yes", "no"),
    "cost": ("unknown", "free", "charged"),
    "purposes": PURPOSES,
    "places": PLACES,
    "answered": ANSWERED,
    "outcomes": OUTCOMES,
}
TEXTS: Final = ("answers", "run_by", "hours", "cost", "from_abroad", "recorded", "police", "source", "status")
OPTIONAL: Final = ("note", "text")


@get(CONTACTS, opt=to("content.see"))
async def show_contacts(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show every line, and how it stands."""
    return await _contacts(request)


@get("/contacts/edit", opt=to("lines.edit"))
async def edit_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the form of one row, filled where its name is given."""
    name = request.query_params.get("name", "")
    book = await services_of(request).contacts.look()
    line = next((it for it in book.lines if it.name == name), None)
    if line is None:
        return _form(request, "", {})
    return _form(request, line.name, {key: plain(value) for key, value in line.row.items()})


@post("/contacts/edit", opt=to("lines.edit"))
async def change_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let a row be as the form says."""
    form = await form_of(request)
    name, row = form.get("name", ""), _row(form)
    wrong = await services_of(request).contacts.change(session_of(request), name, row)
    return _form(request, name, row, wrong) if wrong else pages.go_to(CONTACTS)


@post("/contacts/withdraw", opt=to("lines.edit"))
async def withdraw_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let a row never be said."""
    form = await form_of(request)
    await services_of(request).contacts.withdraw(session_of(request), form.get("name", ""), form.get("seen", ""))
    return pages.go_to(CONTACTS)


@post("/contacts/restore", opt=to("lines.edit"))
async def restore_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let the file's row count again."""
    form = await form_of(request)
    await services_of(request).contacts.restore(session_of(request), form.get("name", ""))
    return pages.go_to(CONTACTS)


@post("/contacts/call", opt=to("lines.try"))
async def log_call(request: Request[Any, Any, Any]) -> Response[Any]:
    """Write down a test call."""
    form = await form_of(request)
    call: dict[str, Any] = {name: form.get(name, "") for name in ("seen", "place", "answered", "outcome")}
    call["languages"] = form.get("language", "").split(",")
    with session_of(request).once(form.get("form", "")) as first:
        if first:
            await services_of(request).contacts.log_call(session_of(request), form.get("name", ""), call)
    return pages.go_to(CONTACTS)


@post("/contacts/verify", opt=to("lines.verify"))
async def verify_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Say until when a row may be told."""
    form = await form_of(request)
    until = _end_of(form.get("until", ""))
    contacts = services_of(request).contacts
    await contacts.verify(session_of(request), form.get("name", ""), form.get("seen", ""), until)
    return pages.go_to(CONTACTS)


@post("/contacts/doubt", opt=to("lines.verify"))
async def doubt_contact(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let a row not be said any more."""
    form = await form_of(request)
    await services_of(request).contacts.doubt(session_of(request), form.get("name", ""), form.get("seen", ""))
    return pages.go_to(CONTACTS)


@get(WORDS, opt=to("content.see"))
async def show_words(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show how far each language is."""
    book = services_of(request).word_book
    topics = (await book.topic(LANGUAGES[0], ""))[0]
    return pages.page(request, "words.html", states=await book.languages(), topics=topics)


@get("/words/{spoken:str}/{topic:str}", opt=to("content.see"))
async def show_topic(request: Request[Any, Any, Any], spoken: FromPath[str], topic: FromPath[str]) -> Response[Any]:
    """Show sentences beside the English."""
    return await _topic(request, spoken, topic)


@post("/words/{spoken:str}/{topic:str}/sign", opt=to("words.review"))
async def sign_words(request: Request[Any, Any, Any], spoken: FromPath[str], topic: FromPath[str]) -> Response[Any]:
    """Sign the sentences that were ticked, as they were on the page."""
    form = await form_of(request)
    seen = dict(each.split("=", 1) for each in form.get("sentence", "").split(",") if "=" in each)
    await services_of(request).word_book.sign(session_of(request), spoken, seen)
    return pages.go_to(f"{WORDS}/{spoken}/{topic}")


@post("/words/{spoken:str}/{topic:str}/propose", opt=to("words.review"))
async def propose_wording(
    request: Request[Any, Any, Any], spoken: FromPath[str], topic: FromPath[str]
) -> Response[Any]:
    """Propose another wording."""
    form = await form_of(request)
    key, text = form.get("key", ""), form.get("text", "")
    wrong = await services_of(request).word_book.propose(session_of(request), spoken, key, text)
    if wrong:
        return await _topic(request, spoken, topic, key, text, wrong)
    return pages.go_to(f"{WORDS}/{spoken}/{topic}#{key}")


@post("/words/{spoken:str}/{topic:str}/use", opt=to("words.review"))
async def use_wording(request: Request[Any, Any, Any], spoken: FromPath[str], topic: FromPath[str]) -> Response[Any]:
    """Put a proposed wording in use."""
    form = await form_of(request)
    key, text = form.get("key", ""), form.get("text", "")
    wrong = await services_of(request).word_book.use(session_of(request), spoken, key, text)
    if wrong:
        return await _topic(request, spoken, topic, key, text, wrong)
    return pages.go_to(f"{WORDS}/{spoken}/{topic}#{key}")


@post("/words/{spoken:str}/{topic:str}/drop", opt=to("words.review"))
async def drop_wording(request: Request[Any, Any, Any], spoken: FromPath[str], topic: FromPath[str]) -> Response[Any]:
    """Take a wording away."""
    form = await form_of(request)
    key, in_use = form.get("key", ""), form.get("which") == "used"
    await services_of(request).word_book.drop(session_of(request), spoken, key, in_use=in_use)
    return pages.go_to(f"{WORDS}/{spoken}/{topic}#{key}")


@post("/words/{spoken:str}/switch", opt=to("words.switch"))
async def switch_language(request: Request[Any, Any, Any], spoken: FromPath[str]) -> Response[Any]:
    """Switch a language off, or on again."""
    form = await form_of(request)
    await services_of(request).word_book.switch(session_of(request), spoken, on=form.get("turn") == "on")
    return pages.go_to(WORDS)


async def _contacts(request: Request[Any, Any, Any]) -> Response[Any]:
    services, session = at_desk(request)
    book: ContactBook = await services.contacts.look()
    countries: dict[str, list[Line]] = {}
    for line in book.lines:
        countries.setdefault(str(line.row["country"]), []).append(line)
    latest = (services.clock.now() + COUNTS_FOR - timedelta(days=1)).date()
    names = {each.member.id: each.member.name for each in await services.vettings.everybody(session)}
    values: dict[str, Any] = {
        "countries": countries,
        "withdrawn": book.withdrawn,
        "latest": latest,
        "names": names,
        "choices": CHOICES,
    }
    values["plain"] = plain
    return pages.page(request, "contacts.html", **values)


def _form(
    request: Request[Any, Any, Any], name: str, row: Mapping[str, Any], wrong: Sequence[str] = ()
) -> Response[Any]:
    values: dict[str, Any] = {
        "name": name,
        "row": row,
        "wrong": wrong,
        "choices": CHOICES,
        "longest_field": LONGEST_FIELD,
    }
    return pages.page(request, "contact.html", 422 if wrong else 200, **values)


async def _topic(
    request: Request[Any, Any, Any], spoken: str, topic: str, key: str = "", text: str = "", wrong: Sequence[str] = ()
) -> Response[Any]:
    services, session = at_desk(request)
    topics, seen = await services.word_book.topic(spoken, topic)
    if not seen:
        return pages.go_to(WORDS)
    names = {each.member.id: each.member.name for each in await services.vettings.everybody(session)}
    reads = session.may("words.review") and spoken in session.member.languages
    values: dict[str, Any] = {
        "spoken_here": spoken,
        "topic": topic,
        "topics": topics,
        "seen": seen,
        "names": names,
        "reads": reads,
    }
    proposal: dict[str, Any] = {"key": key, "text": text, "wrong": wrong, "longest_wording": LONGEST_WORDING}
    return pages.page(request, "words_topic.html", 422 if wrong else 200, **values, **proposal)


def _row(form: Mapping[str, str]) -> dict[str, Any]:
    """Make a row of what the form holds; what is empty is left out, and the check says what is missing."""
    row: dict[str, Any] = {"country": form.get("country", "").strip().upper()}
    reached = form.get("reached", "")
    if reached in CHOICES["reached_by"]:
        row[reached] = form.get("address", "").strip()
    ways = [way for way in ("call", "text") if f"by-{way}" in form]
    if reached == "number" and ways != ["call"]:
        row["by"] = ways
    for name in (*TEXTS, *OPTIONAL):
        value = " ".join(form.get(name, "").split())
        if value:
            row[name] = value
    serves = [purpose for purpose in PURPOSES if f"serves-{purpose}" in form]
    if serves:
        row["serves"] = serves
    languages = [code for code in form.get("languages", "").replace(",", " ").split() if code]
    row["languages"] = "unknown" if languages in ([], ["unknown"]) else languages
    return row


def _end_of(value: str) -> datetime | None:
    """Read a day as a form sends it: it counts until it ends, in UTC. None for anything else."""
    try:
        day = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return datetime.combine(day.date(), time(), timezone.utc) + timedelta(days=1, seconds=-1)
