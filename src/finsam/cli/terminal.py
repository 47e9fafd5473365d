"""What a command shows on standard error, and how it refuses."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    pass


def step(words: str) -> None:
    """Show on standard error what a long command is doing; on a terminal the line is written over by the next."""
    terminal = sys.stderr.isatty()
    click.echo(f"\r\x1b[K… {words}" if terminal else f"… {words}", err=True, nl=not terminal)


def refuse(words: str) -> NoReturn:
    """Refuse with a sentence."""
    from django.core.exceptions import ValidationError

    raise ValidationError(words)


def lines(file: Path) -> list[str]:
    """The lines of a text file in UTF-8."""
    try:
        return file.read_text("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        refuse(f"Filen {file} är inte text i UTF-8. Spara den så och försök igen.")


def refuse_taken(folder: Path | None) -> None:
    """Refuse a folder with something in it before the work begins."""
    from finsam.publications.formats import writer

    if folder is not None:
        writer.check_empty(folder)
