"""What an edition was ordered for, where it is not one of those that are made every year."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Commission:
    """The question that is answered (its facts as JSON), what the edition is called, why it is made, and for whom."""

    question: str = ""
    title: str = ""
    purpose: str = ""
    recipient: str = ""


ORDINARY: Final = Commission()
