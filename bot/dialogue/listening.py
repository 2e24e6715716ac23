"""What both servers of the engine share: the arguments, the start, the one line when the start fails."""

from __future__ import annotations

import argparse
import socket
from typing import Any

from bot.errors import SettingError

HIGHEST_PORT = 65_535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what both servers take."""
    parser.add_argument("--listen", required=True, metavar="HOST:PORT", help="where to listen, such as 127.0.0.1:5005")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")


def address_of(listen: str) -> tuple[str, int]:
    """Split `host:port`; anything else raises SettingError."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) <= HIGHEST_PORT:
        raise SettingError("--listen should be HOST:PORT, such as 127.0.0.1:5005")
    return host, int(port)


def listen(app: Any, address: tuple[str, int]) -> None:
    """Serve until told to end; a busy port raises SettingError."""
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named in full: asyncio sends at once only what it knows to be TCP, and a second answer would take 40 ms more.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((host.strip("[]"), port))
        except OSError as error:
            raise SettingError(f"--listen {host}:{port} cannot be used ({error.strerror}); choose another") from error
        taken.listen(100)
        taken.settimeout(0)
        app.run(sock=taken, access_log=False, debug=False, motd=False, workers=1)
