"""SVG written by hand: elements, words, names for those who listen, axes; the same arguments give the same bytes."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, log10
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from finsam.publications.charts import fonts
from finsam.publications.charts.palette import Colours
from finsam.publications.hyphens import wrapped

FONT: Final = f"'{fonts.FAMILY}', sans-serif"
SIZE: Final = 12  # pixels of a letter
LINE: Final = 15  # from one line of words to the next
NARROW: Final = 300  # pixels of a drawing for a phone, where its letters are as large as the page's small print
SQUARE, APART = 15, 18  # pixels of a legend's square with its space, and between two names
RISE: Final = 4  # from the middle of a letter down to the line it stands on
TICKS: Final = 4
STEPS: Final = (1, 2, 5, 10)

Number = int | float
Attributes = Mapping[str, Any]  # numbers, words, or None for what is left out


def svg(width: Number, height: Number, name: str, *parts: str) -> str:
    """A whole drawing with its own name."""
    box = {"viewBox": f"0 0 {short(width)} {short(height)}", "width": width, "height": height}
    said = {"role": "graphics-document", "aria-label": name}
    look = {"font-family": FONT, "font-size": SIZE}
    return element("svg", "".join(parts), {"xmlns": "http://www.w3.org/2000/svg", **box, **said, **look})


def element(tag: str, inside: str, attributes: Attributes) -> str:
    """One element; what is None is left out, numbers are short."""
    written = "".join(
        f" {name}={quoteattr(value if isinstance(value, str) else short(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>"


def mark(tag: str, name: str, attributes: Attributes, inside: str = "") -> str:
    """An element that means a figure, with its name in words."""
    return element(tag, inside, {"role": "graphics-symbol", "aria-label": name, **attributes})


def rect(x: float, y: float, width: float, height: float) -> dict[str, float]:
    """Where a rectangle stands."""
    return {"x": x, "y": y, "width": width, "height": height}


def words(x: Number, y: Number, text: str, fill: str, anchor: str = "start", **more: Number | str) -> str:
    """Words on one line that a screen reader passes over: what they say stands in the marks' names."""
    place = {"x": x, "y": y, "fill": fill, "text-anchor": anchor if anchor != "start" else None, "aria-hidden": "true"}
    return element("text", escape(text), {**place, **{name.replace("_", "-"): value for name, value in more.items()}})


def lines(label: str, letters: int, most: int = 2) -> list[str]:
    """A label in lines of so many letters; what does not fit ends with an ellipsis."""
    found = wrapped(label, letters)
    kept = found if len(found) <= most else [*found[: most - 1], f"{found[most - 1]}…"]
    return [line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…" for line in kept]


def stacked(x: Number, middle: Number, text: Sequence[str], fill: str, anchor: str = "start", **more: str) -> str:
    """Several lines of words around a height."""
    top = middle + RISE - LINE * (len(text) - 1) / 2
    return "".join(words(x, top + LINE * at, line, fill, anchor, **more) for at, line in enumerate(text))


def rule(x1: Number, y1: Number, x2: Number, y2: Number, colour: str) -> str:
    """A thin straight line."""
    return element("line", "", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": colour})


def ticks(highest: Number) -> list[int]:
    """At most five round whole numbers from 0 that reach the highest."""
    if highest <= 0:
        return [0]
    power = 10 ** max(0, floor(log10(highest / TICKS)))
    step = next(power * size for size in STEPS if power * size * TICKS >= highest)
    return [step * at for at in range(ceil(highest / step) + 1)]


def squares(
    x: Number, y: Number, named: Iterable[tuple[str, str]], colours: Colours, width: Number
) -> tuple[str, float]:
    """A legend: a coloured square and a name for each, in as many lines as the width asks for, and their height."""
    drawn, at, down = "", float(x), float(y)
    for name, role in named:
        long = SQUARE + width_of(name)
        if at > x and at + long > width:
            at, down = float(x), down + LINE + 3
        said = wrapped(name, int((width - at - SQUARE) / width_of("n")))
        drawn += element("rect", "", {**rect(at, down - 9, 10, 10), "fill": colours[role]})
        drawn += stacked(at + SQUARE, down - RISE + LINE * (len(said) - 1) / 2, said, colours["text"])
        at, down = at + long + APART, down + LINE * (len(said) - 1)
    return drawn, down - y


def width_of(text: str) -> float:
    """About how wide words are: Source Sans is half its size a letter, a little more in capitals."""
    return sum(SIZE * (0.6 if letter.isupper() or letter in "mw%" else 0.5) for letter in text)


def short(value: Number) -> str:
    """A number with at most one decimal."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else str(round(value))
