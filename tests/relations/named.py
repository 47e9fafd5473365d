"""Layers and blocks by their names, and what is found in them."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Final

from finsam.disclosure.relations import Relation
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.relations.blocks import Block
from tests.relations.layers import NOT_ONE, Layer, Things, layers

SEED: Final = 1
SEARCHED: Final = Path(__file__).with_name("searched.txt")
STAYS: Final = tuple(f"{unit}_{flow}" for unit in ("persons", "participations") for flow in ("new", "ongoing", "ended"))
GAINS: Final = tuple(f"{unit}_{what}" for unit in ("persons", "participations") for what in ("ended", "work_or_study"))
FIGURES: Final[Mapping[str, Sequence[str]]] = {"stays": STAYS, "gains": GAINS}
NOT_YET: Final = {*NOT_ONE, "at_once"}  # in how many interventions at once is never less in a year than in its quarters


@cache
def named_layers() -> Mapping[str, Things]:
    """The things of each layer, by its name; `nothing` has the counts that depend on none."""
    return {"-".join(sorted(things)) or "nothing": things for things in layers()}


@cache
def named_blocks() -> Mapping[str, Block]:
    """The blocks by their names."""
    split = sorted(name for name, one in DIMENSIONS.items() if one.splits and name not in NOT_YET)
    pairs = product(FIGURES.items(), combinations(split, 2))
    return {f"{name}-by-{'-'.join(by)}": Block(by, tuple(figures), SEED) for (name, figures), by in pairs}


def searched_before() -> Sequence[str]:
    """The names of what was searched with nothing found."""
    return SEARCHED.read_text("utf-8").split()


@cache
def searched(name: str) -> tuple[Layer, Sequence[Relation]]:
    """A layer, and what holds in it and is neither declared nor awaited."""
    things = named_layers()[name]
    layer = Layer(things, SEED, layers()[things])
    return layer, layer.search()


def found(name: str) -> Sequence[Relation]:
    """What is found in a layer or a block."""
    return searched(name)[1] if name in named_layers() else named_blocks()[name].undeclared()
