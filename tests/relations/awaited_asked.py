"""What tables that are never shown tell, which no answer is held against."""

from typing import Final

from finsam.reports.national_annual.need_counts import BEGAN, EVERYONE
from finsam.reports.table import Codes, Collection, Counted, Table, Tells


def _began(codes: Codes, _name: str) -> Counted | None:
    return Counted("persons_new", "persons") if codes["part"] == EVERYONE else None


READ: Final = Collection((Table(BEGAN, "", (), (), "", (), Tells(("part",), _began)),), {}, {})
