"""The pieces that pages are put together from: what a view hands to the partial templates in `parts/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html


@dataclass(frozen=True)
class Crumb:
    """A step in the breadcrumb (`parts/crumbs.html`)."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A term and what it is, one value or several (`parts/facts.html`)."""

    term: str
    value: Any

    @property
    def values(self) -> Sequence[Any]:
        """The value as a list."""
        return self.value if isinstance(self.value, list | tuple) else (self.value,)


def link(url: str, label: str) -> str:
    """A way to a page, as the value of a fact."""
    return format_html('<a href="{}">{}</a>', url, label)


@dataclass(frozen=True)
class Todo:
    """Something that waits: what, where, since when (`parts/todos.html`)."""

    title: str
    url: str
    where: str = ""
    since: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class Step:
    """A step of a long form: done, current or to come (`parts/steps.html`)."""

    label: str
    state: str = "pending"  # done, current, pending
    url: str = ""


def steps(labels: Sequence[str], current: int) -> list[Step]:
    """The steps of a form with those before `current` (counted from 0) done."""
    states = ["done" if number < current else "pending" for number in range(len(labels))]
    states[current] = "current"
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]
