"""How tables hang together by what they count: which cells are the same or add up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from finsam.disclosure.cells import Key
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals
from finsam.statistics.figures.participation import HEADS
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations import flows
from finsam.statistics.relations.identity import Identity, Implied, Part, Shape, like
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values.keys import written

INSIDE: Final = (  # the first is never more than the second, for the same part
    ("persons_new", "persons_ongoing"),
    ("persons_ended", "persons_ongoing"),
    ("participations_new", "participations_ongoing"),
    ("participations_ended", "participations_ongoing"),
)
NESTED: Final = (("active", "ended"), ("gained", "active"), ("began", "gained"), ("increased", "gained"))
ASSOCIATION, COUNTY = "association", "association_county"
SUM: Final = ("identified", "anonymous", "volume")


@dataclass
class Web:
    """All cells by identity, and every relation between them."""

    implied: Implied
    places: dict[Identity, Address] = field(default_factory=dict)
    tables: list[Shape] = field(default_factory=list)

    def add(self, shape: Shape, names: Mapping[Key, Address]) -> Iterator[Relation]:
        """Take in a table of one count, given where its cells stand; gives which are the same as one that is there."""
        self.tables.append(shape)
        for identity, key, _ in shape.cells(self.implied):
            there = self.places.setdefault(identity, names[key])
            if there != names[key]:
                yield equals(names[key], there)

    def relations(self) -> Iterator[Relation]:
        """Everything that is known to hold between the cells."""
        for (parent, dimension), children in self._families().items():
            yield from self._family(parent, dimension, sorted(children))
        for identity in self.places:
            yield from self._across(identity)
            yield from self._in_county(identity)
        for kind in flows.KINDS:
            yield from kind(self.places)

    def _families(self) -> Mapping[tuple[Identity, str], set[Identity]]:
        families: dict[tuple[Identity, str], set[Identity]] = defaultdict(set)
        for identity in self.places:
            for part in identity.parts:
                for parent in (identity.without(part), *self._larger(identity, part)):
                    if parent in self.places:
                        families[parent, part[0]].add(identity)
        return families

    def _larger(self, identity: Identity, part: Part) -> Iterator[Identity]:
        return (identity.without(part, larger) for larger in self.implied.of(part))

    def _family(self, parent: Identity, dimension: str, children: Sequence[Identity]) -> Iterator[Relation]:
        total, parts = self.places[parent], [self.places[child] for child in children]
        whole = any(table.is_whole_in(parent, dimension, self.implied) for table in self.tables)
        additive = adds_up_by(parent, dimension)
        if whole and (additive or len(parts) == 1):  # everybody is in the only part there is
            yield adds_up(total, *parts)
        elif additive:
            yield Relation(((1, total), *((-1, part) for part in parts)), at_least=True)
        else:
            yield from (at_most(part, total) for part in parts)
            if whole:
                yield covered(total, *parts)

    def _across(self, identity: Identity) -> Iterator[Relation]:
        """What holds between figures of a period."""
        here = self.places[identity]
        for inner, outer in INSIDE:
            other = identity._replace(figure=outer, what=FIGURES[outer].counts[0])
            if identity.figure == inner and other in self.places:
                yield at_most(here, self.places[other])
        yield from self._nested(identity)
        if identity.what in {"participants", HEADS}:
            parts = [identity._replace(what=name) for name in SUM[1:]]
            if identity.what == "participants":
                parts.append(identity._replace(figure="persons_ongoing", what="persons"))
            if all(part in self.places for part in parts):
                yield adds_up(here, *(self.places[part] for part in parts))

    def _in_county(self, identity: Identity) -> Iterator[Relation]:
        """In a county are all that is in the associations that cover it, which is public."""
        for part in (one for one in identity.parts if one[0] == COUNTY):
            whole, inside = identity.without(part), self.implied.covering(written(part[1]), identity.period)
            held = {*whole.parts, *(larger for one in whole.parts for larger in self.implied.of(one))}
            if any(name == ASSOCIATION and code in inside for name, code in held):
                yield from [equals(self.places[identity], self.places[whole])] if whole in self.places else []
            elif adds_up_by(identity, ASSOCIATION) and self._are_whole(whole):
                parts = [whole.without(part, (ASSOCIATION, code)) for code in sorted(inside)]
                yield adds_up(self.places[identity], *(self.places[one] for one in parts if one in self.places))

    def _are_whole(self, parent: Identity) -> bool:
        """Whether there is a table with all the associations of something."""
        return any(table.is_whole_in(parent, ASSOCIATION, self.implied) for table in self.tables)

    def _nested(self, identity: Identity) -> Iterator[Relation]:
        """What holds between the counts of those who work or study after."""
        figure = FIGURES[identity.figure]
        if "gained" not in figure.columns:
            return
        unit = figure.unit
        for inner, outer in NESTED:
            other = identity._replace(what=outer)
            if outer == "ended":
                other = identity._replace(figure=f"{unit}_ended", what=unit)
            if identity.what == inner and other in self.places:
                yield at_most(self.places[identity], self.places[other])
        parts = [identity._replace(what=name) for name in ("began", "increased")]
        if identity.what == "gained" and all(part in self.places for part in parts):
            yield covered(self.places[identity], *(self.places[part] for part in parts))


def _units_of(identity: Identity) -> set[str]:
    """What is counted, which decides by what it adds up; all participants are persons and heads together."""
    if identity.what in {"anonymous", "volume", "planned"}:
        return {"heads"}
    return {"persons", "heads"} if identity.what == "participants" else {FIGURES[identity.figure].unit}


def adds_up_by(identity: Identity, dimension: str) -> bool:
    """Tell whether the parts of a count by a dimension make it up."""
    return _units_adding(identity) <= DIMENSIONS[like(dimension)].additive


def _units_adding(identity: Identity) -> set[str]:
    """What is counted, by what it adds up: persons whose last stay is their first have no other, and are stays."""
    units = _units_of(identity)
    return {"participations"} if units == {"persons"} and flows.FIRST in identity.parts else units
