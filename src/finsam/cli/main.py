"""The entry point: `finsam`. Every refusal is one sentence on standard error and exit code 2, never a traceback."""

import os
import sys

import click

from finsam.cli import (
    attack,
    backup,
    check_table,
    codes,
    demo,
    denominators,
    edition,
    init,
    keys,
    late,
    link,
    report,
    restore,
    serve,
    snapshot,
    terminal,
    upgrade,
    user,
)
from finsam.cli.commands import Group, sentence
from finsam.cli.home import file_errors
from finsam.cli.language import gettext as _
from finsam.values.full_disk import is_full

REFUSED = 2
INTERRUPTED = 130


HELP = _(
    "Finsam: uppföljning för samordningsförbund.\n\n"
    "Börja med ”finsam demo” för att prova med påhittade uppgifter, eller ”finsam init” för ett tomt hem. Starta "
    "sedan med ”finsam serve” och öppna adressen som visas i en webbläsare.\n\n"
    "Allt ligger i en mapp, hemmet: databas, nycklar, ögonblicksbilder och rapporter. Det är mappen var/ om inte "
    "FINSAM_HOME= säger något annat. Innehållet är personuppgifter."
)


@click.group(cls=Group, help=HELP)
def finsam() -> None:
    """Every command."""


for command in (
    demo.demo,
    init.init,
    serve.serve,
    user.user,
    snapshot.snapshot,
    link.link,
    report.report,
    edition.edition,
    attack.attack,
    late.late,
    check_table.check_table,
    denominators.denominators,
    codes.codes,
    backup.backup,
    restore.restore,
    keys.keys,
    upgrade.upgrade,
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
        terminal.say(asked.ctx.get_help() if asked.ctx else "")
        return 0
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except refusals() as fault:
        words = words_of(fault) or (file_errors.FULL_DISK if is_full(fault) else None)
        if words is None:
            raise
        terminal.say(words, err=True)
        return REFUSED


def refusals() -> tuple[type[Exception], ...]:
    """What may be a refusal; everything else is a bug."""
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
    from django.db import DatabaseError

    engines = (sys.modules["duckdb"].Error,) if "duckdb" in sys.modules else ()  # which wraps what is wrong with a disk
    return click.UsageError, ValidationError, ImproperlyConfigured, PermissionDenied, DatabaseError, OSError, *engines


def words_of(fault: Exception) -> str | None:
    """The sentence of a refusal; None when the fault is a bug."""
    from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
    from django.db import DatabaseError

    match fault:
        case click.UsageError():
            where = fault.ctx.command_path if fault.ctx else "finsam"
            return _("%(fault)s Se hjälpen: %(command)s --help") % {"fault": sentence(fault), "command": where}
        case ValidationError():
            return " ".join(fault.messages)
        case DatabaseError():
            from finsam.cli.home import database_errors

            return database_errors.sentence(fault)
        case OSError():
            return file_errors.sentence(fault)
        case click.ClickException() | ImproperlyConfigured() | PermissionDenied():
            return str(fault)
    return None


if __name__ == "__main__":
    run()
