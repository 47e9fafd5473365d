"""What is asked of a password: Django's own checks and some of ours, with sentences that say what to choose instead."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LIST: Final = Path(__file__).with_name("common_passwords.txt")
ROWS: Final = (
    "1234567890",
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopasdfghjkl",
)
RUN: Final = 4  # neighbours in a row that are no more than one word together
LEAST_SIGNS: Final = 4  # different ones
MOST: Final = 200  # signs; more is no safer, and takes long to look at
MOST_WORDS: Final = 2  # that many have in their passwords; three together are a sentence of one's own
FIGURES_FOR_LETTERS: Final = str.maketrans("0134579@$!€|", "oieastgasiel")
ENDS: Final = re.compile(r"^[^a-z]+|[^a-z]+$")


class LongEnough(password_validation.MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Lösenordet är för kort. Välj minst %(n)s tecken, gärna några ord efter varandra.") % {
            "n": self.min_length
        }


class OfSeveralSigns(password_validation.NumericPasswordValidator):
    """Refuses a password of one letter again and again, or of two or three."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it with what to do."""
        if len({*password.casefold()} - {" "}) < LEAST_SIGNS:
            raise ValidationError(
                _("Lösenordet är samma tecken om och om igen. Välj ett annat, gärna några ord efter varandra.")
            )


class OfLetters(password_validation.NumericPasswordValidator):
    """Refuses a password of figures, however they are grouped: a day, a telephone or an identity number."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it with what to do."""
        if re.sub(r"[\s\-+.,:/()]", "", password).isdecimal():
            raise ValidationError(_("Lösenordet är bara siffror. Välj ett med bokstäver, gärna några ord."))


class OfOnesOwn(password_validation.CommonPasswordValidator):
    """Refuses a password that many have: in Django's list, or made of one or two words that many choose here."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse it with what to do."""
        super().validate(password, user)
        if len(password) > MOST:
            raise ValidationError(_("Lösenordet är för långt. Välj högst %(most)s tecken.") % {"most": MOST})
        if any(self._is_common(letters) for letters in readings(password)):
            raise ValidationError(self.get_error_message())

    def _is_common(self, letters: str) -> bool:
        whole = letters[: _period(letters)]  # a word twice is no better than once
        return whole in self.passwords or of_few_words(letters)

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Många använder det lösenordet, och det är lätt att gissa. Välj ett annat, gärna några ord.")


class NotOneself(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password made of one's name or address."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return _("Lösenordet liknar ditt namn eller din e-postadress. Välj ett som inte gör det.")


def readings(password: str) -> Iterator[str]:
    """What a password says in plain letters: without figures and signs, and with those that stand for letters read so.

    Only what stands within is read so: figures at the ends are a year or a number.
    """
    folded = fold(password)
    yield re.sub(r"[^a-z]", "", folded)
    yield re.sub(r"[^a-z]", "", ENDS.sub("", folded).translate(FIGURES_FOR_LETTERS))
    yield re.sub(r"[^a-z]", "", folded.translate(FIGURES_FOR_LETTERS))


def fold(text: str) -> str:
    """Small letters without marks: Lösenord is losenord."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def of_few_words(letters: str) -> bool:
    """Whether one or two common words, each as often as one likes, or neighbours on the keyboard are all there is."""
    known = words()
    longest = max(map(len, known))

    def goes_on(start: int, used: frozenset[str]) -> bool:
        if start == len(letters):
            return start > 0
        for end in range(min(len(letters), start + longest), start, -1):
            word = letters[start:end]
            more = used | {word}
            if len(more) <= MOST_WORDS and word in known and goes_on(end, more):
                return True
        return False

    return goes_on(0, frozenset())


@cache
def words() -> frozenset[str]:
    """The common words in plain letters, and every run of neighbours in a row of the keyboard, either way."""
    lines = LIST.read_text("utf-8").splitlines()
    listed = (word for line in lines if not line.startswith("#") for word in line.split())
    rows = [row for forwards in ROWS for row in (fold(forwards), fold(forwards)[::-1])]
    runs = (row[start:end] for row in rows for start in range(len(row)) for end in range(start + RUN, len(row) + 1))
    return frozenset(re.sub(r"[^a-z]", "", fold(word)) for word in (*listed, *runs)) - {""}


def _period(letters: str) -> int:
    """How long the shortest part is of which a word is made by repeating it."""
    return next(
        (size for size in range(1, len(letters)) if letters == letters[:size] * (len(letters) // size)), len(letters)
    )
