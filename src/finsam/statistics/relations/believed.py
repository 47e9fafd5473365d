"""What anybody may take for true because it mostly is: people live where their association works, as they did before.

It is used where it happens to hold for the counts: a guess that is right is knowledge.
"""

from collections.abc import Iterator
from typing import Final

from finsam.disclosure.relations import Relation, adds_up, at_most, covered
from finsam.statistics.relations import flows
from finsam.statistics.relations.identity import Identity, Implied, Part
from finsam.statistics.relations.web import ASSOCIATION, Web, adds_up_by
from finsam.values.keys import written

COUNTY: Final = "county"


def believed(web: Web) -> Iterator[Relation]:
    """Give what is believed of the cells: counties made of associations, persons of last year."""
    for identity in web.places:
        for part in (one for one in identity.parts if one[0] == COUNTY):
            yield from _in_associations(identity, part, web)
    yield from flows.long_stays_of(web.places, flows.YEARS_BEFORE)
    yield from flows.going_on_by(web.places, lambda parts: not parts & flows.AGING)


def _in_associations(identity: Identity, part: Part, web: Web) -> Iterator[Relation]:
    """Say that all who live in a county are in the associations that cover any of it, and nobody else is in these."""
    whole, county = web.places[identity], written(part[1])
    found = {one: identity.without(part, (ASSOCIATION, one)) for one in _covering(web.implied, county, identity.period)}
    parts = {one: web.places[other] for one, other in found.items() if other in web.places}
    inside = [cell for one, cell in parts.items() if web.implied.counties(one, identity.period) == {county}]
    yield from (at_most(cell, whole) for cell in inside)
    if parts:
        yield covered(whole, *parts.values())
    if parts and len(inside) == len(parts) and adds_up_by(identity, ASSOCIATION):
        yield adds_up(whole, *inside)


def _covering(implied: Implied, county: str, period: str) -> list[str]:
    return sorted(implied.covering(county, period))
