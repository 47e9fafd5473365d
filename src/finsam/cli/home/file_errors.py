"""What is wrong with a file, in a sentence of the command line's language; never the system's own words."""

import errno
from collections.abc import Mapping
from typing import Final

from finsam.cli.language import gettext as _
from finsam.values.full_disk import FULL

FULL_DISK: Final = _("Disken är full. Frigör utrymme och kör kommandot igen.")
OTHER: Final = _("Det gick inte att läsa eller skriva %(file)s (fel %(number)s). Kontrollera disken och mappen.")
NOT_ALLOWED: Final = _("Du får inte läsa eller skriva %(file)s. Kontrollera vem som äger filen och mappen.")
SENTENCES: Final[Mapping[int, str]] = {
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.EROFS: _("Det går inte att skriva %(file)s: disken går bara att läsa. Välj en annan plats."),
    errno.ENOENT: _("%(file)s finns inte. Kontrollera namnet och mappen."),
    errno.EEXIST: _("%(file)s finns redan. Välj ett annat namn."),
    errno.ENOTEMPTY: _("%(file)s finns redan. Välj ett annat namn."),
    errno.EISDIR: _("%(file)s är en mapp. Ange en fil."),
    errno.ENOTDIR: _("%(file)s ligger i något som inte är en mapp. Kontrollera namnet."),
    errno.ENAMETOOLONG: _("Namnet %(file)s är för långt. Välj ett kortare."),
}


def sentence(fault: OSError) -> str:
    """What to do about a file that cannot be read or written."""
    if fault.errno in FULL:
        return FULL_DISK
    words = SENTENCES.get(fault.errno or 0, OTHER)
    return words % {"file": fault.filename2 or fault.filename or _("filen"), "number": fault.errno}
