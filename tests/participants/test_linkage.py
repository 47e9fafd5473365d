"""Linkage: the same codes are made on both sides, pseudonyms take their place, and the key is destroyed."""

import hashlib
import hmac
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from finsam.access.models import AuditRow, ReadRow
from finsam.access.roles import Role
from finsam.participants import linkage, queries, returned
from finsam.participants.models import LinkageKey, Participation, Person
from finsam.values.identity import IdentityNumber, shifted
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db

HEADER = "code,age,days_in_benefit,diagnosis"
CODE = "a" * 64


def coded(key: bytes, number: str) -> str:
    """The other agency's own arithmetic."""
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def handed_over() -> tuple[linkage.Made, bytes]:
    """A new key, as it was handed over."""
    held: list[bytes] = []
    made = linkage.make_key(actor=factories.operator(), hand_over=held.append)
    return made, held[0]


def substitute(*lines: str) -> linkage.Substituted:
    """Read a returned file."""
    return linkage.substitute(actor=factories.operator(), lines=[f"{line}\n" for line in (HEADER, *lines)])


def enrolled(count: int = 1) -> list[Participation]:
    """Persons enrolled in one intervention."""
    where = factories.intervention()
    registrar = factories.actor(factories.registrar(where))
    return [people.participation(where, registrar) for _ in range(count)]


def test_a_key_is_fresh_handed_over_once_and_sealed_until_it_is_used() -> None:
    (made, key), (other, another) = handed_over(), handed_over()
    assert len(key) == len(another) == 32
    assert key != another
    assert made.key.fingerprint == hashlib.sha256(key).hexdigest()[:12]
    assert made.trial == coded(key, "191212121212")
    held = LinkageKey.objects.get(pk=made.key.pk)
    assert key not in bytes(held.sealed_key or b"")
    assert held.open() == key
    assert list(queries.waiting_keys(actor=factories.operator())) == [made.key, other.key]


