"""Calls staff by mail. Nothing is in it but a neutral sentence; it is never sent in the clear to another machine."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from bot.errors import ChannelFailure, Refused
from bot.settings import Secret, is_loopback

PATIENCE: Final = 15.0
"""Seconds for the mail server to answer."""
NEVER: Final = 500
"""Answers from here on are final (RFC 5321)."""


class MailNotifier:
    """Body of `Notifier` by SMTP: `smtps://USER:PASSWORD@HOST:PORT?from=ADDRESS`, or `smtp://` with STARTTLS."""

    way = "mail"

    def __init__(self, url: Secret) -> None:
        """Nothing is connected yet."""
        self._url = url

    async def send(self, address: str, text: str) -> None:
        """Send one mail whose subject is all it says."""
        await asyncio.to_thread(self._send, address, text)

    def _send(self, address: str, text: str) -> None:
        parts = urlsplit(self._url.reveal())
        host = parts.hostname or ""
        sender = parse_qs(parts.query).get("from", [_sender(unquote(parts.username or ""), host)])[0]
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, address, text
        message.set_content(text)
        try:
            server = self._connect(parts.scheme, host, parts.port)
            try:
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(message)
            finally:
                # Not QUIT: what goes wrong after the mail was taken must not let it be sent again.
                server.close()
        except smtplib.SMTPRecipientsRefused as exc:
            raise _failure(max(code for code, _ in exc.recipients.values())) from None
        except smtplib.SMTPResponseException as exc:
            raise _failure(exc.smtp_code) from None
        except (smtplib.SMTPException, OSError) as exc:
            raise ChannelFailure(f"the mail server did not take it: {type(exc).__name__}") from None

    @staticmethod
    def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or smtplib.SMTP_SSL_PORT, timeout=PATIENCE, context=context)
        server = smtplib.SMTP(host, port or smtplib.SMTP_PORT, timeout=PATIENCE)
        if not is_loopback(host):
            server.starttls(context=context)
        return server


def _sender(user: str, host: str) -> str:
    return user if "@" in user else f"saphan@{host}"


def _failure(code: int) -> ChannelFailure:
    return Refused(code) if code >= NEVER else ChannelFailure(f"the mail server asks for patience: {code}")
