"""What the services need to seal, open and compare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.services.records import Address


class Vault(Protocol):
    """Seals and opens with the server key, and makes keys. `open` raises CannotOpen."""

    def seal(self, purpose: str, data: bytes) -> bytes:
        """Seal with the server key; the purpose is bound in and must be given to open."""

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open what `seal` sealed for the same purpose."""

    def hash_chat(self, address: Address) -> bytes:
        """Give the keyed hash (BLAKE2b) by which a chat is found."""

    def hash_token(self, token: str) -> bytes:
        """Give the keyed hash of a one-time token or a way-back phrase."""

    def new_key_pair(self) -> tuple[bytes, bytes]:
        """Make a key pair: public, private."""

    def seal_to(self, public: bytes, data: bytes) -> bytes:
        """Seal so that only the private half opens."""

    def open_with(self, private: bytes, sealed: bytes) -> bytes:
        """Open what `seal_to` sealed; with keys in a row, what one of them opens."""

    def opener(self, private: bytes) -> Callable[[bytes], bytes]:
        """Give what does so, for many seals of one key."""

    def lock_with_passphrase(self, passphrase: str, data: bytes) -> bytes:
        """Seal under Argon2id(passphrase); salt and parameters travel inside."""

    def unlock_with_passphrase(self, passphrase: str, sealed: bytes) -> bytes:
        """Open what `lock_with_passphrase` sealed."""

    def new_recovery_key(self) -> str:
        """Make a recovery key to be kept on paper."""

    def lock_with_recovery(self, recovery: str, data: bytes) -> bytes:
        """Seal under the recovery key."""

    def unlock_with_recovery(self, recovery: str, sealed: bytes) -> bytes:
        """Open what `lock_with_recovery` sealed; small typing differences (case, spaces, dashes) do not matter."""
