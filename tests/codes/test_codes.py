"""The dated code lists: shipped rows, rows of one's own, confirmations and imports."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.edition import ship
from finsam.access.roles import Role
from finsam.codes import actions, queries
from finsam.codes.actions import Imported
from finsam.codes.models import Code
from finsam.values.codes import LISTS, names
from finsam.values.codes.rows import unverified
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = ",".join(actions.COLUMNS)


def imported(*lines: str, heading: str = HEADER) -> Imported:
    return actions.import_rows(actor=factories.operator(), content="\n".join([heading, *lines]).encode())


def test_every_shipped_row_is_there_from_the_start() -> None:
    shipped = {(key, row.code, row.first_day) for key, codes in LISTS.items() for row in codes.rows}
    assert set(Code.objects.order_by("pk").values_list("list", "code", "first_day")) == shipped
    assert Code.history.count() == len(shipped)


def test_an_upgrade_overwrites_no_row(settings: object) -> None:
    from django.apps import apps

    row = Code.objects.get(list="support", code="student_aid")
    actions.confirm(actor=factories.operator(), row=row, source="Blankett 9448")
    fresh = {"list": "support", "code": "student_aid", "first_day": row.first_day, "label": "Annat", "source": "x"}
    ship(apps, "codes", "Code", ("list", "code", "first_day"), [fresh])
    row.refresh_from_db()
    assert (row.verified, row.source, row.origin) == (True, "Blankett 9448", "local")


def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version in which a reason has another name from 2021."""
    old, first = LISTS["end_reason"], date(2021, 1, 1)
    rows = [replace(row, ends_before=first) if row.code == "illness" else row for row in old.rows]
    new = replace(old, rows=(*rows, unverified("illness", "Ohälsa", "Ill health", since=first)))
    monkeypatch.setattr(queries, "LISTS", {**LISTS, "end_reason": new})


def words(code: str) -> list[tuple[str, date | None, str]]:
    rows = Code.objects.filter(list="end_reason", code=code).order_by("first_day")
    return list(rows.values_list("label", "ends_before", "origin"))


def test_a_new_name_in_a_new_version_reaches_a_row_that_nobody_has_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed(monkeypatch)
    assert actions.ship(actor=factories.operator()) == 1
    assert words("illness") == [("Sjukdom", date(2021, 1, 1), "shipped"), ("Ohälsa", None, "shipped")]
    assert actions.ship(actor=factories.operator()) == 0


def test_a_new_name_in_a_new_version_leaves_a_users_row_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.confirm(actor=factories.operator(), row=Code.objects.get(code="illness"), source="Blankett 9448")
    renamed(monkeypatch)
    assert actions.ship(actor=factories.operator()) == 0
    assert words("illness") == [("Sjukdom", None, "local")]


def test_only_the_operator_ships_codes() -> None:
    with pytest.raises(PermissionDenied):
        actions.ship(actor=factories.actor(factories.user(None, Role.NATIONAL_ANALYST)))


def test_a_code_is_in_force_to_its_last_day() -> None:
    row = Code.objects.get(list="end_reason", code="other")
    actions.close(actor=factories.operator(), row=row, ends_before=date(2021, 1, 1))
    assert "other" in dict(queries.choices("end_reason", date(2020, 12, 31)))
    assert "other" not in dict(queries.choices("end_reason", date(2021, 1, 1)))
    with pytest.raises(ValidationError, match="gäller inte den"):
        queries.check("end_reason", "end_reason", ["other"], date(2021, 1, 1))


def test_a_closed_code_may_go_on_under_a_new_name() -> None:
    actor = factories.operator()
    actions.close(actor=actor, row=Code.objects.get(list="end_reason", code="other"), ends_before=date(2021, 1, 1))
    new = {"list": "end_reason", "code": "other", "label": "Något annat", "source": "Eget beslut"}
    with pytest.raises(ValidationError, match="har redan en rad"):
        actions.add(actor=actor, first_day=date(2020, 12, 31), **new)  # type: ignore[arg-type]
    actions.add(actor=actor, first_day=date(2021, 1, 1), **new)  # type: ignore[arg-type]
    assert dict(queries.choices("end_reason", date(2021, 1, 1)))["other"] == "Något annat"


def test_a_direction_belongs_to_its_kind() -> None:
    structural = dict(queries.choices("direction", date(2020, 1, 1), parent="structural"))
    assert "training" in structural
    assert "preparatory" not in structural


