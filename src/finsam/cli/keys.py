"""`finsam keys`: other keys for names and numbers, beside whoever works in the home."""

import time
from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import NEW_FILE, ChoiceType, Command, Group
from finsam.cli.home import key_file, opening
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext

HELP = _(
    "Byt nycklarna som låser namn och nummer.\n\n"
    "Bytet går bredvid en server som är igång. Avbryts det fortsätter det nästa gång: kör samma kommando igen."
)
ROTATE = _("Gör nya nycklar och lås om allt med dem. De gamla ligger kvar tills du tar bort dem.")
RETIRE = _("Ta bort de gamla nycklarna ur nyckelfilen, när inget i hemmet behöver dem.")
ONLY = _("Byt bara nyckeln som låser (encryption) eller bara den som numren hittas med (index). Utan: båda.")
OUT = _("Filen som nyckelfilen kopieras till som den är, för kopior av hemmet som är tagna med de gamla nycklarna.")
PAUSE = 0.12  # seconds; whoever waits for SQLite asks again ten times a second


@click.group(cls=Group, help=HELP)
def keys() -> None:
    """Keys."""


@keys.command(cls=Command, help=ROTATE)
@click.option("--only", type=ChoiceType(_("SLAG"), *key_file.KINDS), help=ONLY)
def rotate(only: str | None) -> None:
    """Make new keys, or go on with a change that was interrupted."""
    from django.conf import settings

    refuse_without_room()
    from finsam.participants import rotation

    actor, file = opening.open_home(), settings.FINSAM_KEYS
    steps, words = terminal.Steps(), _("låser om namn och nummer")
    done = rotation.rotate(
        actor=actor,
        add=lambda: key_file.add(file, [only] if only else key_file.KINDS),
        tell=lambda rows, total: steps(words, 100 * rows // max(rows, total)),
        rest=lambda: time.sleep(PAUSE),
    )
    if not done.is_new:
        terminal.say(
            _("Ett byte som var påbörjat är nu slutfört. Kör kommandot igen om nycklarna ska bytas en gång till.")
        )
    terminal.say(moved(done.rows))
    after = _(
        "Ta en ny kopia av hemmet och av %(file)s. Äldre kopior behöver de gamla nycklarna, som ligger kvar i filen. "
        "Ta bort dem ur den med: finsam keys retire --out FIL"
    )
    terminal.say(after % {"file": file})


@keys.command(cls=Command, help=RETIRE)
@click.option("--out", "out", type=NEW_FILE, required=True, help=OUT)
def retire(out: Path) -> None:
    """Take the older keys out of the key file, and keep them in another for older copies."""
    from django.conf import settings

    refuse_without_room()
    from finsam.participants import rotation

    actor, file = opening.open_home(), settings.FINSAM_KEYS
    if not key_file.has_older(file):
        terminal.refuse(
            _("Nyckelfilen %(file)s har inga gamla nycklar. Byt först: finsam keys rotate") % {"file": file}
        )
    if out.exists():
        terminal.refuse(_("Filen %(file)s finns redan. Välj ett annat namn.") % {"file": out})
    rotation.retire(actor=actor, drop=lambda: drop(file, out))
    words = _(
        "De gamla nycklarna är borta ur %(file)s och finns i %(out)s. Förvara den filen med de kopior som är tagna "
        "före bytet: utan den går de inte att läsa."
    )
    terminal.say(words % {"file": file, "out": out})


def moved(rows: int) -> str:
    """How much is under the new keys now."""
    if not rows:
        return _("Inget i hemmet var låst. De nya nycklarna gäller det som registreras från och med nu.")
    words = ngettext(
        "%(rows)s rad är låst med de nya nycklarna.", "%(rows)s rader är låsta med de nya nycklarna.", rows
    )
    return words % {"rows": rows}


def drop(file: Path, out: Path) -> None:
    """Keep the file as it was before anything is taken out of it."""
    key_file.keep(file, out)
    key_file.drop(file)


def refuse_without_room() -> None:
    """Refuse where no persons are registered at all."""
    from django.apps import apps

    if not apps.is_installed("finsam.participants"):
        terminal.refuse(_("Inget är låst här: rummet participants är utelämnat i den här installationen."))