def test_a_key_that_could_not_be_handed_over_is_not_kept() -> None:
    def full(key: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        linkage.make_key(actor=factories.operator(), hand_over=full)
    assert not LinkageKey.objects.exists()


def test_pseudonyms_take_the_place_of_codes_and_codes_of_nobody_here_are_counted() -> None:
    first, second, _absent = enrolled(3)
    _made, key = handed_over()
    found = substitute(
        f"{coded(key, second.person.open_number()).upper()},47,1061,F32.1",
        f"{CODE},30,5,M545",
        f"{coded(key, first.person.open_number())},25,0,",
    )
    assert [(row.pseudonym, row.age, row.days_in_benefit, row.chapter) for row in found.rows] == [
        (second.person.pseudonym.value, 47, 1061, 5),
        (first.person.pseudonym.value, 25, 0, 0),
    ]
    assert found.unknown == 1


def test_one_human_at_two_controllers_is_one_row() -> None:
    number = people.identity()
    there = factories.intervention(controller=factories.service(), performers=[factories.agency(), factories.service()])
    people.participation(factories.intervention(), who=number)
    people.participation(there, who=number)
    assert Person.objects.count() == 2
    _made, key = handed_over()
    assert len(substitute(f"{coded(key, number.number)},25,0,").rows) == 1


def test_a_changed_number_is_found_by_the_new_one() -> None:
    stay = enrolled()[0]
    registrar = factories.actor(factories.registrar(stay.intervention))
    new = IdentityNumber(shifted(date(1985, 1, 2), 2))
    people.change_number(registrar, stay, new)
    _made, key = handed_over()
    assert len(substitute(f"{coded(key, new.number)},25,0,").rows) == 1


def test_the_key_is_told_by_the_codes_it_has_made() -> None:
    stay = enrolled()[0]
    handed_over()
    made, key = handed_over()
    handed_over()
    found = substitute(f"{CODE},3,4,", f"{coded(key, stay.person.open_number())},25,0,")
    assert found.key == made.key


def test_the_read_log_has_its_row_and_the_trail_who_made_and_destroyed_the_key() -> None:
    enrolled()
    made, _key = handed_over()
    found = substitute(f"{CODE},3,4,")
    assert (found.rows, found.unknown) == ([], 1)  # a wrong key: nobody is found, and it has been asked all the same
    assert list(ReadRow.objects.values_list("what", "record_id")) == [("linked", None)]
    linkage.destroy_key(actor=factories.operator(), key=made.key)
    trail = AuditRow.objects.filter(model="participants.linkagekey").order_by("pk")
    assert list(trail.values_list("action", flat=True)) == ["participants.make_key", "participants.destroy_key"]


def test_a_destroyed_key_reads_nothing_and_is_nowhere() -> None:
    stay = enrolled()[0]
    made, key = handed_over()
    linkage.destroy_key(actor=factories.operator(), key=made.key)
    assert LinkageKey.objects.get().sealed_key is None
    with pytest.raises(ValidationError, match="Ingen nyckel väntar"):
        substitute(f"{coded(key, stay.person.open_number())},25,0,")
    with pytest.raises(ValidationError, match="finsam link list"):
        queries.waiting_key(actor=factories.operator(), fingerprint=made.key.fingerprint)
    with pytest.raises(ValueError, match="destroyed"):
        LinkageKey.objects.get().open()


def test_the_database_keeps_no_used_key_and_no_unused_one_without_its_bytes() -> None:
    made, _key = handed_over()
    for changed in ({"used_at": factories.NOW}, {"sealed_key": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LinkageKey.objects.filter(pk=made.key.pk).update(**changed)


@pytest.mark.parametrize("role", [Role.PARTICIPANT_REGISTRAR, Role.NATIONAL_ANALYST, Role.ASSOCIATION_ADMIN])
def test_only_the_system_administrator_links(role: Role) -> None:
    where = factories.association() if role is Role.ASSOCIATION_ADMIN else None
    employer = where.organisation if where else None
    actor = factories.actor(factories.user(employer, role, where=where))
    for ask in (
        lambda: linkage.make_key(actor=actor, hand_over=print),
        lambda: linkage.substitute(actor=actor, lines=[]),
        lambda: queries.waiting_keys(actor=actor),
    ):
        with pytest.raises(PermissionDenied, match="systemadministratör"):
            ask()


GOOD = f"{CODE},25,100,F32"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "Filen ska ha kolumnerna code, age, days_in_benefit, diagnosis."),
        (["code,age,diagnosis", f"{CODE},25,F32"], "Filen ska ha kolumnerna"),
        ([f"{HEADER},name", f"{GOOD},Låtsas"], "Filen ska ha kolumnerna"),
        (["code,code,age,diagnosis", GOOD], "Filen ska ha kolumnerna"),
        ([HEADER], "Filen har inga rader under rubriken."),
        ([HEADER, GOOD, f"{CODE.upper()},30,1,"], "Rad 3: koden står också på rad 2."),
        ([HEADER, GOOD, "198501010000,30,1,"], "Rad 3: koden ska vara 64 hexadecimala tecken"),
        ([HEADER, f"{'g' * 64},30,1,"], "Rad 2: koden ska vara"),
        ([HEADER, f"{CODE},30"], "Rad 2: raden har fel antal kolumner."),
        ([HEADER, f"{GOOD},mer"], "Rad 2: raden har fel antal kolumner."),
        ([HEADER, f"{CODE},trettio,1,"], "Rad 2: åldern ska vara ett heltal från 0 till 125."),
        ([HEADER, f"{CODE},-1,1,"], "Rad 2: åldern"),
        ([HEADER, f"{CODE},126,1,"], "Rad 2: åldern"),
        ([HEADER, f"{CODE},²,1,"], "Rad 2: åldern"),
        ([HEADER, f"{CODE},30,1.5,"], "Rad 2: dagarna ska vara ett heltal från 0 till 45000."),
        ([HEADER, f"{CODE},30,,"], "Rad 2: dagarna"),
        ([HEADER, f"{CODE},30,1,okänd"], "Rad 2: diagnosen är ingen kod i ICD-10-SE"),
        ([HEADER, f"{CODE},30,1,D49"], "Rad 2: diagnosen"),
        ([HEADER, f'{CODE},30,1,"F3'], "går inte att läsa. Spara"),
    ],
)
def test_a_file_that_is_not_as_agreed_is_refused_and_nothing_is_read(lines: list[str], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        returned.read([f"{line}\n" for line in lines])
    said = " ".join(refused.value.messages)
    assert sentence in said
    assert "198501010000" not in said


def test_a_file_as_a_swedish_spreadsheet_writes_it_is_read() -> None:
    lines = ["diagnosis;code;age;days_in_benefit\r\n", f"f32.1 ; {CODE} ; 25 ; 100\r\n", f";{'b' * 64};26;0\r\n"]
    assert returned.read(lines) == [returned.Line(CODE, 25, 100, 5), returned.Line("b" * 64, 26, 0, 0)]
