"""How far the work on an edition has come, in words and percent."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

Tell = Callable[[str, int], None]  # what is being done, and percent done

CHECKED: Final = 10  # when the checks of a publishing are over
ATTACKED: Final = 99  # when the attack is; to let out takes no time


def silently(_step: str, _percent: int) -> None:
    """Tell nobody."""


def attacking(tell: Tell, begun: int) -> Callable[[float], None]:
    """Tell how far an attack has come, in the part of the whole that is left when `begun` percent is done."""
    step = _("angriper utgåvan tillsammans med det som är publicerat")
    tell(step, begun)
    return lambda share: tell(step, begun + int((ATTACKED - begun) * share))
