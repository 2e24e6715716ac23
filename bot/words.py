"""Says a key in a language: `flows/words/<language>/<topic>.ftl` is all that the bot can say to a person.

The desk reads words files of its own with it. Reads the other word lists of `flows/` too. Nothing here logs, and no
error repeats a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern

from bot.domain import escape
from bot.domain.codes import LANGUAGES, Language
from bot.domain.folding import fold
from bot.domain.themes import THEMES, Piece, Themes
from bot.domain.wording import DenyList, Draft, Flows, WordsByWay
from bot.errors import SaphanError, SettingError

FALLBACK: Final = "en"
_OF_A_CONTACT: Final = frozenset({"country", "police"})
LOCALES: Final[dict[str, str]] = {"tl": "fil"}
"""Where our code and the name that Fluent's plural rules know differ."""


class UnknownWords(SaphanError):
    """Nothing is written under this key, or a place of its sentence was not filled; names the key only."""


@dataclass(frozen=True)
class Words:
    """Every sentence in every language, built once. Make it with `Words.load`."""

    bundles: Mapping[tuple[str, str], FluentBundle]
    """By language and topic."""
    asking: Mapping[str, bool]
    """Every English key, and whether its sentence asks the person something."""
    by_language: Mapping[str, frozenset[str]]
    reworded: dict[tuple[str, str], FluentBundle] = field(default_factory=dict)
    """Sentences that the desk put in the place of the files', by language and key; `reword` changes them."""

    @classmethod
    def load(cls, folder: Path, languages: Sequence[Language] = LANGUAGES) -> Words:
        """Read all words files below a folder; a missing, unreadable or broken one raises SettingError."""
        bundles: dict[tuple[str, str], FluentBundle] = {}
        drafts: list[Draft] = []
        for language in languages:
            for path in _files(folder / language, folder.parent):
                resource, found = _read(path, language, folder.parent)
                bundle = FluentBundle([LOCALES.get(language, language)], use_isolating=False)
                bundle.add_resource(resource)
                bundles[language, path.stem] = bundle
                drafts += found
        asking = {draft.key: draft.asks == "yes" for draft in drafts if draft.language == FALLBACK}
        keys: dict[str, frozenset[str]] = {
            code: frozenset(d.key for d in drafts if d.language == code) for code in languages
        }
        return cls(bundles, asking, keys)

    def own(self) -> Words:
        """Give the same files with no wordings of the desk: each installation of a process has its own."""
        return replace(self, reworded={})

    def reword(self, wordings: Iterable[tuple[str, str, str]]) -> None:
        """Let sentences (language, key, text) stand above the files', from the next one said; others are let go.

        One that is no single Fluent sentence is left out: what the file says is said.
        """
        found = {}
        for language, key, text in wordings:
            resource = as_one_sentence(key.partition(".")[2], text, asks=self.asking.get(key, False))
            if resource is not None and key in self.keys(language):
                bundle = FluentBundle([LOCALES.get(language, language)], use_isolating=False)
                bundle.add_resource(resource)
                found[language, key] = bundle
        self.reworded.clear()
        self.reworded.update(found)

    def say(self, key: str, language: str, **args: str | int) -> str:
        """Give the sentence with its places filled as given.

        A language that is not there, and a sentence that one of them lacks, is said in English. A key that English
        lacks, and a place left open, raise UnknownWords.
        """
        spoken = language if key in self.by_language.get(language, ()) else FALLBACK
        if key not in self.asking:
            raise UnknownWords(f"the words files hold no {key!r}")
        topic, _, name = key.partition(".")
        bundle = self.reworded.get((spoken, key)) or self.bundles[spoken, topic]
        pattern = bundle.get_message(name).value
        if pattern is None:
            raise UnknownWords(f"{key!r} says nothing in {spoken!r}")
        said, faults = bundle.format_pattern(pattern, args)
        if faults:
            raise UnknownWords(f"{key!r} in {spoken!r} has a place that was not filled")
        return str(said)

    def has(self, key: str) -> bool:
        """Tell whether something is written under this key, in English at least."""
        return key in self.asking

    def keys(self, language: str) -> frozenset[str]:
        """Give every key that is written in a language; none for a language that is not there."""
        return self.by_language.get(language, frozenset())

    def asks(self, key: str) -> bool:
        """Tell whether the sentence asks the person something; an unknown key raises UnknownWords."""
        try:
            return self.asking[key]
        except KeyError:
            raise UnknownWords(f"the words files hold no {key!r}") from None


