"""Numbers as offices print them: spaces, points and commas, marks for what is not shown, and marks of notes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Final

Number = int | Fraction | None  # None is a figure that is not shown, or that can be read in two ways

NOT_SHOWN: Final = frozenset(
    {"", "·", "··", ".", "..", "...", "…", "*", "**", ":", "-", "\u2013", "\u2014", "x", "xx", "n/a", "saknas"}
)
SPACES: Final = " \u00a0\u2009\u202f"
MARKS: Final = (".", ",")
SPACED: Final = re.compile(rf"[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+(?![0-9])")
ABOUT: Final = re.compile(rf"(?:[<>≤≥]=?[{SPACES}]*[0-9]+|[0-9]+[{SPACES}]*(?:-|\u2013)[{SPACES}]*[0-9]+)")  # <5, 1–4
NOTE: Final = re.compile(  # 35 1), 35(1), 35*, 35²; after a digit and nothing more, 1) would be a part of the number
    rf"[{SPACES}]*(?:[*†‡]+|\(?(?<![0-9])[0-9]{{1,2}}\)|(?<=[{SPACES}(])[a-z]\)|[⁰¹²³⁴-⁹]+\)?)$"
)
NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
SMALL: Final = re.compile(r"[0-9]{1,3}")


class Role(StrEnum):
    """What a point or a comma does in a column."""

    THOUSANDS = "thousands"
    DECIMAL = "decimal"
    DOUBT = "doubt"


Roles = Mapping[str, Role]
PLAIN: Final[Roles] = {",": Role.DECIMAL, ".": Role.DECIMAL}  # in our own tables


def noteless(text: str) -> str:
    """The text without the mark of a note at its end: 35 1), 35*, 35²."""
    return text if text.lower() in NOT_SHOWN else NOTE.sub("", text).strip()


def roles(columns: Mapping[str, Sequence[str]]) -> dict[str, Roles]:
    """What point and comma do in each column: what its own numbers tell, or else those of the others."""
    bare = {name: [_bare(text) for text in texts] for name, texts in columns.items()}
    own = {mark: {name: _role(mark, texts) for name, texts in bare.items()} for mark in MARKS}
    sure = {mark: {role for role in own[mark].values() if role is not None} - {Role.DOUBT} for mark in MARKS}
    return {name: {mark: _settled(own[mark][name], sure[mark], sure[_other(mark)]) for mark in MARKS} for name in bare}


def in_doubt(texts: Sequence[str], own: Roles) -> Iterator[str]:
    """The numbers of a column that can be read in two ways."""
    for text in texts:
        if any(own[mark] is Role.DOUBT and _grouped(mark).fullmatch(_bare(text)) for mark in MARKS):
            yield text


def value(text: str, own: Roles = PLAIN) -> Number:
    """Read 1 011, 1.011, 0,5, -3 and 35 1); refused with a ValueError when it is no number."""
    if noteless(text).lower() in NOT_SHOWN or ABOUT.fullmatch(noteless(text)):
        return None
    plain = _bare(text)
    for mark in MARKS:
        if _grouped(mark).fullmatch(plain.partition(_other(mark))[0]):
            if own[mark] is Role.DOUBT:
                return None
            if own[mark] is Role.THOUSANDS:
                plain = plain.replace(mark, "")
    plain = plain.replace(",", ".")
    if not NUMBER.fullmatch(plain):
        raise ValueError(text)
    number = Fraction(plain)
    return number.numerator if number.denominator == 1 else number


def is_number(text: str, own: Roles = PLAIN) -> bool:
    """Whether a text is a number, or a mark for one that is not shown."""
    try:
        value(text, own)
    except ValueError:
        return False
    return True


def _bare(text: str) -> str:
    """The text without note, percent sign and the spaces of thousands, and with one kind of minus."""
    plain = noteless(text).removesuffix("%").rstrip(SPACES).replace("\u2212", "-")
    return SPACED.sub(lambda group: group[0].translate(dict.fromkeys(map(ord, SPACES))), plain)


def _grouped(mark: str) -> re.Pattern[str]:
    return re.compile(rf"[+-]?[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+")


def _role(mark: str, texts: Sequence[str]) -> Role | None:
    """What a mark does, as far as one column tells; None where it isn't used.

    A whole number under a thousand without a mark, beside 1.984, tells that the point marks thousands: decimals
    are written in all rows.
    """
    marked = [text for text in texts if mark in text]
    seen = {_one_role(mark, text) for text in marked}
    if seen == {Role.DOUBT} and any(SMALL.fullmatch(text) for text in texts):
        return Role.THOUSANDS
    sure = seen - {Role.DOUBT}
    if not seen:
        return None
    return next(iter(sure)) if len(sure) == 1 else Role.DOUBT


def _one_role(mark: str, text: str) -> Role:
    if _other(mark) in text:
        return Role.THOUSANDS if text.index(mark) < text.rindex(_other(mark)) else Role.DECIMAL
    if text.count(mark) > 1:
        return Role.THOUSANDS
    return Role.DOUBT if _grouped(mark).fullmatch(text) else Role.DECIMAL


def _settled(own: Role | None, sure: set[Role], sure_of_other: set[Role]) -> Role:
    """Settle a doubt by what the mark surely does in other columns, or by what the other mark surely does there."""
    if own is not Role.DOUBT:
        return own or Role.DECIMAL
    if len(sure) == 1:
        return next(iter(sure))
    if not sure and len(sure_of_other) == 1:
        return Role.DECIMAL if Role.THOUSANDS in sure_of_other else Role.THOUSANDS
    return Role.DOUBT


def _other(mark: str) -> str:
    return "," if mark == "." else "."
