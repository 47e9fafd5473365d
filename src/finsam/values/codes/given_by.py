"""Who can have given a consent."""

from finsam.values.codes.rows import CodeList, unverified

PARTICIPANT = "participant"
REPRESENTATIVE = "representative"

GIVEN_BY = CodeList(
    "given_by",
    "Samtycke lämnat av",
    (
        unverified(PARTICIPANT, "Deltagaren", "The participant"),
        unverified(REPRESENTATIVE, "God man eller annan företrädare", "Legal guardian or other representative"),
    ),
)
