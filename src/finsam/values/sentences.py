"""Refusals that people read: a stable code, a Swedish sentence to be filled in, and what to fill it with."""

from collections.abc import Mapping
from typing import NamedTuple


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translators and leave it as it is; the doors translate when they show it."""
    return sentence


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence about one and the same about several for the translators, and leave them as they are."""
    return one, many


class Counted(NamedTuple):
    """A sentence that says a number, `%(n)s`: the one of nobody, of one, and of several."""

    none: str
    one: str
    many: str


class SentenceError(ValueError):
    """A value refused with a sentence that says what to do; `template` and `params` let a door translate it."""

    def __init__(self, code: str, template: str, params: Mapping[str, str | int] | None = None) -> None:
        self.code = code
        self.template = template
        self.params: dict[str, str | int] = dict(params or {})
        super().__init__(template % self.params if self.params else template)

    @property
    def sentence(self) -> str:
        """The sentence in Swedish, filled in."""
        return str(self)
