"""Where the trained model lies, and whether it still fits what it was trained from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from bot.errors import SettingError

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = ("config.yml", "flows/domain", "flows/rules", "nlu_data", "bot/nlu", "bot/domain/codes.py")
"""What a model is made from, under `ROOT`."""

NAME: Final = "saphan.tar.gz"
MARK: Final = "saphan.fingerprint"


def folder_of(home: Path) -> Path:
    """Give the folder of models."""
    return home.resolve() / "models"


def model_of(home: Path) -> Path:
    """Give the trained model; none there raises SettingError."""
    model = folder_of(home) / NAME
    if not model.is_file():
        raise SettingError(f"{model} is missing: train it with `python -m bot.dialogue.train --home {home}`")
    return model


def fingerprint(root: Path = ROOT) -> str:
    """Give a digest of everything that a model is made from, Rasa's version included."""
    from importlib.metadata import version

    digest = hashlib.blake2b(version("rasa").encode(), digest_size=16)
    for source in SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix in {".yml", ".py", ".txt", ".npz"}:
                digest.update(f"\0{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(home: Path) -> bool:
    """Tell whether the model in `home` was trained from what is here now."""
    mark = folder_of(home) / MARK
    return (folder_of(home) / NAME).is_file() and mark.is_file() and mark.read_text() == fingerprint()
