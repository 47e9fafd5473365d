"""Fields that another answer makes necessary: declared once in the form, said in the label, shown when they are."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Needed:
    """The field whose answer decides, the answers that make this one necessary, and when that is, in words."""

    by: str
    answers: Collection[str]
    when: StrPromise | str


class PageField(BoundField):
    """A field on a page, which knows whether the answers so far make it necessary."""

    @property
    def needed(self) -> Needed | None:
        """What makes it necessary, if anything does and it isn't always."""
        declared: dict[str, Needed] = getattr(self.form, "needed", {})
        return None if self.field.required else declared.get(self.name)

    @property
    def decided_by(self) -> str:
        """The name of the field that decides, as the page has it."""
        return self.form.add_prefix(self.needed.by) if self.needed else ""

    @property
    def decided_for(self) -> str:
        """The answers that make it necessary, for the page's script."""
        return " ".join(sorted(self.needed.answers)) if self.needed else ""

    @property
    def is_demanded(self) -> bool:
        """Whether the answers so far make it necessary."""
        if self.needed is None:
            return bool(self.field.required)
        given: Any = self.form[self.needed.by].value()
        return str(given or "") in self.needed.answers
