"""Thinning a pattern out: hidden cells that later steps made needless are shown again, dearest first."""

from collections.abc import Callable, Iterable
from typing import Final

from finsam.disclosure.suppression.network import Move
from finsam.disclosure.suppression.search import Search

PATIENCE: Final = 6  # questions asked about one cell, before it is left hidden


def thin(search: Search, spare: Iterable[int], progress: Callable[[float], None]) -> None:
    """Show each cell again if all that was proven by changing it can be proven near it without."""
    prices = search.terrain.prices
    ordered = sorted(spare, key=lambda cell: (-(prices[cell] or 0), cell))
    for done, cell in enumerate(ordered):
        progress(done / len(ordered))
        moves, served = search.proofs.withdraw(cell)
        search.show(cell)
        if not _still_safe(search, served):
            search.hide_again(cell)
            for move in moves:
                search.proofs.add(move)


def _still_safe(search: Search, served: Iterable[int]) -> bool:
    left = PATIENCE
    for cell in sorted(served):
        while demands := search.lacks(cell):
            moves = (search.ask(demand, only_hidden=True) for demand in demands) if left else ()
            move: Move | None = next((one for one in moves if one is not None), None)
            if move is None:
                return False
            left -= 1
            search.proofs.add(move)
    return True
