"""Imported by Python itself at the start of a child: fails every connection but loopback, loudly, and notes it.

Active where NETWORK_GUARD names the file to note in.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

NOTES = os.environ.get("NETWORK_GUARD")
LOOPBACK = ("127.", "::1", "localhost")
WATCHED = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise at a connection or a look-up that leaves this machine."""
    if event not in WATCHED:
        return
    address = arguments[WATCHED[event]]
    host = address[0] if isinstance(address, tuple) else address
    if host is None or (isinstance(host, str) and host.startswith((*LOOPBACK, "/"))):
        return
    with Path(str(NOTES)).open("a") as notes:
        notes.write(f"{event}\n")
    raise ConnectionRefusedError(f"{event} leaves this machine")


if NOTES:
    sys.addaudithook(refuse)
