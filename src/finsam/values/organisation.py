"""Organisation numbers, and the check digit they share with identity numbers."""

import re

from finsam.values.numbers import pasted
from finsam.values.sentences import SentenceError, gettext_noop

SHAPE = re.compile(r"([0-9]{6})-?([0-9]{4})")
WRONG_SHAPE = gettext_noop("Skriv organisationsnumret med tio siffror, så här: NNNNNN-NNNN.")
NOT_AN_ORGANISATION = gettext_noop(
    "Det här är inget organisationsnummer, för där är tredje siffran alltid minst 2. Kontrollera siffrorna."
)
WRONG_CHECK_DIGIT = gettext_noop(
    "Kontrollsiffran i organisationsnumret stämmer inte. Kontrollera att alla siffror är rätt skrivna."
)


class OrganisationNumberError(SentenceError):
    """Something that is not an organisation number."""


def check_digit(digits: str) -> int:
    """The last digit that goes with the nine first ones (Luhn, weights 2 and 1 from the left)."""
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return -sum(product // 10 + product % 10 for product in products) % 10


def canonical(text: str) -> str:
    """The organisation number written NNNNNN-NNNN; OrganisationNumberError if it cannot be one."""
    match = SHAPE.fullmatch(pasted(text).replace(" ", ""))
    if not match:
        raise OrganisationNumberError("wrong_shape", WRONG_SHAPE)
    digits = match[1] + match[2]
    if digits[2] < "2":  # 0 and 1 are months: such a number is a person's
        raise OrganisationNumberError("not_an_organisation", NOT_AN_ORGANISATION)
    if check_digit(digits[:9]) != int(digits[9]):
        raise OrganisationNumberError("wrong_check_digit", WRONG_CHECK_DIGIT)
    return f"{match[1]}-{match[2]}"
