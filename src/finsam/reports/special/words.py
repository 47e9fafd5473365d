"""What the answer to a question is called: the figure, what it is split by, which part of it, and the periods."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from finsam.publications.wording import listed
from finsam.reports.labels import dimension_words, figure_words
from finsam.reports.special.question import Question
from finsam.statistics.tables.dimensions import DIMENSIONS


def heading(question: Question, filters: Mapping[str, str]) -> str:
    """What a table is of; `filters` are the words of what it is filtered by."""
    split = [dimension_words(name).lower() for name in question.by]
    words = figure_words(question.figure)
    words = _("%(figure)s efter %(split)s") % {"figure": words, "split": listed(split)} if split else words
    return f"{words}. {', '.join([*(part(name, filters[name]) for name in sorted(filters)), span(question)])}"


def part(name: str, label: str) -> str:
    """What a table is filtered by, with what it is where its own words don't tell."""
    return label if DIMENSIONS[name].tells_itself else f"{dimension_words(name).lower()}: {label}"


def span(question: Question) -> str:
    """The periods in words."""
    first, last = question.first, question.last
    return first if first == last else f"{first}–{last}"
