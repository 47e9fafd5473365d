"""How large a free question may be, on plain values."""

import pytest
from django.core.exceptions import ValidationError

from finsam.table_builder import rules


def test_a_table_is_refused_from_the_first_cell_too_many() -> None:
    rules.refuse_more_than_counted(rules.MOST_COUNTED)
    with pytest.raises(ValidationError, match="celler"):
        rules.refuse_more_than_counted(rules.MOST_COUNTED + 1)
