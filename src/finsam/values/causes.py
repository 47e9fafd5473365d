"""A fault and those that led to it."""

from collections.abc import Iterator


def chain(fault: BaseException | None) -> Iterator[BaseException]:
    """The fault first, then what led to it, as far back as is known; nothing when there is none."""
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__
