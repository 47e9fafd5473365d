"""Who can have given a consent."""

from finsam.values.codes.rows import CodeList, unverified
from finsam.values.sentences import gettext_noop

PARTICIPANT = "participant"
REPRESENTATIVE = "representative"

GIVEN_BY = CodeList(
    "given_by",
    gettext_noop("Samtycke lämnat av"),
    (
        unverified(PARTICIPANT, "Deltagaren", "The participant"),
        unverified(REPRESENTATIVE, "God man eller annan företrädare", "Legal guardian or other representative"),
    ),
)
