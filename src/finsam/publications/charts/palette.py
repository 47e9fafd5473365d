"""The colours of diagrams by what they are used for, in light, in dark, on paper, and as variables of a page."""

from collections.abc import Mapping
from typing import Final, Literal

Theme = Literal["light", "dark", "print", "page"]
Colours = Mapping[str, str]

STEPS: Final = ("step-1", "step-2", "step-3", "step-4", "step-5")  # of a map, from few to many

LIGHT: Final[Colours] = {
    "women": "#0b6e7f",
    "men": "#b8740a",
    "first": "#0b6e7f",
    "second": "#b8740a",
    "third": "#6b4e71",
    "neutral": "#8fa3a8",
    "text": "#1b1e23",
    "muted": "#5f6165",
    "line": "#d5d9da",
    "panel": "#ffffff",
    "land": "#f1f3f3",
    "step-1": "#d3e7ea",
    "step-2": "#9dcad1",
    "step-3": "#5fa8b3",
    "step-4": "#217f8e",
    "step-5": "#0b4a56",
}
DARK: Final[Colours] = {
    "women": "#63bccb",
    "men": "#e5ad55",
    "first": "#63bccb",
    "second": "#e5ad55",
    "third": "#c3a3cb",
    "neutral": "#8fa3a8",
    "text": "#eceeee",
    "muted": "#b4b8ba",
    "line": "#3c4147",
    "panel": "#1b1e23",
    "land": "#24282d",
    "step-1": "#24424a",
    "step-2": "#31636e",
    "step-3": "#438a98",
    "step-4": "#6fbac7",
    "step-5": "#c0e8ee",
}
# On a page the style sheet (static/publications/report.css) gives the colours, so one drawing serves light and dark.
PAGE: Final[Colours] = {use: f"var(--chart-{use}, {colour})" for use, colour in LIGHT.items()}
THEMES: Final[Mapping[Theme, Colours]] = {"light": LIGHT, "dark": DARK, "print": LIGHT, "page": PAGE}
