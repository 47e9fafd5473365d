"""Personnummer and samordningsnummer: what may be typed, what it says of the person, and how it is masked.

No message and no repr here ever holds the number; only `IdentityNumber.number` does.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from finsam.values.organisation import check_digit
from finsam.values.sentences import SentenceError, gettext_noop

Sex = Literal["women", "men"]

COORDINATION = 60  # added to the day of birth in a samordningsnummer; the day itself, or the month, may be unknown: 0
SHIFT = 5  # how far an invented number's check digit lies from the true one, both ways round
OLDEST = 125  # no one has lived longer; a typed century beyond it is a slip
NOBODYS = "000"  # a serial number that is never given
TEST_SERIALS = frozenset({"238", "239", "980", "981", "982"})  # most of Skatteverket's published test numbers
SHAPE = re.compile(r"(?P<century>[0-9]{2})?(?P<date>[0-9]{6})(?P<sign>[-+])?(?P<last>[0-9]{4})")
DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2212": "-"})

MONTHS = (
    gettext_noop("januari"),
    gettext_noop("februari"),
    gettext_noop("mars"),
    gettext_noop("april"),
    gettext_noop("maj"),
    gettext_noop("juni"),
    gettext_noop("juli"),
    gettext_noop("augusti"),
    gettext_noop("september"),
    gettext_noop("oktober"),
    gettext_noop("november"),
    gettext_noop("december"),
)
WRONG_SHAPE = gettext_noop("Skriv numret med tolv siffror, så här: ÅÅÅÅMMDD-NNNN.")
NO_SUCH_MONTH = gettext_noop("Månad %(month)s finns inte. Kontrollera månad och dag i numret.")
NO_SUCH_DAY = gettext_noop("%(day)s %(month)s finns inte. Kontrollera månad och dag i numret.")
NO_SUCH_DAY_AT_ALL = gettext_noop("Dag %(day)s finns inte. Kontrollera månad och dag i numret.")
NO_LEAP_DAY = gettext_noop("29 februari fanns inte år %(year)s. Kontrollera år, månad och dag i numret.")
NOT_YET_BORN = gettext_noop("Födelsedagen ligger i framtiden. Kontrollera år, månad och dag i numret.")
TOO_OLD = gettext_noop("Numret säger att personen är född år %(year)s. Kontrollera de fyra första siffrorna.")
WRONG_CHECK_DIGIT = gettext_noop("Kontrollsiffran stämmer inte. Kontrollera att alla siffror är rätt skrivna.")
NOT_INVENTED = gettext_noop(
    "Det här är en demonstration, och här får bara påhittade nummer stå. Använd ett av Skatteverkets testnummer: "
    "siffrorna efter födelsedatumet är 238, 239, 980, 981 eller 982."
)


class Series(StrEnum):
    """Which numbers a home takes: those people have, or those no one can have."""

    REAL = "real"
    DEMO = "demo"


class IdentityNumberError(SentenceError):
    """Something that is not an identity number this home can take."""


@dataclass(frozen=True, repr=False)
class IdentityNumber:
    """A checked identity number of twelve digits; made by `parse`, or from a number that was stored by it."""

    number: str

    def __repr__(self) -> str:
        return f"<IdentityNumber {self.masked}>"

    __str__ = __repr__

    @property
    def masked(self) -> str:
        """The first eight digits and four dots: all that lists may show."""
        return f"{self.number[:8]}-••••"

    @property
    def is_coordination(self) -> bool:
        """Whether it is a samordningsnummer, for people who are not in the population register."""
        return int(self.number[6:8]) >= COORDINATION

    @property
    def birth_year(self) -> int:
        """The year of birth, which every number states."""
        return int(self.number[:4])

    @property
    def birth_month(self) -> int | None:
        """The month of birth; None in a samordningsnummer of someone whose month of birth is not known."""
        return int(self.number[4:6]) or None

    @property
    def birth_date(self) -> date | None:
        """The day of birth the number states; None when it states only a part of it."""
        earliest, latest = self.born_between
        return earliest if earliest == latest else None

    @property
    def born_between(self) -> tuple[date, date]:
        """The first and the last day the person can have been born on; the same when the number states the day."""
        day = int(self.number[6:8]) - (COORDINATION if self.is_coordination else 0)
        return _possible(self.birth_year, int(self.number[4:6]), day)

    @property
    def sex(self) -> Sex:
        """The sex the number states: its last digit but one is even for women."""
        return "men" if int(self.number[10]) % 2 else "women"


def parse(text: str, *, on: date, series: Series) -> IdentityNumber:
    """The number that was typed, with its century told by the sign and the day; IdentityNumberError if refused."""
    number = _twelve_digits(text, on)
    _check_date(number, on)
    _check_series(number, series)
    return IdentityNumber(number)


def shifted(birth_date: date, serial: int, *, coordination: bool = False) -> str:
    """An invented number of twelve digits that no one can have: the check digit lies five from the true one."""
    day = birth_date.day + (COORDINATION if coordination else 0)
    nine = f"{birth_date:%y%m}{day:02}{serial:03}"
    return f"{birth_date.year // 100:02}{nine}{(check_digit(nine) + SHIFT) % 10}"


def _twelve_digits(text: str, on: date) -> str:
    match = SHAPE.fullmatch("".join(text.split()).translate(DASHES))
    if not match or not (match["century"] or match["sign"]):
        raise IdentityNumberError("wrong_shape", WRONG_SHAPE)
    century = match["century"] or _century(int(match["date"][:2]), match["sign"], on)
    return f"{century}{match['date']}{match['last']}"


def _century(year: int, sign: str, on: date) -> str:
    """The dash becomes a plus the year a person turns a hundred (18 § folkbokföringslagen)."""
    latest = on.year - (100 if sign == "+" else 0)
    return f"{(latest - (latest - year) % 100) // 100:02}"


def _check_date(number: str, on: date) -> None:
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    coordination = day >= COORDINATION
    day -= COORDINATION if coordination else 0
    if year < on.year - OLDEST:  # before the calendar is asked: it has no year 0
        raise IdentityNumberError("too_old", TOO_OLD, {"year": f"{year:04}"})
    if month > 12 or not (month or coordination):
        raise IdentityNumberError("no_such_month", NO_SUCH_MONTH, {"month": f"{month:02}"})
    if (month, day) == (2, 29) and monthrange(year, 2)[1] < day:
        raise IdentityNumberError("no_such_day", NO_LEAP_DAY, {"year": year})
    if day > _longest(year, month) or not (day or coordination):
        raise _no_such_day(month, day)
    if _possible(year, month, day)[0] > on:
        raise IdentityNumberError("not_yet_born", NOT_YET_BORN)


def _no_such_day(month: int, day: int) -> IdentityNumberError:
    if not month:
        return IdentityNumberError("no_such_day", NO_SUCH_DAY_AT_ALL, {"day": day})
    return IdentityNumberError("no_such_day", NO_SUCH_DAY, {"day": day, "month": MONTHS[month - 1]})


def _longest(year: int, month: int) -> int:
    """How many days a month has, or the longest month when it is not known which."""
    return monthrange(year, month)[1] if month else 31


def _possible(year: int, month: int, day: int) -> tuple[date, date]:
    """The first and the last day of a year that a month and a day, each 0 when it is not known, can stand for."""
    months = [one for one in range(1, 13) if month in (0, one) and day <= monthrange(year, one)[1]]
    last = day or monthrange(year, months[-1])[1]
    return date(year, months[0], day or 1), date(year, months[-1], last)


def _check_series(number: str, series: Series) -> None:
    off = (int(number[11]) - check_digit(number[2:11])) % 10 if number[8:11] != NOBODYS else None
    if series is Series.DEMO and off == 0 and number[8:11] not in TEST_SERIALS:
        raise IdentityNumberError("not_invented", NOT_INVENTED)
    if not (off == 0 or (series is Series.DEMO and off == SHIFT)):
        raise IdentityNumberError("wrong_check_digit", WRONG_CHECK_DIGIT)
