"""As much of a browser as a registrar needs: pages, forms and cookies over one kept connection to loopback."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode, urlsplit

TYPED: Final = {"text", "hidden", "password", "email", "number", ""}

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Page:
    """An answer: its status, where it sends on to, its HTML, and how long it took to the last byte."""

    status: int
    location: str
    html: str
    seconds: float

    def form(self, field: str) -> Fields:
        """What the form with this field would send untouched; of a list, its first real choice."""
        reader = _Forms()
        reader.feed(self.html)
        found = [form for form in reader.forms if field in form]
        if len(found) != 1:
            raise ValueError(f"There are {len(found)} forms with the field {field} on this page")
        return found[0]


class Browser:
    """One visitor."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, address: str) -> Page:
        """Ask for a page."""
        return self._ask("GET", address, None)

    def post(self, address: str, fields: Mapping[str, Sequence[str]]) -> Page:
        """Send a form."""
        return self._ask("POST", address, urlencode(fields, doseq=True))

    def submit(self, page: Page, address: str, field: str, **filled: str | Sequence[str]) -> Page:
        """Fill in the form with a field on a page, and send it."""
        typed = {name: [value] if isinstance(value, str) else list(value) for name, value in filled.items()}
        return self.post(address, {**page.form(field), **typed})

    @property
    def cookies(self) -> str:
        """The cookies as they are sent."""
        return "; ".join(f"{name}={cookie.value}" for name, cookie in self._cookies.items())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, method: str, address: str, body: str | None) -> Page:
        headers = {"Cookie": self.cookies}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._connection.request(method, address, body, headers)
        answer = self._connection.getresponse()
        html = answer.read().decode()
        seconds = time.perf_counter() - begun
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies.load(line)
        return Page(answer.status, urlsplit(answer.headers.get("Location", "")).path, html, seconds)


class _Forms(HTMLParser):
    """Collects what each form on a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field or a choice."""
        facts = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self.forms.append({})
            case "input" if self.forms and "name" in facts:
                self._input(facts)
            case "select" if self.forms:
                self._select = facts["name"]
                self.forms[-1][self._select] = []
            case "option" if self._select:
                self._option(facts)

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of choices."""
        if tag == "select":
            self._select = ""

    def _input(self, facts: Mapping[str, str]) -> None:
        values = self.forms[-1].setdefault(facts["name"], [])
        if facts.get("type", "") in TYPED or "checked" in facts:
            values.append(facts.get("value", ""))

    def _option(self, facts: Mapping[str, str]) -> None:
        chosen = self.forms[-1][self._select]
        if facts.get("value") and (not chosen or "selected" in facts):
            chosen[:] = [facts["value"]]
