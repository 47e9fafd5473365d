"""What a command says: results on standard output, what it is doing on standard error; and how it refuses."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

import click

CLEAR = "\r\x1b[K"  # to the beginning of the line, and nothing left on it


def say(words: str, *, err: bool = False) -> None:
    """Say a line, in place of what was being done on a terminal."""
    if sys.stderr.isatty():
        click.echo(CLEAR, err=True, nl=False)
    click.echo(words, err=err)


def step(words: str) -> None:
    """Show on standard error what a long command is doing; on a terminal the line is written over by the next."""
    terminal = sys.stderr.isatty()
    click.echo(f"{CLEAR}… {words}" if terminal else f"… {words}", err=True, nl=not terminal)


def detail(words: str) -> None:
    """Show one of the many small steps of a step, where the line is written over; elsewhere they are too many."""
    if sys.stderr.isatty():
        step(words)


class Steps:
    """Shows how far a long command has come: on a terminal also how much of it, elsewhere each step once."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, words: str, percent: int) -> None:
        """Show what is being done, and how many per cent of everything are done."""
        if sys.stderr.isatty():
            step(f"{words} ({percent} %)")
        elif words != self._said:
            step(words)
        self._said = words


def refuse(words: str) -> NoReturn:
    """Refuse with a sentence."""
    from django.core.exceptions import ValidationError

    raise ValidationError(words)


@contextmanager
def reading(file: Path) -> Iterator[IO[bytes]]:
    """Open a file that somebody hands in; whatever is refused meanwhile is said of it by its name."""
    from django.core.exceptions import ValidationError

    with file.open("rb") as opened:
        try:
            yield opened
        except ValidationError as fault:
            refuse(f"{file.name}: {' '.join(fault.messages)}")


def refuse_taken(folder: Path | None) -> None:
    """Refuse a folder with something in it before the work begins."""
    from finsam.publications.formats import writer

    if folder is not None:
        writer.check_empty(folder)
