"""What a user sends who fills in the forms of a page: what stands in their fields, and values where nothing does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from django.test import Client

Body = dict[str, list[str]]

LEFT: Final = ("csrfmiddlewaretoken",)


@dataclass
class Form:
    """A form of a page: where it is sent, and what its fields hold."""

    action: str
    body: Body = field(default_factory=dict)
    empty: dict[str, list[str]] = field(default_factory=dict)  # fields without a value, and what can be chosen
    boxes: set[str] = field(default_factory=set)  # which of them are only sent when they are ticked
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page that are posted."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self._select = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin a form, or note a field."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append(Form(given.get("action") or self.address))
        elif self._inside and tag == "button" and given.get("type", "submit") == "submit":
            self.forms[-1].buttons.append((name, given.get("value", "")))
        elif self._inside and name and name not in LEFT:
            self._field(tag, name, given)
        elif self._inside and tag == "option" and self._select:
            self._note(self._select, given.get("value", ""), chosen="selected" in given and bool(given.get("value")))

    def handle_endtag(self, tag: str) -> None:
        """End a form, or a list to choose from."""
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""

    def _field(self, tag: str, name: str, given: Mapping[str, str]) -> None:
        if tag == "select":
            self._select = name
            self.forms[-1].empty.setdefault(name, [])
        elif given.get("type") in {"checkbox", "radio"}:
            self._note(name, given.get("value", "on"), chosen="checked" in given)
            self.forms[-1].boxes |= {name} if given["type"] == "checkbox" else set()
        elif tag in {"input", "textarea"} and given.get("type") != "file":
            self._note(name, given.get("value", ""), chosen=bool(given.get("value")))

    def _note(self, name: str, value: str, *, chosen: bool) -> None:
        form = self.forms[-1]
        if chosen:
            form.body.setdefault(name, []).append(value)
            form.empty.pop(name, None)
        elif name not in form.body:
            form.empty.setdefault(name, []).append(value)


def forms(client: Client, address: str) -> Iterator[Form]:
    """The forms of a page, as a user is shown them."""
    answer = client.get(address)
    if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
        reader = Forms(address)
        reader.feed(answer.content.decode())
        yield from reader.forms


def filled(form: Form, values: Mapping[str, Sequence[str]], instead: Mapping[str, Sequence[str]]) -> Body:
    """What is sent when a form is filled in: what stands there, the values where nothing does, the first choice else.

    A box that nothing is said of is left as it is, and of several buttons it is the one without a name that is pressed;
    `instead` is sent whatever stands there.
    """
    first = {name: [next(filter(None, choices), "")] for name, choices in form.empty.items() if name not in form.boxes}
    pressed = {} if ("", "") in form.buttons else {name: [value] for name, value in form.buttons[:1]}
    given = {name: list(value) for name, value in values.items() if fits(value, form.empty.get(name))}
    return {**pressed, **first, **given, **form.body, **{name: list(value) for name, value in instead.items()}}


def fits(value: Sequence[str], choices: Sequence[str] | None) -> bool:
    """Whether a value can be written or chosen in a field that a form has, and in which nothing stands."""
    return choices is not None and (not any(choices) or set(value) <= set(choices))