def load_escape(path: Path) -> escape.Words:
    """Read the exact words of the ways out; a wrong file raises SettingError that names it."""
    try:
        return escape.Words.of(_read_lists(path))
    except ValueError as fault:
        raise SettingError(f"{path.parent.name}/{path.name}: {fault}; give each word to one way out") from None


def load_common(path: Path) -> frozenset[str]:
    """Read the words that anybody may type by chance, folded; a wrong file raises SettingError that names it."""
    return frozenset(fold(word) for kinds in _read_lists(path).values() for words in kinds.values() for word in words)


def load_themes(folder: Path) -> Themes:
    """Read `flows/themes/<theme>.yml`; a theme or language that is missing or wrong raises SettingError."""
    pieces: dict[tuple[str, str], tuple[Piece, ...]] = {}
    for theme in THEMES:
        name = f"{folder.parent.name}/{folder.name}/{theme}.yml"
        try:
            data = yaml.safe_load((folder / f"{theme}.yml").read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
            raise SettingError(f"{name}: cannot be read ({type(fault).__name__}); see `saphan check`") from None
        for language in LANGUAGES:
            try:
                pieces[theme, language] = tuple(
                    Piece(str(one.get("title", "")), str(one["text"]).strip(), str(one.get("answer", "")))
                    for one in data[language]
                )
            except (AttributeError, KeyError, TypeError):
                raise SettingError(f"{name}: {language!r} must hold a list of `title`, `text`, `answer`") from None
            if not pieces[theme, language]:
                raise SettingError(f"{name}: {language!r} holds nothing; write what the screen shows")
    return Themes(pieces)


def load_contacts(path: Path) -> tuple[dict[str, Any], ...]:
    """Read the rows of `flows/contacts.yml`; a wrong file raises SettingError that names it."""
    name = f"{path.parent.name}/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise SettingError(f"{name}: cannot be read ({type(fault).__name__}); see `saphan check`") from None
    rows = data.get("contacts") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.keys() >= _OF_A_CONTACT for row in rows):
        raise SettingError(f"{name}: must hold `contacts:` and a list of rows; see `saphan check`")
    return tuple(rows)


def load_reviewed(path: Path) -> frozenset[str]:
    """Read `flows/reviews.yml`, hashes of sentences that were read elsewhere; none where there is no such file."""
    return frozenset(str(name) for by_key in _optional(path).values() for name in dict(by_key).values())


def load_switched_off(path: Path) -> frozenset[str]:
    """Read `flows/languages.yml`, the languages that are switched off; none where there is no such file."""
    return frozenset(
        code for code in _optional(path).get("switched_off") or () if code in LANGUAGES and code != FALLBACK
    )


def _optional(path: Path) -> Mapping[str, Any]:
    """Read a file that need not be there; a wrong one raises SettingError that names it."""
    if not path.exists():
        return {}
    name = f"{path.parent.name}/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise SettingError(f"{name}: cannot be read ({type(fault).__name__}); write it with `content export`") from None
    if not isinstance(data, dict):
        raise SettingError(f"{name}: must hold `name: value`; write it with `content export`")
    return data


def read_drafts(root: Path, topic: str) -> tuple[Draft, ...]:
    """Read one topic in every language that has it; a file that is no Fluent raises SettingError with its line."""
    paths = [(language, root / "flows" / "words" / language / f"{topic}.ftl") for language in LANGUAGES]
    return tuple(draft for language, path in paths if path.exists() for draft in _read(path, language, root)[1])


