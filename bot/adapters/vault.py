"""Seals and opens (design/architecture.md, *Keys*): XChaCha20-Poly1305, sealed boxes, Argon2id, all from libsodium.

Every seal begins with a byte that says how it was made, so that a later way can live beside this one. No error tells
why a seal does not open.
"""

from __future__ import annotations

import re
import secrets
import struct
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id

from bot.errors import CannotOpen
from bot.services.key_ring import RING, unbundle
from bot.services.records import Address

VERSION: Final = b"\x01"
_NONCE: Final = 24
_SALT: Final = argon2id.SALTBYTES
_KEY: Final = 32
_HEADER: Final = struct.Struct(f">cIQ{_SALT}s")
"""Of what is sealed under a passphrase: version, operations, bytes of memory, salt."""

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans("OIL", "011")
_RECOVERY_LETTERS: Final = 32
"""160 bits, five a letter."""


@dataclass(frozen=True)
class Effort:
    """What one guess at a passphrase costs: passes over `memory` bytes (Argon2id)."""

    passes: int = 3
    memory: int = argon2id.MEMLIMIT_MODERATE // 2
    """128 MiB: between libsodium's INTERACTIVE and MODERATE, well under a second on a small server."""


class SodiumVault:
    """Body of `Vault`. Sealing, chats and tokens each have a key of their own, made from the server key."""

    def __init__(self, server_key: bytes, effort: Effort | None = None) -> None:
        """Take the server key's 32 bytes; another length raises ValueError."""
        if len(server_key) != _KEY:
            raise ValueError("a server key has 32 bytes")
        self._sealing = _derive(server_key, b"seal")
        self._hashing = _derive(server_key, b"hash")
        self._effort = effort or Effort()

    def seal(self, purpose: str, data: bytes) -> bytes:
        """Seal with the server key; the purpose is bound in and must be given to open."""
        return VERSION + _encrypt(self._sealing, data, VERSION + purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open what `seal` sealed for the same purpose; raises CannotOpen."""
        version, rest = sealed[:1], sealed[1:]
        return _decrypt(self._sealing, rest, version + purpose.encode())

    def hash_chat(self, address: Address) -> bytes:
        """Give the keyed hash (BLAKE2b) by which a chat is found."""
        parts = (_bytes(address.channel), _bytes(address.bot), _bytes(address.chat))
        return self._hash(b"saphan-chat", b"".join(struct.pack(">I", len(part)) + part for part in parts))

    def hash_token(self, token: str) -> bytes:
        """Give the keyed hash of a one-time token or a way-back phrase, exactly as given."""
        return self._hash(b"saphan-token", _bytes(token))

    def new_key_pair(self) -> tuple[bytes, bytes]:
        """Make a key pair: public, private."""
        private = PrivateKey.generate()
        return bytes(private.public_key), bytes(private)

    def seal_to(self, public: bytes, data: bytes) -> bytes:
        """Seal so that only the private half opens; a public key of another length raises ValueError."""
        return VERSION + SealedBox(PublicKey(public)).encrypt(data)

    def open_with(self, private: bytes, sealed: bytes) -> bytes:
        """Open what `seal_to` sealed; raises CannotOpen.

        A ring of wrapped keys opens to the keys in a row, and such a row opens whatever one of them opens.
        """
        return self.opener(private)(sealed)

    def opener(self, private: bytes) -> Callable[[bytes], bytes]:
        """Give what opens as `open_with` does: what a key is made ready with takes a quarter of the time of a seal."""
        boxes: list[SealedBox[PrivateKey]] = []
        # The newest first: that is where people are.
        for at in range(len(private) - _KEY, -1, -_KEY):
            with suppress(CryptoError, ValueError, TypeError):
                boxes.append(SealedBox(PrivateKey(private[at : at + _KEY])))
        return partial(_open_with, boxes)

    def lock_with_passphrase(self, passphrase: str, data: bytes) -> bytes:
        """Seal under Argon2id(passphrase); salt and effort travel inside. Takes long on purpose: not on the loop."""
        salt = secrets.token_bytes(_SALT)
        header = _HEADER.pack(VERSION, self._effort.passes, self._effort.memory, salt)
        return header + _encrypt(_stretch(passphrase, self._effort, salt), data, header)

    def unlock_with_passphrase(self, passphrase: str, sealed: bytes) -> bytes:
        """Open what `lock_with_passphrase` sealed, with the effort of that time; raises CannotOpen."""
        header, rest = sealed[: _HEADER.size], sealed[_HEADER.size :]
        try:
            _, passes, memory, salt = _HEADER.unpack(header)
        except struct.error:
            raise CannotOpen("the seal does not open") from None
        # A seal somebody tampered with must not make this machine work for hours.
        if passes > argon2id.OPSLIMIT_SENSITIVE * 4 or memory > argon2id.MEMLIMIT_SENSITIVE:
            raise CannotOpen("the seal does not open")
        try:
            key = _stretch(passphrase, Effort(passes, memory), salt)
        except (CryptoError, ValueError, RuntimeError):
            raise CannotOpen("the seal does not open") from None
        return _decrypt(key, rest, header)

    def new_recovery_key(self) -> str:
        """Make a recovery key to be kept on paper: 160 bits in eight groups of four letters and digits."""
        letters = "".join(secrets.choice(_CROCKFORD) for _ in range(_RECOVERY_LETTERS))
        return "-".join(letters[at : at + 4] for at in range(0, _RECOVERY_LETTERS, 4))

    def lock_with_recovery(self, recovery: str, data: bytes) -> bytes:
        """Seal under the recovery key; what is not one raises CannotOpen."""
        return VERSION + _encrypt(_recovery_key(recovery), data, VERSION + b"recovery")

    def unlock_with_recovery(self, recovery: str, sealed: bytes) -> bytes:
        """Open what `lock_with_recovery` sealed; small typing differences (case, spaces, dashes) do not matter."""
        return _decrypt(_recovery_key(recovery), sealed[1:], sealed[:1] + b"recovery")

    def _hash(self, purpose: bytes, data: bytes) -> bytes:
        return blake2b(data, key=self._hashing, digest_size=_KEY, person=purpose).digest()


def _open_with(boxes: Sequence[SealedBox[PrivateKey]], sealed: bytes) -> bytes:
    if sealed[:1] == RING:
        ring = unbundle(sealed)
        if not ring:
            raise CannotOpen("the ring holds no key")
        return b"".join(_open_with(boxes, one) for one in ring)
    if sealed[:1] == VERSION:
        for box in boxes:
            with suppress(CryptoError, ValueError, TypeError):
                return box.decrypt(sealed[1:])
    raise CannotOpen("the seal does not open")


def _bytes(text: str) -> bytes:
    """A browser or a messenger may send lone surrogates: they are bytes like any others here."""
    return text.encode("utf-8", "surrogatepass")


def _derive(server_key: bytes, use: bytes) -> bytes:
    return blake2b(key=server_key, digest_size=_KEY, person=b"saphan-" + use).digest()


def _encrypt(key: bytes, data: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(data, bound, nonce, key)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(rest, bound, nonce, key)
    except (CryptoError, ValueError, TypeError):
        raise CannotOpen("the seal does not open") from None


def _stretch(passphrase: str, effort: Effort, salt: bytes) -> bytes:
    """Make a key of a passphrase; two keyboards write one letter differently, NFKC makes them equal."""
    written = _bytes(unicodedata.normalize("NFKC", passphrase))
    return argon2id.kdf(_KEY, written, salt, opslimit=effort.passes, memlimit=effort.memory)


def _recovery_key(recovery: str) -> bytes:
    """Make a key of a recovery key as typed; it has bits enough to need no stretching."""
    letters = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", recovery)).upper().translate(_MISREAD)
    if len(letters) != _RECOVERY_LETTERS or not set(letters) <= set(_CROCKFORD):
        raise CannotOpen("this is not a recovery key")
    return blake2b(letters.encode(), digest_size=_KEY, person=b"saphan-recovery").digest()
