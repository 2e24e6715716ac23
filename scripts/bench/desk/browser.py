"""A member of staff at the desk over real HTTP, as far as a bench needs one: signs in and asks for pages."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

import pyotp

from bot.private_http import read_cookies
from bot.services.sign_in import STEP_SECONDS
from scripts.bench.desk.seeded import PASSPHRASE, SECRET

SEE_OTHER: Final = 303
PATIENCE: Final = 60.0
STAYS_OPEN: Final = 2.0
"""Seconds after which a connection is not used again; the server closes it after five."""


@dataclass
class Browser:
    """One connection that is kept open, and the cookies of its member. It blocks: run it beside the loop."""

    port: int
    name: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None
    _used: float = 0.0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def enter(self) -> None:
        """Sign in by the form, with the code that comes next: each works once, and set-up used an earlier one."""
        page = self.ask("/sign-in")[1]
        hidden = re.search(r'name="csrf" value="([^"]*)"', page)
        form = {
            "name": self.name,
            "passphrase": PASSPHRASE,
            "code": pyotp.TOTP(SECRET).at(int(time.time()) + STEP_SECONDS),
        }
        status, page = self.ask("/sign-in", {**form, "csrf": hidden[1] if hidden else ""})
        if status != SEE_OTHER:
            raise RuntimeError(f"{self.name} could not sign in: {status}")

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; give status and page. One at a time: streams of one browser share it."""
        with self._one_at_a_time:
            return self._ask(path, form)

    def _ask(self, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        line = self._open()
        headers = {"host": f"localhost:{self.port}", "cookie": self.cookie}
        if form is None:
            line.request("GET", path, headers=headers)
        else:
            headers |= {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
            line.request("POST", path, urlencode(form), headers)
        answer = line.getresponse()
        page = answer.read().decode()
        for cookie in answer.headers.get_all("set-cookie", []):
            self.cookies |= read_cookies(cookie.partition(";")[0])
        return answer.status, page

    def _open(self) -> http.client.HTTPConnection:
        """Give the connection, a new one where the server has closed it by now."""
        now = time.monotonic()
        if self._line is None or now - self._used > STAYS_OPEN:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._used = now
        return self._line

    def time(self, path: str) -> tuple[int, float]:
        """Give status and milliseconds from asking for a page until the last of it is here."""
        started = time.perf_counter()
        status, _ = self.ask(path)
        return status, (time.perf_counter() - started) * 1000

    @property
    def cookie(self) -> str:
        """Give the header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())
