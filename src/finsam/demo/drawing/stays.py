"""The stays of everyone: their days, interventions, answers and the moments they were registered."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from finsam.demo.drawing import answers, chains, moments
from finsam.demo.drawing.chains import Turn
from finsam.demo.drawing.moments import DAY
from finsam.demo.drawing.people import People
from finsam.demo.drawing.placing import Places, days
from finsam.demo.drawing.records import Human, Intervention, State, Stay
from finsam.demo.drawing.reserved import Reserved
from finsam.demo.drawing.spells import BEYOND, Spell

LEAVES_2021: Final = 0.28  # of those in the intervention at the end of 2020, gone by the end of March
SPLIT: Final = 0.04  # taken part twice the year they began
TWO_AT_ONCE: Final = 0.05
LATER: Final = 0.02  # began in another intervention a later year, without the support that is counted
SHORTEST_SPLIT: Final = timedelta(days=75)
CONSENT: Final = 12  # days before the start, at most
END_LAG: Final = 11


class Days(NamedTuple):
    """Where and when a stay takes place, and the group its supports put the person in."""

    intervention: Intervention
    group: str
    starts_on: date
    ends_before: date | None


class Draft(NamedTuple):
    """The stays of one turn, and whether they have the same supports."""

    main: Days
    same: tuple[Days, ...] = ()
    later: tuple[Days, ...] = ()


def draw(rng: Random, interventions: Sequence[Intervention], people: People) -> list[Stay]:
    """Everyone's stays. Those beside the first of a turn change none of the counted figures."""
    places, reserved = Places(rng, interventions), Reserved(interventions)
    found: list[Stay] = []
    for sex, turns in chains.draw(rng):
        drafts = [_draft(rng, places, reserved, turn) for turn in turns]
        starts = [(one.starts_on, one.group) for draft in drafts for one in _all(draft)]
        human = people.add(sex, starts)
        education = moments.drawn(rng, answers.EDUCATION)
        for draft in drafts:
            found += _written(rng, human, education, draft)
    return found


def _all(draft: Draft) -> Iterator[Days]:
    yield from (draft.main, *draft.same, *draft.later)


def _draft(rng: Random, places: Places, reserved: Reserved, turn: Turn) -> Draft:
    group, spell = turn
    leaves = spell.last < BEYOND or rng.random() < LEAVES_2021
    special = reserved.take(spell, leaves=leaves)
    place = special or places.draw(group, spell)
    main = Days(place, group, *days(rng, place, spell, leaves=leaves))
    chance = rng.random()
    if special or chance >= SPLIT + TWO_AT_ONCE + LATER:
        return Draft(main)
    if chance < SPLIT:
        return _split(rng, main, spell)
    if chance < SPLIT + TWO_AT_ONCE:
        return Draft(main, same=_beside(rng, places, main, Spell(spell.first, rng.randint(spell.first, spell.last))))
    return _later(rng, places, main, spell)


def _split(rng: Random, main: Days, spell: Spell) -> Draft:
    """Two stays with a pause; the second begins in the same year, so that no one is new in two years."""
    end = min(main.ends_before or date.max, date(spell.first, 12, 31))
    if end - main.starts_on < SHORTEST_SPLIT:
        return Draft(main)
    last = moments.between(rng, main.starts_on + 14 * DAY, end - 40 * DAY)
    again = moments.between(rng, last + 7 * DAY, end - 15 * DAY)
    return Draft(main._replace(ends_before=last + DAY), same=(main._replace(starts_on=again),))


def _beside(rng: Random, places: Places, main: Days, spell: Spell) -> tuple[Days, ...]:
    """Another intervention at once, begun in the first year of the spell and left in its last year or before."""
    place = places.draw(main.group, spell)
    if place is main.intervention:
        return ()
    leaves = spell.last < BEYOND or main.ends_before is not None
    return (Days(place, main.group, *days(rng, place, spell, leaves=leaves)),)


def _later(rng: Random, places: Places, main: Days, spell: Spell) -> Draft:
    """Another intervention begun a later year of the spell, with supports that put the person in no counted group."""
    if spell.last == spell.first:
        return Draft(main)
    first = rng.randint(spell.first + 1, spell.last)
    another = Spell(first, rng.randint(first, spell.last))
    return Draft(main, later=_beside(rng, places, main._replace(group="other"), another))


def _written(rng: Random, human: Human, education: str, draft: Draft) -> Iterator[Stay]:
    first = _stay(rng, human, education, draft.main, None)
    yield first
    for one in draft.same:
        yield _stay(rng, human, education, one, first.latest.supports)
    for one in draft.later:
        yield _stay(rng, human, education, one, None)


def _stay(rng: Random, human: Human, education: str, when: Days, supports: tuple[str, ...] | None) -> Stay:
    stay = begun(rng, human, education, when, supports=supports)
    if when.ends_before is not None:
        end(rng, stay, when.ends_before)
    return stay


def begun(
    rng: Random,
    human: Human,
    education: str,
    when: Days,
    *,
    supports: tuple[str, ...] | None = None,
    at: datetime | None = None,
) -> Stay:
    """A stay as it is registered at its start; its supports are drawn unless given."""
    age = (when.starts_on - human.birth_date).days * 100 // 36525
    occupation, extent = answers.occupation(rng, answers.OCCUPATION)
    state = State(
        starts_on=when.starts_on,
        ends_before=None,
        municipality=_municipality(rng, when),
        supports=supports or answers.supports(rng, when.group),
        needs=answers.needs(rng, when.group, age),
        education=education,
        months_in_support=answers.months_in_support(rng, when.group, age),
        occupation=occupation,
        extent=extent,
    )
    latest = moments.LAST_CALIBRATED if when.starts_on.year < BEYOND else moments.LAST
    at = at or moments.registered(rng, when.starts_on, latest=latest)
    return Stay(human.number, when.intervention, when.starts_on - rng.randrange(CONSENT) * DAY, [(at, state)])


def end(rng: Random, stay: Stay, ends_before: date) -> None:
    """Register the end of a stay, unless that would not have been done yet."""
    day = ends_before - DAY
    latest = moments.LAST_CALIBRATED if day.year < BEYOND - 1 else moments.LAST
    at = moments.registered(rng, day, mean=END_LAG, latest=max(latest, day))
    occupation, extent = answers.occupation(rng, answers.OCCUPATION_AFTER)
    began, state = stay.states[-1]
    ended = state._replace(
        ends_before=ends_before,
        supports_after=answers.supports_after(rng, state.supports),
        occupation_after=occupation,
        extent_after=extent,
        end_reason=moments.drawn(rng, answers.END_REASON),
    )
    if at.date() <= moments.LAST:
        stay.states.append((max(at, began + timedelta(minutes=5)), ended))


def _municipality(rng: Random, when: Days) -> str:
    """A municipality the association covered on the first day."""
    covered = [who.code for who, first_day in when.intervention.association.coverage if first_day <= when.starts_on]
    return rng.choice(covered)