def load_deny(path: Path) -> DenyList:
    """Read what the bot must not say; a wrong file raises SettingError that names it."""
    return DenyList.of(_read_lists(path))


def as_one_sentence(name: str, text: str, *, asks: bool) -> ast.Resource | None:
    """Give a sentence as Fluent; None for what is more, less or other than one line of words and `{ $places }`."""
    resource = FluentParser().parse(f"{name} = {text}\n    .asks = {'yes' if asks else 'no'}\n")
    message = resource.body[0] if len(resource.body) == 1 else None
    if "\n" in text or not isinstance(message, ast.Message) or message.value is None or len(message.attributes) != 1:
        return None
    placed = [it.expression for it in message.value.elements if isinstance(it, ast.Placeable)]
    return resource if all(isinstance(it, ast.VariableReference) for it in placed) else None


def read_flows(root: Path) -> Flows:
    """Read everything that `saphan check` looks at; what cannot be read becomes a fault, never an exception."""
    faults: list[str] = []
    drafts: list[Draft] = []
    for language in LANGUAGES:
        try:
            paths = _files(root / "flows" / "words" / language, root)
        except SettingError as fault:
            faults.append(str(fault))
            continue
        for path in paths:
            try:
                drafts += _read(path, language, root)[1]
            except SettingError as fault:
                faults.append(str(fault))
    lists: dict[str, WordsByWay] = {}
    for name in ("escape", "deny"):
        try:
            lists[name] = _read_lists(root / "flows" / f"{name}.yml")
        except SettingError as fault:
            faults.append(str(fault))
    return Flows(tuple(drafts), lists.get("escape", {}), DenyList.of(lists.get("deny", {})), tuple(faults))


def _files(folder: Path, root: Path) -> Sequence[Path]:
    found = sorted(folder.glob("*.ftl"))
    if not found:
        raise SettingError(
            f"{folder.relative_to(root).as_posix()}: holds no words files; put its <topic>.ftl files there"
        )
    return found


def _read(path: Path, language: str, root: Path) -> tuple[ast.Resource, list[Draft]]:
    """Parse one words file; what is no Fluent raises SettingError with its line, never with its text."""
    name = path.relative_to(root).as_posix()
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingError(f"{name}: cannot be read ({type(fault).__name__}); put a UTF-8 file there") from None
    resource = _parse(source)
    drafts = []
    for entry in resource.body:
        line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
        if isinstance(entry, ast.Junk):
            raise SettingError(f"{name}:{line}: is no Fluent message; write `name = sentence` and an indented `.asks`")
        if isinstance(entry, ast.Message):
            drafts.append(_draft(entry, language, path.stem, name, line))
    return resource, drafts


@lru_cache(maxsize=1024)
def _parse(source: str) -> ast.Resource:
    """Parse a file once: a start reads every words file twice, to say it and to check it, and parsing takes longest."""
    return FluentParser().parse(source)


def _draft(entry: ast.Message, language: str, topic: str, name: str, line: int) -> Draft:
    asks = next((_text(attribute.value) for attribute in entry.attributes if attribute.id.name == "asks"), None)
    text = "" if entry.value is None else _text(entry.value)
    return Draft(language, f"{topic}.{entry.id.name}", name, line, text, asks)


def _text(pattern: ast.Pattern) -> str:
    return str(serialize_pattern(pattern)).strip()


def _read_lists(path: Path) -> WordsByWay:
    """Read `{name: {language: [phrase, ...]}}`."""
    name = f"{path.parent.name}/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingError(f"{name}: cannot be read ({type(fault).__name__}); put a UTF-8 file there") from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise SettingError(f"{name}{line}: is no YAML; check quotes and indents") from None
    if not isinstance(data, dict) or not all(_is_lists(value) for value in data.values()):
        raise SettingError(f"{name}: must hold `name: {{language: [phrase, ...]}}` and phrases in quotes")
    return data


def _is_lists(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(phrases, list) and all(isinstance(phrase, str) and phrase.strip() for phrase in phrases)
        for phrases in value.values()
    )