@pytest.mark.parametrize("role", [Role.NATIONAL_ANALYST, Role.INTERVENTION_LEAD])
def test_only_the_system_administrator_changes_codes(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        actions.close(
            actor=factories.actor(factories.user(None, role)),
            row=Code.objects.get(list="end_reason", code="other"),
            ends_before=date(2021, 1, 1),
        )


def test_a_file_is_imported_once() -> None:
    lines = ["support,parental_benefit,Föräldrapenning,Parental benefit,,2020-01-01,,Eget beslut,ja"]
    assert imported(*lines) == Imported(added=1)
    assert imported(*lines) == Imported()
    row = Code.objects.get(code="parental_benefit")
    assert (row.verified, row.origin, row.ends_before) == (True, "local", None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("support,new,Ny,New,,2020-13-01,,Källa,nej", "Rad 3: ”2020-13-01” är inget datum"),
        ("colours,red,Röd,Red,,2020-01-01,,Källa,nej", "Rad 3: Listan finns inte"),
        ("support,student_aid,Bidrag,Aid,,2019-01-01,,Källa,nej", "Rad 3: Koden har redan en rad"),
        ("support,,Utan kod,None,,2020-01-01,,Källa,nej", "Rad 3: "),
    ],
)
def test_a_wrong_line_leaves_the_table_as_it_was(line: str, sentence: str) -> None:
    before = Code.objects.count()
    good = "support,parental_benefit,Föräldrapenning,Parental benefit,,2020-01-01,,Eget beslut,ja"
    with pytest.raises(ValidationError) as refused:
        imported(good, line)
    assert refused.value.messages[0].startswith(sentence)
    assert refused.value.messages[0].endswith("Ingenting är importerat.")
    assert Code.objects.count() == before


def test_a_file_with_other_columns_is_refused() -> None:
    with pytest.raises(ValidationError, match="ska ha kolumnerna"):
        imported("a,b", heading="code,label")


def new(code: str, list_key: str = "need_group") -> Code:
    """Add a code as the system administrator does."""
    return actions.add(
        actor=factories.operator(), list=list_key, code=code, label="Ny", first_day=date(2021, 2, 1), source="Provet"
    )


@pytest.mark.parametrize("code", ["Ny", "å", "1st", "_x", "a b", "a/b", "a:b", "~total", "", " ", "a-b", "\x00", "a\n"])
def test_a_code_is_of_small_letters_digits_and_underscores(code: str) -> None:
    with pytest.raises(ValidationError, match="Skriv koden med a–z"):
        new(code)


@pytest.mark.parametrize("code", sorted(names.RESERVED))
@pytest.mark.parametrize("list_key", sorted(LISTS))
def test_a_reserved_word_is_refused_in_every_list_when_it_is_added_and_when_it_is_imported(
    list_key: str, code: str
) -> None:
    with pytest.raises(ValidationError, match="betyder en summa eller en grupp"):
        new(code, list_key)
    line = f"{list_key},{code},Hela gruppen,All,,2015-01-01,,K,ja"
    with pytest.raises(ValidationError, match="betyder en summa eller en grupp"):
        imported(line)


def test_a_reserved_word_that_is_in_the_list_since_before_goes_on() -> None:
    Code(list="need_group", code="total", label="Alla", first_day=date(2015, 1, 1), source="Förr").save()
    row = Code.objects.get(list="need_group", code="total")
    actions.close(actor=factories.operator(), row=row, ends_before=date(2021, 2, 1))
    assert new("total").first_day == date(2021, 2, 1)


@pytest.mark.parametrize("list_key", ["support", "need_group", "education"])
def test_one_code_more_than_a_list_has_room_for_is_refused_with_the_reason(list_key: str) -> None:
    room, listed = names.most(list_key), len(LISTS[list_key].codes)
    for number in range(listed, room):
        new(f"many_{number}", list_key)
    with pytest.raises(ValidationError, match=f"Listan är full: den rymmer {room} koder"):
        new("one_more", list_key)
    actions.close(actor=factories.operator(), row=Code.objects.get(code=f"many_{listed}"), ends_before=date(2021, 3, 1))
    with pytest.raises(ValidationError, match="stängda medräknade"):
        new("one_more", list_key)


def test_the_lists_that_ship_follow_the_rule_for_new_codes() -> None:
    codes = [code for one in LISTS.values() for code in one.codes]
    assert not [code for code in codes if not names.SHAPE.fullmatch(code) or code in names.RESERVED]
    assert all(len(one.codes) <= names.most(key) for key, one in LISTS.items())
