"""Brings a home of an older version to this one, after a copy has been taken."""

from pathlib import Path

from finsam.cli import terminal
from finsam.cli.home import archive, opening, undivided
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext


def upgrade_home() -> None:
    """Back up, then bring the tables and the code lists to this version; the copy stays."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from finsam.access import actions
    from finsam.access.remains import remains
    from finsam.codes import actions as codes
    from finsam.table_builder import free_queries

    folder = Path(settings.FINSAM_HOME)
    file = folder / "backups" / f"before-{opening.version()}-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
    archive.write(folder, file)
    terminal.say(_("En kopia ligger i %(file)s.") % {"file": file}, err=True)
    terminal.step(_("anpassar tabeller"))
    if opening.versions().undivided:
        undivided.divide()
    call_command("migrate", verbosity=0, interactive=False)
    if new := codes.ship(actor=opening.operator()):
        terminal.say(_("Nya koder i kodlistorna: %(count)s.") % {"count": new}, err=True)
    if answers := free_queries.former_answers(actor=opening.operator()):
        terminal.say(_former(answers), err=True)
    actions.upgraded(actor=opening.operator(), version=opening.version())
    remains.write_anew()


def _former(answers: int) -> str:
    """Say what becomes of the answers that users have had."""
    return ngettext(
        "I hemmet finns %(count)s svar från tabellbyggaren. Det räknas som känt där en publicering har samma "
        "ögonblicksbild.",
        "I hemmet finns %(count)s svar från tabellbyggaren. De räknas som kända där en publicering har samma "
        "ögonblicksbild.",
        answers,
    ) % {"count": answers}
