"""Whole numbers as people write and paste them: digits, with any kind of space between the thousands."""

import re
from typing import Final

from finsam.values.sentences import SentenceError, gettext_noop

NOT_WHOLE = gettext_noop("Skriv ett helt tal med siffror, till exempel 12.")
DECIMALS = gettext_noop("Skriv ett helt tal utan punkt och komma, till exempel 12.")
TOO_LONG = gettext_noop("Talet är för stort. Kontrollera att inget annat än antalet har klistrats in.")

DASHES: Final = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
UNSEEN: Final = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff'", "")  # what spreadsheets and web pages leave
PASTED: Final = str.maketrans(DASHES | UNSEEN)
THOUSANDS: Final = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)")
FRACTION: Final = re.compile(r"-?[0-9 ]+[.,][0-9]+")
MOST_DIGITS: Final = 9  # more has no meaning for anything that is counted here, nor room in the database


class NumberError(SentenceError):
    """Something that is not a whole number."""


def pasted(text: str) -> str:
    """What was pasted as it would have been typed: one kind of dash, one kind of space, nothing unseen."""
    return " ".join(text.translate(PASTED).split())


def whole(text: str) -> int:
    """The number that was written."""
    plain = pasted(text)
    if FRACTION.fullmatch(plain):
        raise NumberError("decimals", DECIMALS)
    if not THOUSANDS.fullmatch(plain):
        raise NumberError("not_whole", NOT_WHOLE)
    digits = plain.replace(" ", "")
    if len(digits.lstrip("-").lstrip("0")) > MOST_DIGITS:
        raise NumberError("too_long", TOO_LONG)
    return int(digits)
