"""The associations of the demo: members, municipalities and the days they joined."""

from datetime import date
from random import Random

from finsam.demo.drawing.division import JOINS, LARGE, NEWEST, Line, lines
from finsam.demo.drawing.published import COVERED_2009, COVERED_2013
from finsam.demo.drawing.records import Association, Joining, Party
from finsam.values.municipalities import Municipality, municipalities
from finsam.values.organisation import check_digit

STATE = (Party("social_insurance_agency", "FK"), Party("employment_service", "AF"))
UNUSED_SERIES = "402003"  # numbers of no sort of organisation begin with 4, so no one has these


def draw(rng: Random) -> list[Association]:
    """All associations of the table, with municipalities joining so that the published numbers covered come back."""
    by_name = {place.name: place for place in municipalities().values()}
    table = lines()
    joined = _joining_days(rng, table)
    return [_association(number, line, by_name, joined) for number, line in enumerate(table)]


def _association(number: int, line: Line, by_name: dict[str, Municipality], joined: dict[str, date]) -> Association:
    coverage = [Joining(Party("municipality", by_name[name].code), joined[name]) for name in line.places]
    regions: dict[str, date] = {}
    for name in line.places:
        code = by_name[name].region_code
        if code:
            regions[code] = min(joined[name], regions.get(code, joined[name]))
    members = [Joining(party, line.first_day) for party in STATE]
    members += [Joining(Party("region", code), day) for code, day in regions.items()]
    nine = f"{UNUSED_SERIES}{number + 1:03}"
    return Association(
        number=number,
        name=f"Samordningsförbundet {line.name}",
        organisation_number=f"{nine[:6]}-{nine[6:]}{check_digit(nine)}",
        description=f"{line.description} Organisationsnumret är påhittat.",
        first_day=line.first_day,
        members=(*members, *coverage),
        coverage=tuple(coverage),
        weight=sum(LARGE.get(name, 1.0) for name in line.places) ** 0.75,
    )


def _joining_days(rng: Random, table: list[Line]) -> dict[str, date]:
    """The first municipality joins at the start; of the invented ones' others some in 2011-2013, some after that."""
    days = {name: JOINS.get(name, line.first_day) for line in table for name in line.places}
    others = [name for line in table if not line.verified and line.name != NEWEST for name in line.places[1:]]
    rng.shuffle(others)
    newest = sum(len(line.places) for line in table if line.name == NEWEST)
    middle = COVERED_2013 - COVERED_2009 - newest
    late = len(days) - COVERED_2013 - len(JOINS)
    for name in others[:middle]:
        days[name] = date(rng.choice((2011, 2012, 2013)), 1, 1)
    for name in others[middle : middle + late]:
        days[name] = date(rng.choice((2014, 2015, 2016, 2017, 2018)), 1, 1)
    return days
