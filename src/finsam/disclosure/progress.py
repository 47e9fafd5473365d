"""How far long work has come, told to whoever wants to know."""

from collections.abc import Callable

Progress = Callable[[float], None]  # told how large a share of the work is done


def unwatched(share: float) -> None:
    """Tell nobody."""
