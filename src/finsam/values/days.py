"""Days as people write them in Sweden; what can be read in more than one way is asked about, never guessed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from finsam.values.identity import MONTHS
from finsam.values.numbers import pasted
from finsam.values.sentences import SentenceError, gettext_noop

WRONG_SHAPE = gettext_noop("Skriv dagen som år-månad-dag, till exempel 2021-03-31.")
NO_SUCH_DAY = gettext_noop("%(day)s finns inte. Kontrollera månad och dag.")
NO_YEAR = gettext_noop("Skriv också året, till exempel 5/1 2020.")
SHORT_YEAR = gettext_noop("Skriv året med fyra siffror. Menar du %(first)s?")
TWO_WAYS = gettext_noop(
    "%(day)s kan vara %(first_day)s\u00a0%(first_month)s\u00a0%(first_year)s eller "
    "%(second_day)s\u00a0%(second_month)s\u00a0%(second_year)s. Skriv %(first)s eller %(second)s."
)
THREE_WAYS = gettext_noop("%(day)s kan läsas på tre sätt. Skriv %(first)s, %(second)s eller %(third)s.")

NAMES: Final = (  # how the months begin, in Swedish and English
    ("jan",), ("feb",), ("mar",), ("apr",), ("maj", "may"), ("jun",),
    ("jul",), ("aug",), ("sep",), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
SPELLED: Final = tuple(re.compile(rf"(?:{'|'.join(names)})[a-zåäö]*\.?") for names in NAMES)
MIDNIGHT: Final = re.compile(r"[t ]00:00(:00)?(\.0+)?$")  # a day pasted out of a spreadsheet
YEAR_FIRST: Final = re.compile(r"([0-9]{4}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
SWEDISH: Final = re.compile(
    r"([0-9]{1,2}) ?/ ?([0-9]{1,2}),?(?: | ?- ?| ?\. ?)([0-9]{4}|[0-9]{2})"
)  # 5/1 2020 and 5/1-2020
DOTTED: Final = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
YEAR_LAST: Final = re.compile(r"([0-9]{1,2}) ?[-/] ?([0-9]{1,2}) ?[-/] ?([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})")
SHORT: Final = re.compile(r"([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{2})|([0-9]{2})([0-9]{2})([0-9]{2})")
YEARLESS: Final = re.compile(r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2}\.?|[0-9]{1,2}\.? \S+")
DAY_MONTH_YEAR: Final = re.compile(r"([0-9]{1,2})(?:\.|:?[ae]|st|nd|rd|th)?[ -]?MONTH,?[ -]?([0-9]{4}|[0-9]{2})")
MONTH_DAY_YEAR: Final = re.compile(r"MONTH ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
YEAR_MONTH_DAY: Final = re.compile(r"([0-9]{4})[ -]MONTH[ -]([0-9]{1,2})")
JOINER: Final = "\u2060"
LATE: Final = 70  # a year of two digits from here on is most likely of the last century


class DayError(SentenceError):
    """Something that is no day, or that may be more than one."""


def parse(text: str) -> date:
    """The day that was written; DayError with the readings where there are more than one."""
    typed = " ".join(text.split())
    plain = MIDNIGHT.sub("", pasted(text).lower()).removeprefix("den ")
    if found := YEAR_FIRST.fullmatch(plain):
        year, month, day = _numbers(found)
        if found[1] or not (_day(year, month, day) is None and YEAR_LAST.fullmatch(plain)):
            return _only(typed, [(year, month, day)])
    if found := SWEDISH.fullmatch(plain) or DOTTED.fullmatch(plain):
        day, month, year = _numbers(found)
        if len(found[3]) == 2:
            raise _short(typed, [(year, month, day)])
        return _only(typed, [(year, month, day)])
    if found := YEAR_LAST.fullmatch(plain):
        first, second, year = _numbers(found)
        return _only(typed, [(year, second, first), (year, first, second)])
    if found := SHORT.fullmatch(plain):
        first, second, third = _numbers(found)
        raise _short(typed, [(first, second, third), (third, second, first), (third, first, second)])
    return _spelled(typed, plain)


def _spelled(typed: str, plain: str) -> date:
    """A day whose month is a word, in Swedish or English."""
    for month, name in enumerate(SPELLED, start=1):
        words = name.sub("MONTH", plain, count=1)
        if found := DAY_MONTH_YEAR.fullmatch(words):
            day, year = _numbers(found)
            if len(found[2]) == 2:
                raise _short(typed, [(year, month, day)])
            return _only(typed, [(year, month, day)])
        if found := MONTH_DAY_YEAR.fullmatch(words):
            day, year = _numbers(found)
            return _only(typed, [(year, month, day)])
        if found := YEAR_MONTH_DAY.fullmatch(words):
            year, day = _numbers(found)
            return _only(typed, [(year, month, day)])
    if YEARLESS.fullmatch(plain):
        raise DayError("no_year", NO_YEAR)
    raise DayError("wrong_shape", WRONG_SHAPE)


def _numbers(found: re.Match[str]) -> list[int]:
    return [int(part) for part in found.groups() if part is not None]


def _only(typed: str, readings: Sequence[tuple[int, int, int]]) -> date:
    """The only day there is among the readings."""
    days = list(dict.fromkeys(_days(readings)))
    if not days:
        raise DayError("no_such_day", NO_SUCH_DAY, {"day": typed})
    if len(days) > 1:
        raise _asked(typed, days)
    return days[0]


def _short(typed: str, readings: Sequence[tuple[int, int, int]]) -> DayError:
    """The question about a year of two digits."""
    days = list(dict.fromkeys(_days([(_year(year), month, day) for year, month, day in readings])))
    if not days:
        return DayError("wrong_shape", WRONG_SHAPE)
    return DayError("short_year", SHORT_YEAR, {"first": _written(days[0])}) if len(days) == 1 else _asked(typed, days)


def _asked(typed: str, days: Sequence[date]) -> DayError:
    """The question which of two or three days is meant."""
    names = ("first", "second", "third")
    params: dict[str, str | int] = {"day": typed}
    for name, day in zip(names, days, strict=False):
        params |= {name: _written(day), f"{name}_day": day.day, f"{name}_year": day.year}
        params[f"{name}_month"] = MONTHS[day.month - 1]
    return DayError("ambiguous", THREE_WAYS if len(days) > 2 else TWO_WAYS, params)


def _written(day: date) -> str:
    """A day as it is to be typed, on one line wherever it stands: what joins its parts is not seen, and not read."""
    return day.isoformat().replace("-", f"-{JOINER}")


def _year(short: int) -> int:
    return short + (1900 if short >= LATE else 2000)


def _days(readings: Sequence[tuple[int, int, int]]) -> Iterator[date]:
    for reading in readings:
        if (day := _day(*reading)) is not None:
            yield day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
