"""Notes stand beside the talk in a wide terminal and below it in a narrow one, in every script."""

from __future__ import annotations

import pytest

from bot.channels.side_column import BETWEEN, below, beside, cells, left_width, wrapped
from bot.channels.terminal import TerminalMessenger
from bot.services.ports import Outgoing

NOTES = ["understood  th, tell", "rule        tell: flows/rules/listening.yml:6 → action_hear"]


@pytest.mark.parametrize(
    ("text", "takes"), [("abc", 3), ("កាត", 3), ("ดี", 1), ("你好", 4), ("မြန်မာ", 5), ("", 0), ("e\u0301", 1)]
)
def test_marks_take_no_cell_and_wide_signs_two(text: str, takes: int) -> None:
    assert cells(text) == takes


def test_a_line_is_never_wider_than_it_may_be_even_without_blanks() -> None:
    for text in ("one two three four five six", "你" * 40, "ก" * 90, "x" * 41 + " y"):
        lines = wrapped(text, 20)
        assert all(cells(line) <= 20 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_two_columns_keep_their_border_in_one_place() -> None:
    lines = beside(["a", "你好", "ดี"], ["n1", "n2", "n3", "n4"], 100)
    assert {cells(line.split(BETWEEN)[0]) for line in lines} == {left_width(100)}
    assert [line.split(BETWEEN)[1] for line in lines] == ["n1", "n2", "n3", "n4"]


async def test_a_wide_terminal_shows_notes_beside_and_a_narrow_one_below() -> None:
    for columns, is_beside in ((120, True), (60, False)):
        printed: list[str] = []
        waiting = [*NOTES]

        def take(waiting: list[str] = waiting) -> list[str]:
            taken = [*waiting]
            waiting.clear()
            return taken

        messenger = TerminalMessenger(printed.append, take, columns)
        await messenger.send("chat", Outgoing("hello", ((("Yes", "1"),),)))
        await messenger.send("chat", Outgoing("and more"))
        first, second = printed
        assert (BETWEEN in first.splitlines()[0]) == is_beside
        assert "listening.yml:6" in first
        assert second == "and more\n\n"


def test_long_notes_are_wrapped_below() -> None:
    assert all(len(line) <= 40 for line in below(["because     " + "told " * 30], 40))
