"""What tells the cells of a table apart: codes, and what stands beside codes without being one.

A sum over codes, or a group that no code names, is a value of a type of its own, so that no code can be taken for it.
Written down it is a word. A code that is spelled as such a word is marked, so that each text reads back as one thing;
codes are no longer let in under those words (`codes.rules`), but homes may have had them before.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Final

MARK: Final = "~"  # before a code that is spelled as a sum; it needs no escape in an address or a file
STROKE: Final = "/"  # between the codes of a key


class Sum(Enum):
    """What can stand where a code could; the value is its word in files and addresses.

    It is sorted as its word, after a code that is spelled so.
    """

    TOTAL = "total"  # all of a dimension
    PRIORITISED = "prioritised"  # in any of the prioritised need groups
    NOT_STATED = "not_stated"  # nothing registered

    __hash__ = object.__hash__  # there is one of each; keys are looked up often

    def __lt__(self, other: object) -> bool:
        """Stand before words that come later."""
        return self.value < _word(other)

    def __le__(self, other: object) -> bool:
        """Stand before words that come later, or be the same."""
        return self is other or self < other

    def __gt__(self, other: object) -> bool:
        """Stand after the code with the same word."""
        return self is not other and self.value >= _word(other)

    def __ge__(self, other: object) -> bool:
        """Stand after the code with the same word, or be the same."""
        return self is other or self > other


Code = str | Sum
Key = tuple[Code, ...]  # one for each dimension
WORDS: Final = frozenset(one.value for one in Sum)


def _word(other: object) -> str:
    return other.value if isinstance(other, Sum) else str(other)


def written(code: Code) -> str:
    """Give the text of a code or a sum, which `read` turns back."""
    if isinstance(code, Sum):
        return str(code.value)
    return MARK + code if code.lstrip(MARK) in WORDS else code


def read(text: str) -> Code:
    """Give the code or sum that was written."""
    if text in WORDS:
        return Sum(text)
    return text.removeprefix(MARK) if text.lstrip(MARK) in WORDS else text


def joined(key: Iterable[Code]) -> str:
    """Write a key in one line, its codes with strokes between; `parted` turns it back."""
    return STROKE.join(written(code).replace(MARK, "~0").replace(STROKE, "~1") for code in key)


def parted(text: str) -> Key:
    """Give the key that was joined."""
    return tuple(read(part.replace("~1", STROKE).replace("~0", MARK)) for part in text.split(STROKE))
