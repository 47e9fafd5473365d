"""What a new code may be called, and how many codes a list has room for."""

import re
from typing import Final

from finsam.values.codes.supports import REPORTED, SUPPORTS
from finsam.values.keys import WORDS

SHAPE: Final = re.compile(r"[a-z][a-z0-9_]*")
# Words that stand for sums and groups where codes stand. A group of a single code may share its name.
RESERVED: Final = WORDS | (REPORTED.keys() - set(SUPPORTS.codes))
LAST_BIT: Final = 62  # of a whole number: what someone has several of is kept as bits of one, a bit for each code
IN_BITS: Final = frozenset({"support", "need_group"})
LAST_NUMBER: Final = 127  # of a code in the columns of a snapshot


def most(list_key: str) -> int:
    """Give how many codes a list has room for, those that are closed among them."""
    return LAST_BIT if list_key in IN_BITS else LAST_NUMBER
