"""Reads forms and cookies without a cache: a web framework may keep the last thousand bodies in memory to be quick.

What a person writes, and what staff sign in with, must be gone when the request is.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl

FIELDS_AT_MOST: Final = 200


def read_form(body: bytes) -> list[tuple[str, str]]:
    """Give the fields of a form in order; raises ValueError for a body that is not a form of ours."""
    return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)


def read_cookies(header: str) -> dict[str, str]:
    """Give the cookies of a request; a header that cannot be read gives none."""
    try:
        jar = SimpleCookie(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
