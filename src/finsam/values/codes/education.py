"""Levels of education: the highest completed, foreign education as its Swedish equivalent."""

from finsam.values.codes.rows import CodeList, unverified
from finsam.values.sentences import gettext_noop

EDUCATION = CodeList(
    "education",
    gettext_noop("Utbildningsnivå"),
    (
        unverified("none_completed", "Ej slutförd grundskola", "Compulsory school not completed"),
        unverified("compulsory", "Grundskola", "Compulsory school"),
        unverified("upper_secondary", "Gymnasium", "Upper secondary school"),
        unverified("post_secondary", "Eftergymnasial utbildning", "Post-secondary education"),
        unverified("unknown", "Uppgift saknas", "Not known"),
    ),
)
