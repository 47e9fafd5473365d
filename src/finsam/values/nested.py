"""JSON that may have been written by anybody: read only when it is no deeper and has no more parts than ours."""

import json
from typing import Any, Final, NoReturn

DEEPEST: Final = 100
MOST: Final = 1_500_000  # parts: little ones take twenty times as much memory as they take of the text


def read(text: str | bytes) -> Any:
    """Read JSON; whatever is wrong with it is a ValueError, also what Python's own reader has other names for."""
    written = text if isinstance(text, str) else text.decode("utf-8")
    opened = written.count("[") + written.count("{")
    if opened + written.count(",") > MOST:
        raise ValueError("JSON of too many parts")
    try:
        found = json.loads(written, parse_constant=_refuse)
    except RecursionError as fault:
        raise ValueError("JSON that is too deep") from fault
    if opened > DEEPEST and _is_deep(found):
        raise ValueError("JSON that is too deep")
    return found


def _is_deep(found: Any) -> bool:
    """Tell whether there is something in so many others, a level at a time and none of them by calling itself."""
    level = [found]
    for _ in range(DEEPEST):
        level = [part for one in level for part in _parts(one) if isinstance(part, list | dict)]
        if not level:
            return False
    return True


def _parts(one: Any) -> Any:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
