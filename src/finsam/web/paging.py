"""Cuts long lists by key, not by counting rows: page 500 takes as long as page 1."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from finsam.values import nested

SIZE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of a page and the query strings of its neighbours ('' when there is none)."""

    rows: Sequence[M]
    previous: str
    next: str
    first: str


def page_of(rows: QuerySet[M], request: HttpRequest, *, by: Sequence[str] = ("pk",), size: int = SIZE) -> Page[M]:
    """The page a request asks for, of rows in the order of the fields `by` (the last one unique)."""
    forward = "before" not in request.GET
    mark = _opened(request.GET.get("after" if forward else "before", ""), len(by))
    ordered = rows.order_by(*(by if forward else [_turned(field) for field in by]))
    try:
        wanted = ordered.filter(_beyond(by, mark, forward=forward)) if mark else ordered
    except (TypeError, ValueError, ValidationError) as wrong:
        raise BadRequest("Page mark of another list") from wrong
    found = list(wanted[: size + 1])
    more = len(found) > size
    shown = found[:size] if forward else found[:size][::-1]
    back, ahead = (bool(mark), more) if forward else (more, True)
    return Page(
        rows=shown,
        previous=_query(request, "before", _closed(shown[0], by)) if back and shown else "",
        next=_query(request, "after", _closed(shown[-1], by)) if ahead and shown else "",
        first=_query(request, "", ""),
    )


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _beyond(by: Sequence[str], mark: Sequence[Any], *, forward: bool) -> Q:
    """What lies beyond a mark; the bound of the first field is said by itself, or no index would begin there."""
    first, first_rising = by[0].lstrip("-"), by[0].startswith("-") is not forward
    beyond = Q()
    for number, field in enumerate(by):
        name = field.lstrip("-")
        same = Q(**{one.lstrip("-"): value for one, value in zip(by[:number], mark, strict=False)})
        rising = field.startswith("-") is not forward
        beyond |= same & Q(**{f"{name}__{'gt' if rising else 'lt'}": mark[number]})
    return Q(**{f"{first}__{'gte' if first_rising else 'lte'}": mark[0]}) & beyond


def _closed(row: Model, by: Sequence[str]) -> str:
    values = [getattr(row, field.lstrip("-")) for field in by]
    return urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode()


def _opened(mark: str, length: int) -> Sequence[Any]:
    if not mark:
        return ()
    try:
        values = nested.read(urlsafe_b64decode(mark.encode()))
    except ValueError as wrong:
        raise BadRequest("Unreadable page mark") from wrong
    if not isinstance(values, list) or len(values) != length or "\\u0000" in json.dumps(values):
        raise BadRequest("Page mark of another list")
    return values


def _query(request: HttpRequest, name: str, mark: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    if name:
        query[name] = mark
    return query.urlencode()
