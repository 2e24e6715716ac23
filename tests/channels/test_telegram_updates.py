"""What of a raw update is taken in, and what is never kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.updates import UnreadableUpdate, press_to_answer, read_update, update_number
from bot.services.records import Address, Incoming

BOT = "4000000001"
SENDER = {
    "id": 55,
    "is_bot": False,
    "first_name": "Zebrafinch",
    "last_name": "Zebrafinch",
    "username": "zebrafinch",
    "language_code": "th",
}
CHAT = {"id": 55, "type": "private", "first_name": "Zebrafinch", "username": "zebrafinch"}


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 9, "message": {"message_id": 1, "date": 0, "chat": CHAT, "from": SENDER, **content}}


def read(update: Any) -> Incoming:
    incoming = read_update(update, BOT)
    assert incoming is not None
    return incoming


def test_a_text_comes_with_its_chat_number_and_language() -> None:
    assert read(message(text="hello")) == Incoming(
        Address("telegram", BOT, "55"), "9", "text", "hello", "th", remote="1"
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("/start", "th"),
        ("/START", "th"),
        ("/start@invented_bot", "th"),
        ("/start my", "my"),
        ("/start en", "en"),
        ("/start fil", "tl"),
        ("/start zh-hans", "zh"),
        ("/start poster7", "th"),
    ],
)
def test_start_is_no_message_and_a_deep_link_names_the_language(text: str, hint: str) -> None:
    incoming = read(message(text=text))
    assert (incoming.kind, incoming.text, incoming.language_hint) == ("start", "", hint)


@pytest.mark.parametrize(
    "text",
    ["/restart", "/help me", "/", "/start please help me", "/startle", "/intent{}", "//start", "stop", "/start ช่วยด้วย"],
)
def test_any_other_text_that_starts_with_a_slash_is_a_text(text: str) -> None:
    incoming = read(message(text=text))
    assert (incoming.kind, incoming.text) == ("text", text)


@pytest.mark.parametrize(
    "text",
    ["x" * 4096, "\u200fשלום\u202e", "a\0b", "\N{SLIGHTLY SMILING FACE}" * 300, "\ufeffx", " ", "\n"],
    ids=["longest", "right-to-left", "nul", "emojis", "bom", "blank", "newline"],
)
def test_a_strange_text_is_taken_as_it_is(text: str) -> None:
    assert read(message(text=text)).text == text


def test_half_a_surrogate_pair_is_made_storable_and_takes_nothing_with_it() -> None:
    assert read(message(text="a\ud83db\ude00")).text == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"emoji": "zebrafinch"}},
        {"voice": {"file_id": "zebrafinch"}},
        {"photo": [{"file_id": "zebrafinch"}]},
        {"video": {}},
        {"document": {"file_name": "zebrafinch"}},
        {"location": {"latitude": 1.5, "longitude": 100.2}},
        {"contact": {"phone_number": "+000", "first_name": "zebrafinch"}},
        {"poll": {}},
        {"dice": {}},
        {"something_of_the_future": {"zebrafinch": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_of_anything_but_text_only_that_it_came_is_known(content: dict[str, Any]) -> None:
    incoming = read(message(**content))
    assert (incoming.kind, incoming.text) == ("other", "")
    assert "zebrafinch" not in repr(incoming)


def test_words_under_a_picture_are_a_message_and_the_picture_is_only_named() -> None:
    incoming = read(message(photo=[{"file_id": "zebrafinch"}], caption="he is at the door"))
    assert (incoming.kind, incoming.text) == ("text", "he is at the door")
    assert "zebrafinch" not in repr(incoming)


def test_what_the_messenger_writes_by_itself_is_passed_over() -> None:
    assert read_update(message(message_auto_delete_timer_changed={"message_auto_delete_time": 60}), BOT) is None
    assert read_update(message(pinned_message={}), BOT) is None


def test_of_a_changed_message_only_that_it_was_changed_is_known() -> None:
    edited = {"update_id": 9, "edited_message": message(text="new")["message"]}
    incoming = read(edited)
    assert (incoming.kind, incoming.text) == ("edited", "")


def test_a_moving_location_is_passed_over() -> None:
    moved = {"update_id": 9, "edited_message": message(location={"latitude": 1})["message"]}
    assert read_update(moved, BOT) is None


def test_a_press_brings_the_data_of_its_button() -> None:
    press = {"id": "p1", "from": SENDER, "message": message(text="q")["message"], "data": "w:stop"}
    update = {"update_id": 9, "callback_query": press}
    assert read(update) == Incoming(Address("telegram", BOT, "55"), "9", "press", "w:stop", "th")
    assert press_to_answer(update) == "p1"


@pytest.mark.parametrize("extra", [{}, {"inline_message_id": "i"}])
def test_a_press_below_a_message_that_is_not_in_a_chat_is_passed_over(extra: dict[str, str]) -> None:
    press = {"id": "p", "from": SENDER, "data": "x", **extra}
    assert read_update({"update_id": 9, "callback_query": press}, BOT) is None


@pytest.mark.parametrize(("status", "kind"), [("kicked", "blocked"), ("member", None)])
def test_blocking_the_bot_is_known_and_unblocking_says_nothing(status: str, kind: str | None) -> None:
    change = {"chat": CHAT, "from": SENDER, "old_chat_member": {}, "new_chat_member": {"status": status}}
    incoming = read_update({"update_id": 9, "my_chat_member": change}, BOT)
    assert (incoming.kind if incoming else None) == kind


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_only_private_chats_are_read(kind: str) -> None:
    chat = {"id": -100, "type": kind, "title": "t"}
    said = message(text="x")["message"] | {"chat": chat}
    for update in (
        {"update_id": 9, "message": said},
        {"update_id": 9, "edited_message": said},
        {"update_id": 9, "callback_query": {"id": "p", "from": SENDER, "message": said, "data": "d"}},
        {"update_id": 9, "my_chat_member": {"chat": chat, "from": SENDER, "new_chat_member": {"status": "kicked"}}},
    ):
        assert read_update(update, BOT) is None


def test_what_was_not_asked_for_is_passed_over() -> None:
    for kind in ("channel_post", "edited_channel_post", "inline_query", "of_the_future"):
        assert read_update({"update_id": 9, kind: message(text="x")["message"]}, BOT) is None


def test_names_are_never_kept() -> None:
    assert "zebrafinch" not in repr(read(message(text="hello"))).casefold()


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "zebrafinch",
        {"update_id": 9, "message": None},
        {"update_id": 9, "message": {"text": "zebrafinch"}},
        {"update_id": 9, "message": {"text": {"zebrafinch": 1}, "chat": CHAT}},
        {"update_id": 9, "message": {"text": "zebrafinch", "chat": {"id": "55", "type": "private"}}},
        {"update_id": "9", "message": {"text": "zebrafinch", "chat": CHAT}},
        {"message": {"text": "zebrafinch", "chat": CHAT}},
        {"update_id": 9, "callback_query": {"message": {"chat": CHAT}, "data": 7}},
        {"update_id": 9, "my_chat_member": {"chat": CHAT}},
    ],
)
def test_a_wrong_shape_is_named_without_its_content(update: Any) -> None:
    with pytest.raises(UnreadableUpdate) as caught:
        read_update(update, BOT)
    assert "zebrafinch" not in str(caught.value)
    assert caught.value.__suppress_context__


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["private", "kicked", "/start"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["update_id", "message", "callback_query", "my_chat_member", "chat", "id", "type", "text", "from"]
            )
            | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_comes_is_read_passed_over_or_set_aside(update: Any) -> None:
    update_number(update)
    try:
        incoming = read_update(update, BOT)
    except UnreadableUpdate:
        return
    if incoming is not None:
        incoming.text.encode()
