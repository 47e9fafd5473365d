"""What a command says: results on standard output, what it is doing on standard error; and how it refuses."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from finsam.cli.language import gettext as _

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


def lines(file: Path) -> list[str]:
    """The lines of a text file in UTF-8."""
    try:
        return file.read_text("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        refuse(_("Filen %(file)s är inte text i UTF-8. Spara den så och försök igen.") % {"file": file})


def refuse_taken(folder: Path | None) -> None:
    """Refuse a folder with something in it before the work begins."""
    from finsam.publications.formats import writer

    if folder is not None:
        writer.check_empty(folder)
