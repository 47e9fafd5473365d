"""Where long Swedish words may be divided: after the s that joins two parts, so that no line ends inside a part."""

import re
from typing import Final

SOFT: Final = "\u00ad"  # a hyphen that is seen only where a line ends at it
JOINT: Final = re.compile(r"((?:ing|ion|het|nad|tet|tid|bet|dom|skap)s)(?=[a-zåäö]{4})")
WORD: Final = re.compile(r"<[^>]*>|\w{21,}")  # a tag, or a word that is longer than a heading's line on a phone


def softened(html: str) -> str:
    """A text or its markup with soft hyphens where the words that fit on no phone may be divided."""
    return WORD.sub(lambda found: found[0] if found[0].startswith("<") else divided(found[0]), html)


def divided(word: str) -> str:
    """A word with soft hyphens where its parts meet."""
    return JOINT.sub(rf"\1{SOFT}", word)


def wrapped(text: str, letters: int) -> list[str]:
    """A text in lines of so many letters; a longer word is divided where its parts meet, otherwise it stays whole."""
    found: list[str] = []
    for word in text.split(" "):
        parts = _parts(word, letters)
        if found and len(found[-1]) + 1 + len(parts[0]) <= letters:
            found[-1] = f"{found[-1]} {parts[0]}"
            found += parts[1:]
        else:
            found += parts
    return found or [""]


def _parts(word: str, letters: int) -> list[str]:
    """The pieces of a word that need lines of their own, each but the last with its hyphen."""
    if len(word) <= letters:
        return [word]
    found = [""]
    for piece in divided(word).split(SOFT):
        if found[-1] and len(found[-1]) + len(piece) + 1 > letters:
            found[-1] += "-"
            found.append(piece)
        else:
            found[-1] += piece
    return found
