"""The `saphan` command (design/contract.md, *The `saphan` command*). What is heavy is imported where it is needed."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

from bot import logs
from bot.domain.codes import LANGUAGES
from bot.domain.roles import all_roles
from bot.errors import SaphanError, SettingError
from bot.settings import Settings

FAULT: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130
YOUNG: Final = (50_000, 50)
"""New objects between two looks for garbage, and such looks between two at older objects."""

Command = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]


def main() -> None:
    """Run one command; bad input or a wrong setting ends with one clear line and status 2."""
    # What a start reads stays to the end; to look through it as often as Python does takes a fifth of the start.
    gc.set_threshold(*YOUNG)
    arguments = _parser().parse_args()
    try:
        settings = Settings.load(os.environ, Path(".env"))
        logs.configure(settings.log_level)
        command: Command = arguments.command
        status = asyncio.run(command(arguments, settings))
    except SettingError as exc:
        _end(str(exc), WRONG_USE)
    except SaphanError as exc:
        _end(str(exc), getattr(exc, "exit_status", FAULT))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAULT)
    sys.exit(status)


def _end(sentence: str, status: int) -> None:
    sys.stderr.write(f"saphan: {sentence}\n")
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="saphan", description="A bridge from a messenger to a counsellor.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="start engine, actions and app, and print where things are")
    run.add_argument("--with-parent", action="store_true", help="end when the starting process ends")
    run.set_defaults(command=_run)

    engine = commands.add_parser("engine", help="start the engine alone, for several machines")
    engine.add_argument("--listen", default="127.0.0.1:5005", metavar="HOST:PORT")
    engine.set_defaults(command=_engine)

    read = commands.add_parser("read", help="read JSON lines {id, text} and write what was understood")
    read.add_argument("file", nargs="?", default="-", metavar="FILE", help="standard input by default")
    read.set_defaults(command=_read)

    chat = commands.add_parser("chat", help="write with the bot in this terminal")
    chat.add_argument("--lang", choices=LANGUAGES, default="en")
    chat.add_argument("--plain", action="store_true", help="only the talk, without what each turn understood")
    chat.set_defaults(command=_chat)

    rehearse = commands.add_parser("rehearse", help="play the persona stories against the real bot")
    rehearse.add_argument("--only", default="", metavar="NAMES", help="personas or stories (silent/leaves), by commas")
    rehearse.add_argument("--show", action="store_true", help="print every story as it is played")
    rehearse.set_defaults(command=_rehearse)

    _add_checks(commands)

    staff = commands.add_parser("staff", help="people who work at the desk").add_subparsers(required=True)
    add = staff.add_parser("add", help="add a member of staff and print a one-time set-up link")
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, action="append", choices=all_roles(), help="repeat for several roles")
    add.add_argument("--organisation", help="the home organisation by default")
    add.add_argument("--languages", default="", help="comma-separated codes, such as th,lo")
    add.set_defaults(command=_staff_add)

    telegram = commands.add_parser("telegram", help="the bot on Telegram").add_subparsers(required=True)
    profile = telegram.add_parser("profile", help="set a neutral name, about text and picture, and no command menu")
    profile.set_defaults(command=_telegram_profile)

    _add_contents(commands)

    erase = commands.add_parser("erase", help="erase one conversation completely")
    erase.add_argument("conversation", metavar="CONVERSATION", help="its case code, as the desk shows it")
    erase.set_defaults(command=_erase)

    audit = commands.add_parser("audit", help="the chained record of every act").add_subparsers(required=True)
    verify = audit.add_parser("verify", help="check the chain; status 1 and the first broken row")
    verify.set_defaults(command=_audit_verify)
    return parser


def _add_contents(commands: Any) -> None:
    learn = commands.add_parser("learn", help="sentences that reviewers wrote, as a proposed change of nlu_data")
    learn.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there yet")
    learn.set_defaults(command=_learn)

    content = commands.add_parser("content", help="what the desk changed of contacts and words")
    export = content.add_subparsers(required=True).add_parser("export", help="write it into a copy of flows/")
    export.add_argument("folder", type=Path, metavar="FOLDER", help="a folder that is not there yet")
    export.set_defaults(command=_content_export)


def _add_checks(commands: Any) -> None:
    check = commands.add_parser("check", help="check flows, words and training data")
    check.set_defaults(command=_check)

    recording = commands.add_parser("recording", help="a sentence to be recorded and its hash, or all that are left")
    recording.add_argument("language", choices=LANGUAGES)
    recording.add_argument(
        "key", metavar="TOPIC.MESSAGE", nargs="?", default="", help="its name in flows/words, such as grounding.offer"
    )
    recording.set_defaults(command=_recording)

    evaluate = commands.add_parser("evaluate", help="measure how well messages are read, by language, kind and code")
    evaluate.add_argument("--set", metavar="PATH", help="labelled messages: a file, or a folder of <language>.yml")
    evaluate.add_argument("--out", metavar="DIR", help="write report.md, report.json and pictures there")
    evaluate.add_argument("--docs", action="store_true", help="put tables and pictures into docs/understanding.md too")
    evaluate.add_argument("--peers", action="store_true", help="train other readers on the same data, and measure them")
    evaluate.add_argument("--epochs", type=int, metavar="N", help="rounds of training of Rasa's default pipeline (100)")
    evaluate.add_argument("--train", action="store_true", help="measure how long training from nothing takes")
    evaluate.add_argument("--gate", action="store_true", help="status 1 where a language is behind the others")
    evaluate.set_defaults(command=_evaluate)


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.adapters import processes
    from bot.commands import run

    if arguments.with_parent:
        processes.follow_parent()
    await run.run(settings)
    return 0


async def _engine(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import engine

    await engine.run(settings, arguments.listen)
    return 0


async def _read(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import read

    return await read.run(settings, arguments.file)


async def _chat(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import chat

    await chat.run(settings, arguments.lang, beside=not arguments.plain)
    return 0


async def _rehearse(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import rehearse

    return await rehearse.run(settings, only=arguments.only, show=arguments.show)


async def _evaluate(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import evaluate

    return await evaluate.run(settings, vars(arguments))


async def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import check_everything

    problems = await check_everything()
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write("nothing is wrong\n" if not problems else f"{len(problems)} to mend\n")
    return FAULT if problems else 0


async def _recording(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import recording

    return recording.run(arguments.language, arguments.key)


async def _staff_add(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import open_house

    languages = tuple(code for code in arguments.languages.split(",") if code)
    async with open_house(settings) as house:
        link = await house.add_member(arguments.name, tuple(arguments.role), arguments.organisation, languages)
    sys.stdout.write(f"{link}\n")
    return 0


async def _telegram_profile(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import profile

    return await profile.run(settings)


async def _learn(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import learn

    return await learn.learn(settings, arguments.folder)


async def _content_export(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.commands import content

    return await content.export(settings, arguments.folder)


async def _erase(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import open_house

    async with open_house(settings) as house:
        await house.forget.forget_person(arguments.conversation.strip().upper())
    sys.stdout.write("erased\n")
    return 0


async def _audit_verify(arguments: argparse.Namespace, settings: Settings) -> int:
    from bot.bootstrap import open_house

    async with open_house(settings) as house, house.records.begin() as tx:
        broken = await tx.casework.verify_audit()
    sys.stdout.write("the chain holds\n" if broken is None else f"row {broken} is the first that does not fit\n")
    return 0 if broken is None else FAULT


if __name__ == "__main__":
    main()
