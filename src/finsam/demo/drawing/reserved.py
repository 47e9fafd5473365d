"""Room in the interventions of the start page, so that it shows the numbers chosen for it."""

from collections.abc import Sequence
from typing import Final

from finsam.demo.drawing.records import Intervention
from finsam.demo.drawing.showcase import SHOWN
from finsam.demo.drawing.spells import BEYOND, Spell

EARLIER: Final = 34  # stays that have ended, in each


class Reserved:
    """Places in the shown interventions, given to the first spells that fit."""

    def __init__(self, interventions: Sequence[Intervention]) -> None:
        shown = [one for one in interventions[: len(SHOWN)] if one.method == "identified"]
        wanted = [special.open_stays for special in SHOWN if special.method == "identified"]
        self._open = [one for one, places in zip(shown, wanted, strict=True) for _place in range(places)]
        self._ended = [one for one in shown for _place in range(EARLIER)]

    def take(self, spell: Spell, *, leaves: bool) -> Intervention | None:
        """An intervention with a place left for such a spell, or None."""
        if not leaves and spell.first >= 2020 and self._open:
            return self._open.pop()
        if leaves and spell.first >= 2018 and spell.last < BEYOND and self._ended:
            return self._ended.pop()
        return None
