"""What is sealed opens for whom it is meant, for the purpose it was sealed for, and for nothing and nobody else."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.adapters import server_key
from bot.adapters.vault import Effort, SodiumVault
from bot.errors import CannotOpen, SettingError
from bot.services.key_ring import RING
from bot.services.records import Address

CHEAP = Effort(passes=1, memory=8192)
VAULT = SodiumVault(bytes(range(32)), CHEAP)
OTHER = SodiumVault(bytes(32), CHEAP)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(texts, st.binary(max_size=300))
def test_what_is_sealed_for_a_purpose_opens_for_it(purpose: str, data: bytes) -> None:
    assert VAULT.open(purpose, VAULT.seal(purpose, data)) == data


@given(texts, texts, st.binary(max_size=50))
def test_what_is_sealed_for_a_purpose_opens_for_no_other(purpose: str, other: str, data: bytes) -> None:
    assume(purpose != other)
    with pytest.raises(CannotOpen):
        VAULT.open(other, VAULT.seal(purpose, data))


@given(st.binary(max_size=50), st.data())
def test_one_changed_bit_keeps_every_seal_shut(data: bytes, draw: st.DataObject) -> None:
    public, private = VAULT.new_key_pair()
    recovery = VAULT.new_recovery_key()
    seals: list[tuple[bytes, Callable[[bytes], bytes]]] = [
        (VAULT.seal("chat:1", data), lambda it: VAULT.open("chat:1", it)),
        (VAULT.seal_to(public, data), lambda it: VAULT.open_with(private, it)),
        (VAULT.lock_with_passphrase("words", data), lambda it: VAULT.unlock_with_passphrase("words", it)),
        (VAULT.lock_with_recovery(recovery, data), lambda it: VAULT.unlock_with_recovery(recovery, it)),
    ]
    for sealed, opens in seals:
        assert opens(sealed) == data
        # The first twelve bytes of a passphrase's seal say how hard it was made; a guess of hours is not for a test.
        place = draw.draw(st.integers(13, len(sealed) - 1))
        changed = bytearray(sealed)
        changed[place] ^= 1 << draw.draw(st.integers(0, 7))
        with pytest.raises(CannotOpen):
            opens(bytes(changed))


@given(st.binary(max_size=90))
@example(RING)
def test_what_was_never_sealed_does_not_open(noise: bytes) -> None:
    _, private = VAULT.new_key_pair()
    recovery = VAULT.new_recovery_key()
    tries: list[Callable[[], bytes]] = [
        lambda: VAULT.open("chat:1", noise),
        lambda: VAULT.open_with(private, noise),
        lambda: VAULT.unlock_with_recovery(recovery, noise),
        lambda: VAULT.unlock_with_passphrase("words", b"\xff" * 13 + noise),
    ]
    for opens in tries:
        with pytest.raises(CannotOpen):
            opens()


def test_another_server_key_opens_nothing_and_finds_no_chat() -> None:
    address = Address("telegram", "1", "42")

    with pytest.raises(CannotOpen):
        OTHER.open("chat:1", VAULT.seal("chat:1", b"42"))
    assert OTHER.hash_chat(address) != VAULT.hash_chat(address)
    assert OTHER.hash_token("token") != VAULT.hash_token("token")


def test_two_seals_of_one_thing_look_different() -> None:
    public, _ = VAULT.new_key_pair()

    assert VAULT.seal("chat:1", b"42") != VAULT.seal("chat:1", b"42")
    assert VAULT.seal_to(public, b"42") != VAULT.seal_to(public, b"42")
    assert VAULT.lock_with_passphrase("words", b"42") != VAULT.lock_with_passphrase("words", b"42")


@given(st.tuples(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6)), st.data())
def test_two_chats_never_share_a_hash(parts: tuple[str, str, str], draw: st.DataObject) -> None:
    joined = "".join(parts)
    first = draw.draw(st.integers(0, len(joined)))
    second = draw.draw(st.integers(first, len(joined)))
    other = (joined[:first], joined[first:second], joined[second:])

    assert (VAULT.hash_chat(Address(*parts)) == VAULT.hash_chat(Address(*other))) == (parts == other)


def test_only_the_private_half_opens() -> None:
    public, private = VAULT.new_key_pair()
    sealed = VAULT.seal_to(public, b"words")

    assert VAULT.open_with(private, sealed) == b"words"
    for wrong in (public, VAULT.new_key_pair()[1], b"", b"short"):
        with pytest.raises(CannotOpen):
            VAULT.open_with(wrong, sealed)


def test_a_passphrase_opens_however_its_accents_were_typed() -> None:
    sealed = VAULT.lock_with_passphrase("café ngày", b"key")

    assert VAULT.unlock_with_passphrase("cafe\u0301 nga\u0300y", sealed) == b"key"
    for wrong in ("cafe ngay", "Café ngày", ""):
        with pytest.raises(CannotOpen):
            VAULT.unlock_with_passphrase(wrong, sealed)


def test_a_passphrase_opens_what_was_locked_with_another_effort() -> None:
    harder = SodiumVault(bytes(32), Effort(passes=2, memory=16384))

    assert harder.unlock_with_passphrase("words", VAULT.lock_with_passphrase("words", b"key")) == b"key"


def test_a_tampered_effort_does_not_keep_the_machine_busy() -> None:
    sealed = bytearray(VAULT.lock_with_passphrase("words", b"key"))
    sealed[1:5] = b"\xff" * 4

    with pytest.raises(CannotOpen):
        VAULT.unlock_with_passphrase("words", bytes(sealed))


def test_a_recovery_key_is_160_bits_in_groups_that_can_be_read_out() -> None:
    recovery = VAULT.new_recovery_key()

    assert [len(group) for group in recovery.split("-")] == [4] * 8
    assert not set("ILOU") & set(recovery)
    assert recovery != VAULT.new_recovery_key()


def test_a_recovery_key_opens_as_people_type_it() -> None:
    recovery = "01AB-CDEF-GH1J-KMN0-PQRS-TVWX-YZ23-4567"
    sealed = VAULT.lock_with_recovery(recovery, b"key")

    for typed in (
        recovery.lower(),
        recovery.replace("-", " "),
        recovery.replace("-", ""),
        f" {recovery}\n",
        recovery.replace("0", "O").replace("1", "l"),
        recovery.replace("1", "I").replace("0", "o"),
    ):
        assert VAULT.unlock_with_recovery(typed, sealed) == b"key"
    for wrong in ("", recovery[:-1], recovery.replace("7", "8"), recovery.replace("A", "U"), f"{recovery}0"):
        with pytest.raises(CannotOpen):
            VAULT.unlock_with_recovery(wrong, sealed)


def test_lone_surrogates_are_no_reason_to_fail() -> None:
    assert VAULT.hash_token("six \ud800 words") != VAULT.hash_token("six words")
    assert VAULT.unlock_with_passphrase("\udfff", VAULT.lock_with_passphrase("\udfff", b"key")) == b"key"


def test_the_server_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret.key"

    key = server_key.load_or_make(path)

    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert server_key.load_or_make(path) == key == server_key.load(path)
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_server_key_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    with pytest.raises(SettingError, match=r"secret\.key is missing; restore it from your backup"):
        server_key.load(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (bytes(32), 0o640, "chmod 600"),
        (bytes(32), 0o604, "chmod 600"),
        (b"", 0o600, "32 bytes"),
        (bytes(33), 0o600, "32 bytes"),
    ],
)
def test_a_server_key_that_cannot_be_trusted_stops_the_start(
    tmp_path: Path, content: bytes, mode: int, says: str
) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    path.chmod(mode)

    with pytest.raises(SettingError, match=says) as caught:
        server_key.load_or_make(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_place_where_no_key_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(SettingError, match="SAPHAN_SECRET_KEY_FILE"):
        server_key.load_or_make(tmp_path / "file" / "secret.key")


def test_the_usual_effort_is_not_a_test_s_effort() -> None:
    usual = Effort()

    assert usual.passes >= 2
    assert usual.memory >= 64 * 1024 * 1024
