"""Fills a demo home with as many participations as asked for: invented people, shifted numbers, one seed."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from finsam.access import queries
from finsam.access.actors import Actor
from finsam.access.audit import registered, write_many
from finsam.associations.models import Municipality
from finsam.interventions.models import Intervention
from finsam.participants import ciphers
from finsam.participants.models import Consent, ConsentText, Need, Participation, Person, Pseudonym, Support
from finsam.values.codes import LISTS
from finsam.values.identity import IdentityNumber, shifted

ACTION: Final = "bench.crowd"
SEED: Final = 375_000  # another than the demo's, whose pseudonyms are drawn the same way
STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
NOW: Final = datetime(2021, 3, 31, 8, tzinfo=STOCKHOLM)
BORN: Final = date(1955, 1, 1)
BIRTHDAYS: Final = 17_500
FIRST: Final = date(2014, 1, 1)
DAYS: Final = 2_600  # from the first on which stays begin
SHOWN: Final = 25_000  # of them in the registrar's own intervention, the longest list there is to be
CHUNK: Final = 25_000


@dataclass
class Places:
    """Where stays can be: interventions with controllers and the last number used in each, and municipalities."""

    interventions: Sequence[tuple[int, int]]
    municipalities: Sequence[int]
    text: ConsentText
    last: dict[int, int]
    taken: set[str]
    draw: Random = field(default_factory=lambda: Random(SEED))

    def number(self, intervention: int) -> int:
        """The next running number in an intervention."""
        self.last[intervention] = self.last.get(intervention, 0) + 1
        return self.last[intervention]


@dataclass(frozen=True)
class Stay:
    """One stay to be: whose, where and when."""

    person: Person
    intervention: int
    starts_on: date
    ends_before: date | None

    @property
    def at(self) -> datetime:
        """When it was registered."""
        return _morning(self.starts_on + timedelta(days=3))


def fill(total: str) -> int:
    """Add participations until the home has this many; gives how many were added."""
    actor = queries.system_actor(at=NOW)
    places = _places()
    wanted = int(total) - Participation.objects.count()
    shown = sum(SHOWN - places.last.get(one, 0) for one, _ in places.interventions[:1])
    where = (places.interventions[0] if row < shown else _anywhere(places) for row in range(wanted))
    people = _people(places)
    while chunk := list(islice(where, CHUNK)):
        with transaction.atomic():
            _write(actor, places, [(place, next(people)) for place in chunk])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return wanted


def _places() -> Places:
    open_ones = Intervention.objects.filter(method="identified", kind="individual", ends_before=None)
    used = Participation.objects.order_by("number").values_list("intervention", "number")
    return Places(
        interventions=list(open_ones.order_by("pk").values_list("pk", "controller_id")),
        municipalities=list(Municipality.objects.order_by("pk").values_list("pk", flat=True)),
        text=ConsentText.objects.order_by("first_day", "pk")[0],
        last=dict(used),
        taken=set(Person.objects.order_by("pk").values_list("blind_index", flat=True)),
    )


def _anywhere(places: Places) -> tuple[int, int]:
    return places.draw.choice(places.interventions)


def _people(places: Places) -> Iterator[IdentityNumber]:
    """Numbers that no one can have and that the home does not have yet."""
    for row in range(BIRTHDAYS * 900):
        birthday = BORN + timedelta(days=row * 7919 % BIRTHDAYS)
        number = IdentityNumber(shifted(birthday, 100 + row // BIRTHDAYS))
        if ciphers.blind_index(number.number) not in places.taken:
            yield number


def _write(actor: Actor, places: Places, chunk: Sequence[tuple[tuple[int, int], IdentityNumber]]) -> None:
    draw = places.draw
    indexes = [ciphers.blind_index(number.number) for _, number in chunk]
    pseudonyms = write_many(
        actor, ACTION, [Pseudonym(blind_index=index, value=f"{draw.getrandbits(128):032x}") for index in indexes]
    )
    people = [
        _person(controller, number, pseudonym)
        for ((_, controller), number), pseudonym in zip(chunk, pseudonyms, strict=True)
    ]
    write_many(actor, ACTION, people)
    stays = [_stay(draw, person, where) for person, ((where, _), _) in zip(people, chunk, strict=True)]
    consents = write_many(actor, ACTION, [_consent(places, stay) for stay in stays])
    rows = [_participation(places, stay, consent) for stay, consent in zip(stays, consents, strict=True)]
    write_many(actor, ACTION, rows)
    pairs = list(zip(stays, rows, strict=True))
    write_many(actor, ACTION, [row for stay, one in pairs for row in _supports(draw, stay, one)])
    write_many(actor, ACTION, [row for stay, one in pairs for row in _needs(draw, stay, one)])


def _person(controller: int, number: IdentityNumber, pseudonym: Pseudonym) -> Person:
    row = Person(controller_id=controller, pseudonym=pseudonym, sex=number.sex, birth_year=number.birth_year)
    row.hold(name=f"Testa Provsson {number.number[2:8]}", number=number.number)
    return registered(row, _morning(FIRST))


def _stay(draw: Random, person: Person, where: int) -> Stay:
    starts_on = FIRST + timedelta(days=draw.randrange(DAYS))
    ends_before = starts_on + timedelta(days=2 + int(-math.log(1 - draw.random()) * 300))
    return Stay(person, where, starts_on, ends_before if ends_before < date(2021, 3, 1) else None)


def _consent(places: Places, stay: Stay) -> Consent:
    row = Consent(intervention_id=stay.intervention, given_by="participant", given_on=stay.starts_on, text=places.text)
    return registered(row, stay.at)


def _participation(places: Places, stay: Stay, consent: Consent) -> Participation:
    """A stay that was registered when it began, and again when it ended."""
    draw = places.draw
    facts = {
        "intervention_id": stay.intervention,
        "person": stay.person,
        "consent": consent,
        "number": places.number(stay.intervention),
        "municipality_id": draw.choice(places.municipalities),
        "starts_on": stay.starts_on,
        "months_in_support": draw.randrange(90),
        "education": _code(draw, "education"),
        "occupation_at_start": _code(draw, "occupation"),
    }
    began = Participation(**facts)
    if stay.ends_before is None:
        return registered(began, stay.at)
    after = {"occupation_at_end": _code(draw, "occupation"), "end_reason": "completed"}
    ended = Participation(**facts, ends_before=stay.ends_before, **after)
    return registered(ended, _morning(stay.ends_before + timedelta(days=9)), (stay.at, began))


def _supports(draw: Random, stay: Stay, one: Participation) -> Iterator[Support]:
    for support in sorted({_code(draw, "support") for _ in range(1 + (draw.random() < 0.15))}):
        yield registered(Support(participation=one, moment=Support.Moment.START, support=support), stay.at)
    if stay.ends_before is not None:
        row = Support(participation=one, moment=Support.Moment.END, support=_code(draw, "support"))
        yield registered(row, _morning(stay.ends_before + timedelta(days=9)))


def _needs(draw: Random, stay: Stay, one: Participation) -> Iterator[Need]:
    yield registered(Need(participation=one, need_group=_code(draw, "need_group")), stay.at)


def _code(draw: Random, name: str) -> str:
    return draw.choice(LISTS[name].codes)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), STOCKHOLM)
