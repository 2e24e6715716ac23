"""Everything that goes to a person passes `may_send` (rule S8): whoever calls a messenger stands here, with his reason.

Searched in the syntax of all services and of the person's channels, so that a new sender fails until it asks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import ROOT

MESSENGER: frozenset[str] = frozenset({"send", "retire_buttons", "edit", "delete_messages", "typing", "send_voice"})
"""What a messenger can do to a person's screen."""

ASKS = "may_send"
RULE = "bot/services/deliver.py"


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def senders() -> dict[str, set[str]]:
    """Give each file of the services whose code calls a messenger, with the functions that do."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "bot" / "services").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in functions(tree):
            for node in ast.walk(function):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                    continue
                owner = node.func.value
                name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                if node.func.attr in MESSENGER and "messenger" in name:
                    found.setdefault(path.relative_to(ROOT).as_posix(), set()).add(function.name)
    return found


def test_s8_only_the_deliverer_sends() -> None:
    """S8: no message outside safe hours, because there is one place from which messages leave."""
    sending = {file: names for file, names in senders().items() if names - {"clear"}}
    assert set(sending) - {"bot/services/clear.py"} == {RULE}


def test_s8_what_the_deliverer_does_to_a_screen_is_decided_by_the_rule() -> None:
    """S8: sending and editing are each reached only behind the rule's answer."""
    source = (ROOT / RULE).read_text(encoding="utf-8")
    bodies = {function.name: ast.unparse(function) for function in functions(ast.parse(source))}
    assert ASKS in bodies["_verdict"]
    assert "_verdict(" in bodies["_may_leave"]
    assert "_verdict(" in bodies["_retire_older"]
    assert bodies["_let_hear"].index("_verdict(") < bodies["_let_hear"].index("send_voice(")
    sent_from = {name for name, body in bodies.items() if "self._send(" in body}
    assert sent_from == {"deliver_one"}
    assert bodies["deliver_one"].index("_may_leave") < bodies["deliver_one"].index("self._send(")


def test_s8_channels_write_to_nobody_by_themselves() -> None:
    """S8: outside its messenger a channel calls nothing of the Bot API that a person would see."""
    seen = {"sendMessage", "editMessageText", "sendChatAction", "sendVoice", "sendPhoto", "editMessageReplyMarkup"}
    for path in sorted((ROOT / "bot" / "channels").rglob("*.py")):
        if path.name == "messenger.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert not said & seen, path.name
