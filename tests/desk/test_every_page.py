"""No page of the desk is left out where pages are looked at in a real browser."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.desk.test_routes import REACH
from tests.support.desk import ROOT

NO_PAGE: Final = {
    "/here": "answers nothing: a live page calls it",
    "/here/frame": "one line within every page where no script runs; nothing in it is read on, typed or pressed",
    "/setup/{token:str}/code.svg": "a picture on the page of the set-up link",
    "/static/{file_path:path}": "style, script and icon",
    "/figures.csv": "a file",
}
"""What is no page, and why."""
BY_A_LINK: Final = {
    "/people/{member:str}": "following(): the link of a member",
    "/referrals/{referral:str}": "the journey of a referral is led there when it was drafted",
    "/inbox/{referral:str}/talk": "the journey of a referral presses its link",
}
"""Pages whose address no walk writes out, and the walk that leads there."""
LOOKED_AT_IN: Final = ("tests/desk/test_accessible.py", "tests/journeys/test_referral.py")


def addresses() -> Iterator[str]:
    """Give every address that a walk writes out, with `{}` where something is filled in."""
    nodes = [node for file in LOOKED_AT_IN for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))]
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            parts = [str(it.value) if isinstance(it, ast.Constant) else "{}" for it in node.values]
            yield "".join(parts).removeprefix("{}").partition("?")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.replace("{link}", "/setup/{}").partition("?")[0]


def test_every_page_is_looked_at_in_a_browser_or_is_named_here_with_its_reason() -> None:
    walked = {it for it in addresses() if it.startswith("/")}
    pages = {path for method, path in REACH if method == "GET" and not path.endswith("/live")} - NO_PAGE.keys()
    left_out = {
        path
        for path in pages - BY_A_LINK.keys()
        if not any(re.fullmatch(re.sub(r"\{\w+:\w+\}", "[^/]+", path), it) for it in walked)
    }
    assert left_out == set()
    assert {*NO_PAGE, *BY_A_LINK} <= {path for _, path in REACH}
