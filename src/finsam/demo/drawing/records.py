"""What a plan consists of: plain records with the moments they were registered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
AS_OF = date(2021, 1, 31)  # the day the published figures were drawn
TODAY = date(2021, 3, 31)  # the day the demo stands still on
FIRST_DAY = date(2013, 1, 7)  # the day registration began; older records were moved in then
SICKNESS = ("sickness_cash_benefit", "rehabilitation_cash_benefit")
ACTIVITY = "activity_compensation"
MISREGISTRATION = "misregistration"


class Party(NamedTuple):
    """An organisation that can be a member, as every home has it: its kind and its code."""

    kind: str
    code: str


class Joining(NamedTuple):
    """A party that became a member, or a municipality that came to be covered (by its code), and when."""

    who: Party
    first_day: date


@dataclass(frozen=True, slots=True)
class Association:
    """An association: who its members are, which municipalities it covers, and how large a part of the whole it is."""

    number: int
    name: str
    organisation_number: str
    description: str
    first_day: date
    members: tuple[Joining, ...]
    coverage: tuple[Joining, ...]
    weight: float

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the municipalities it covers."""
        return tuple(joining.who.code for joining in self.coverage)


class Heads(NamedTuple):
    """A head count of one year, when it was registered, and what was registered first if it was corrected."""

    year: int
    source: str
    women: int
    men: int
    at: datetime
    earlier: tuple[tuple[datetime, int, int], ...] = ()


@dataclass(slots=True)
class Intervention:
    """An intervention with everything that is registered about it but its participants."""

    number: int
    association: Association
    name: str
    description: str
    starts_on: date
    ends_before: date | None
    kind: str
    direction: str
    method: str
    controller: Party | None
    need_groups: tuple[str, ...]
    performers: tuple[Party, ...]
    at: datetime
    weight: float
    planned: dict[int, int] = field(default_factory=dict)
    heads: list[Heads] = field(default_factory=list)

    def belongs_to(self, year: int) -> bool:
        """Whether its period has a day in the year."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        return self.starts_on <= last and (self.ends_before is None or self.ends_before > first)


@dataclass(frozen=True, slots=True)
class Human:
    """Someone who cannot exist: a shifted identity number and a name made of words for invention."""

    number: int
    sex: str
    birth_date: date
    identity_number: str
    name: str
    pseudonym: str


class State(NamedTuple):
    """Everything registered about a participation at one moment."""

    starts_on: date
    ends_before: date | None
    municipality: str
    supports: tuple[str, ...]
    needs: tuple[str, ...]
    education: str
    months_in_support: int
    occupation: str
    extent: int | None
    supports_after: tuple[str, ...] = ()
    occupation_after: str = ""
    extent_after: int | None = None
    end_reason: str = ""


@dataclass(slots=True)
class Stay:
    """A participation and its states, oldest first, each with the moment it was registered."""

    human: int
    intervention: Intervention
    consent_on: date
    states: list[tuple[datetime, State]]

    def known(self, before: datetime) -> State | None:
        """The last state registered before a moment; None if the stay was not registered yet."""
        found = None
        for at, state in self.states:
            if at < before:
                found = state
        return found

    @property
    def latest(self) -> State:
        """The state that stands."""
        return self.states[-1][1]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole demo home, before it is written."""

    seed: int
    associations: Sequence[Association]
    interventions: Sequence[Intervention]
    humans: Sequence[Human]
    stays: Sequence[Stay]
