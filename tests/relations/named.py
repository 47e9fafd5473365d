"""Layers and blocks by their names, and what is found in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import combinations, product
from typing import Final

from finsam.disclosure.relations import Relation
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.relations.blocks import Block
from tests.relations.layers import NOT_ONE, Layer, Things, layers

SEED: Final = 1
STAYS: Final = tuple(f"{unit}_{flow}" for unit in ("persons", "participations") for flow in ("new", "ongoing", "ended"))
GAINS: Final = tuple(f"{unit}_{what}" for unit in ("persons", "participations") for what in ("ended", "work_or_study"))
FIGURES: Final[Mapping[str, Sequence[str]]] = {"stays": STAYS, "gains": GAINS}


@cache
def named_layers() -> Mapping[str, Things]:
    """The things of each layer, by its name; `nothing` has the counts that depend on none."""
    return {"-".join(sorted(things)) or "nothing": things for things in layers()}


@cache
def named_blocks() -> Mapping[str, Block]:
    """The blocks by their names."""
    split = sorted(name for name, one in DIMENSIONS.items() if one.splits and name not in NOT_ONE)
    asked = [by for by in combinations(split, 2) if not all(DIMENSIONS[name].counts_stays for name in by)]
    pairs = product(FIGURES.items(), asked)
    return {f"{name}-by-{'-'.join(by)}": Block(by, tuple(figures), SEED) for (name, figures), by in pairs}


@lru_cache(maxsize=2)  # one and its cells are up to a hundred megabytes
def searched(name: str) -> tuple[Layer, Sequence[Relation]]:
    """A layer, and what holds in it and is neither declared nor awaited."""
    things = named_layers()[name]
    layer = Layer(things, SEED, layers()[things])
    return layer, layer.search()


def found(name: str) -> Sequence[Relation]:
    """What is found in a layer or a block."""
    if name in named_layers():
        return searched(name)[1]
    return replace(named_blocks()[name]).undeclared()  # of its own, gone with all that it has counted
