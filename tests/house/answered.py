"""All that a browser is answered, byte for byte, but for what is another each time."""

import re
from typing import Any

# The marks of a form, a link that is made, a task that is ordered, the time of day.
TOKENS = re.compile(
    r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<="X-CSRFToken": ")[^"]+|(?<=/inbjudan/)[^/]+'
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d\d[.:]\d\d\b"
)


def answered(answer: Any) -> tuple[Any, ...]:
    """Give how it went, what is said of it, and what it holds: a page without its tokens, a file as it is."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = sorted((header, value) for header, value in answer.items() if header not in {"Date", "Expires"})
    if "Content-Disposition" in answer:
        return answer.status_code, headers, content
    return answer.status_code, headers, TOKENS.sub("", content.decode(errors="replace"))
