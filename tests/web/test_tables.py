"""Open tables: the same for everybody, laid out as the address says, and nothing counted when somebody asks."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonstat_validator import validate_jsonstat
from python_calamine import CalamineWorkbook

from finsam.access.models import User
from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.editions import actions as editions
from finsam.editions.models import Edition
from finsam.editions.stored import places
from finsam.interventions import actions as interventions
from finsam.reports.open_tables.cubes import CUBES
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshots
from finsam.snapshots import engines
from finsam.table_builder import open_queries
from tests import factories
from tests.web import open_tables

published = open_tables.published
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]

Visitor = Callable[[User], Client]
TABLE = "/tabeller/registered_associations/"


def text(client: Client, address: str, status: int = 200) -> str:
    found = client.get(address)
    assert found.status_code == status
    return found.content.decode().replace("\xa0", " ")


def table(page: str) -> list[list[str]]:
    """The rows of the table on a page, as text."""
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.split(r"</t[hd]>", row)[:-1]]
        for row in re.split(r"<tr[^>]*>", body)[1:]
    ]


def test_before_the_first_publication_the_page_says_what_comes(visitor: Visitor) -> None:
    analyst, board = (visitor(factories.user(None, role)) for role in (Role.NATIONAL_ANALYST, Role.SYSTEM_ADMIN))
    assert "Inga tabeller är publicerade än." in text(analyst, "/tabeller/")
    assert "när den nationella analytikern har publicerat dem" in text(board, "/tabeller/")
    assert "Tabellen finns inte, eller inte längre." in text(board, TABLE, 404)


def test_everybody_reads_what_is_published(published: Edition, visitor: Visitor, monkeypatch: Any) -> None:
    """Nothing is counted, and a larger table takes as many queries; what the table doesn't have is a sentence."""
    monkeypatch.setattr(engines, "tables", None)
    own = Association.objects.get(name="Norra")
    for role in (Role.ASSOCIATION_ADMIN, Role.READER):
        client = visitor(factories.user(None, role, where=own))
        assert "Hur många deltar hos oss?" in text(client, "/tabeller/")
        links = re.findall(r'href="(/tabeller/[^"]+)"', text(client, "/tabeller/"))
        assert len(links) > len(CUBES)
        assert {address for address in links if client.get(address.replace("&amp;", "&")).status_code != 200} == set()
        page = text(client, f"{TABLE}?place={own.number}")
        assert "Norra: " in page
        assert "70 deltagare" in page
        assert "<tbody>" not in page  # one row is said in sentences
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    with CaptureQueriesContext(connection) as few:
        page = text(client, f"{TABLE}?rows=association&columns=sex&measure=volume")
    assert table(page) == [
        ["Norra", "30", "40", "70"],
        ["Totalt", "30", "40", "70"],
    ]
    assert re.findall(r'<tr class="strong"><th scope="row">(.*?)</th>', page) == ["Totalt"]
    with CaptureQueriesContext(connection) as more:
        text(client, "/tabeller/persons_municipalities/")
    assert len(few) == len(more)
    page = text(client, f"{TABLE}?rows=association&columns=sex&measure=volume&show=row&totals=0")
    assert table(page) == [["Norra", "43 %", "57 %"]]
    for wrong, sentence in (
        ("year=1999", "Tabellen har inte det året. Den har 2020."),
        ("place=999", "Området finns inte i tabellen."),
        ("rows=county", "Tabellen är inte delad så."),
        ("rows=sex&columns=sex", "Välj olika indelningar för rader och kolumner."),
        ("measure=money", "Tabellen har inte den siffran."),
        ("show=column&rows=measure&columns=sex", "Visa antal."),
    ):
        page = text(client, f"{TABLE}?{wrong}")
        assert sentence in page
        assert "<tbody>" not in page
    assert "<datalist" not in page
    monkeypatch.setattr(open_queries, "LISTED", 0)
    page = text(client, f"{TABLE}?place=norra&rows=sex&columns=measure")
    assert re.search(r'<input[^>]*name="place"[^>]*value="Norra"', page)
    assert f'<option value="{own.name}">' in page
    page = text(client, f"{TABLE}?place=Södra")
    assert page.count("Området finns inte i tabellen") == 2  # in the list of faults and at its field
    assert re.findall(r"field--error.*?name=\"(\w+)\"", page, re.DOTALL) == ["place"]
    assert "Låt kvartalen stå som rader" in text(client, "/tabeller/stays_quarters/?rows=association&columns=measure")
    assert client.get("/tabeller/gone/").status_code == 404
    files_are_those_of_the_edition(client, published)


def files_are_those_of_the_edition(client: Client, published: Edition) -> None:
    folder = places.folder(published.identifier)
    csv, cube, book = (client.get(f"{TABLE}filer/{kind}/").content for kind in ("csv", "json", "xlsx"))
    assert csv == (folder / "csv" / "registered_associations.csv").read_bytes()
    assert cube == (folder / "json" / "registered_associations.json").read_bytes()
    assert validate_jsonstat(json.loads(cube))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    shown = sheets.get_sheet_by_name("Som på sidan").to_python()
    assert [[row[0], row[3]] for row in shown[3:]] == [["Norra", 70.0], ["Totalt", 70.0]]  # in volume
    assert sheets.get_sheet_by_name("registered_associations").height > len(shown)
    assert client.get(f"{TABLE}filer/pdf/").status_code == 404
    assert client.get(f"{TABLE}filer/csv/?year=1999").status_code == 404
    (folder / "json" / "work_nation.json").write_bytes(b"{}")
    open_queries._cube.cache_clear()  # as in a process that hasn't read it
    assert "är skadad" in text(client, "/tabeller/work_nation/", 404)


def test_a_year_of_open_tables_has_one_snapshot(published: Edition) -> None:
    """Another that more is registered in is refused by the name of the first, and nothing is left of it."""
    operator, analyst = factories.operator(), factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    counted = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=operator, intervention=counted, year=2020, women=1, men=1)
    later = snapshots.take(actor=operator, as_of=published.snapshot.as_of)
    assert later.digest != published.snapshot.digest
    with pytest.raises(ValidationError, match=published.snapshot.identifier):
        editions.compile_edition(actor=analyst, report=REPORTS["open-tables"], year=2020, language="en", snapshot=later)
    assert Edition.objects.count() == 1
