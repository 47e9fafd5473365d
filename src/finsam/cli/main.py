"""The entry point: `finsam`. Every refusal is one sentence on standard error and exit code 2, never a traceback."""

import os
import sqlite3
import sys

import click

from finsam.cli import backups, codes, denominators, editions, link, reports, serving, snapshots, starting, tables
from finsam.cli.swedish import Group, sentence

REFUSED = 2
INTERRUPTED = 130


@click.group(cls=Group)
def finsam() -> None:
    """Finsam: uppföljning för samordningsförbund.

    Börja med ”finsam demo” för att prova med påhittade uppgifter, eller ”finsam init” för ett tomt hem. Starta
    sedan med ”finsam serve” och öppna adressen som visas i en webbläsare.

    Allt ligger i en mapp, hemmet: databas, nycklar, ögonblicksbilder och rapporter. Det är mappen var/ om inte
    FINSAM_HOME= säger något annat. Innehållet är personuppgifter.
    """


for command in (
    starting.demo,
    starting.init,
    serving.serve,
    snapshots.snapshot,
    link.link,
    reports.report,
    editions.edition,
    editions.attack,
    tables.check_table,
    denominators.denominators,
    codes.codes,
    backups.backup,
    backups.restore,
    backups.upgrade,
):
    finsam.add_command(command)


def run() -> None:
    """Run the command that was written."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    sys.exit(answer(sys.argv[1:]))


def answer(arguments: list[str]) -> int:
    """Run a command and give its exit code; a refusal becomes a sentence."""
    try:
        return int(finsam.main(arguments, prog_name="finsam", standalone_mode=False) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.ctx.get_help() if asked.ctx else "")
        return 0
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except refusals() as fault:
        if is_bug(fault):
            raise
        click.echo(words_of(fault), err=True)
        return REFUSED


def refusals() -> tuple[type[Exception], ...]:
    """What is a refusal; everything else is a bug."""
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
    from django.db import OperationalError

    return click.UsageError, ValidationError, ImproperlyConfigured, PermissionDenied, OperationalError, OSError


def is_bug(fault: Exception) -> bool:
    """Whether SQLite did not understand what it was told, which Django names as it names a full disk."""
    code = getattr(fault.__cause__, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_ERROR


def words_of(fault: Exception) -> str:
    """The sentence of a refusal."""
    from django.core.exceptions import ValidationError
    from django.db import OperationalError

    match fault:
        case click.UsageError():
            where = fault.ctx.command_path if fault.ctx else "finsam"
            return f"{sentence(fault)} Se hjälpen: {where} --help"
        case ValidationError():
            return " ".join(fault.messages)
        case OperationalError():
            reason = str(fault).splitlines()[0]
            return f"Databasen svarar inte: {reason}. Kontrollera att den är igång och att FINSAM_DATABASE_URL stämmer."
        case OSError():
            return f"Det gick inte att läsa eller skriva {fault.filename or 'filen'}: {fault.strerror}."
    return str(fault)


if __name__ == "__main__":
    run()
