"""Late registration: counted once in every snapshot, kept protected, and said in plain sentences."""

from datetime import date
from functools import partial
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.roles import Role
from finsam.disclosure.cells import Cell, Protected, Status
from finsam.disclosure.refusal import UnprotectableError
from finsam.editions import actions as edition_actions
from finsam.late import actions as late_actions
from finsam.late import counting, presentation, queries
from finsam.late.models import Triangle
from finsam.late.presentation import Late
from finsam.publications.blocks import Bars, Grid
from finsam.publications.formats import writer
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import storage
from finsam.snapshots.models import Snapshot
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import TABLE, Shown
from finsam.values.sentences import SentenceError
from tests import factories
from tests.late.growth import GROWTH, shown
from tests.participants import people


def sentences(found: Late) -> str:
    return " ".join(presentation.sentences(found)).replace("\u00a0", " ")


def test_the_estimate_its_interval_and_its_test_are_said() -> None:
    """The numbers are those worked out by hand in tests/statistics/test_late_estimates.py."""
    found = sentences(Late(shown(GROWTH), "persons_new"))
    assert "Nya deltagare 2020: 3 000 enligt ögonblicksbilden per 2021-01-31." in found
    assert "Det väntas bli 3 232 när 25 månader har gått sedan årets slut" in found
    assert "Fyra gånger av fem ska det hamna mellan 3 134 och 3 334." in found
    assert "tidigare intervall som går att kontrollera höll" in found


def test_years_that_never_grew_give_no_interval_without_width() -> None:
    found = sentences(Late(shown({2017: [50, 50], 2018: [60, 60], 2019: [70]}), "persons_new"))
    assert "inget talar för att antalet ändras" in found


def test_intervals_that_seldom_held_are_not_to_be_trusted() -> None:
    wild = {2015: [100, 110], 2016: [100, 110], 2017: [100, 111], 2018: [100, 200], 2019: [100, 150], 2020: [100]}
    found = sentences(Late(shown(wild), "persons_new"))
    assert "Av 3 tidigare intervall som går att kontrollera höll 1, alltså 33 procent." in found
    assert "Lita inte på intervallet." in found


def test_a_hidden_newest_count_is_not_estimated_and_stays_hidden() -> None:
    found = Late(shown(GROWTH, y2020=2021), "persons_new")
    assert sentences(found) == (
        "Det nyaste antalet är för litet för att visas. Därför går det inte att uppskatta vad det blir."
    )
    assert list(presentation.lines(found))[-1].split() == ["2020", "··"]


def test_the_triangle_is_laid_out_by_year_and_months_with_what_the_years_have_grown() -> None:
    page = presentation.publication(Late(shown(GROWTH), "persons_new"), "sv")
    grid, hindsight = (block for block in page.blocks if isinstance(block, Grid))
    assert grid.columns == ("1", "13", "25")
    assert [row.header for row in grid.rows] == ["2016", "2017", "2018", "2019", "2020"]
    assert [cell.value for cell in grid.rows[3].cells] == [1000, 1050, None]
    assert hindsight.columns == ("Sågs då", "Väntades bli", "Lägst", "Högst", "Blev")
    (bars,) = (block for block in page.blocks if isinstance(block, Bars))
    assert bars.title == "Nya deltagare: 8 procent fler nu än första gången"  # 5,000 became 5,380
    assert [cell.value for cell in bars.series[0].cells] == [100, 140, 90, 50]


def test_years_first_seen_long_after_they_ended_are_left_out() -> None:
    late = [*shown({2018: [100], 2019: [100]})]
    old = {**late[0].table.cells, ("2010", "persons_new"): (Cell(90),)}
    late[0] = Shown(late[0].name, late[0].as_of, Protected(TABLE, ("year", "figure"), ("count",), old))
    assert Late(late, "persons_new").years == [2018, 2019]


def test_what_is_kept_is_read_back_and_names_the_snapshots_in_order() -> None:
    kept = shown(GROWTH, y2018=2019)
    read = counting.read(counting.written(kept))
    assert [(one.name, one.as_of, one.table.cells) for one in read] == [
        (one.name, one.as_of, one.table.cells) for one in kept
    ]


def test_without_anybody_that_is_said() -> None:
    assert sentences(Late(shown({2019: [0, 0], 2020: [0]}), "persons_new")).startswith("Ingen är räknad")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
class TestCounting:
    """With snapshots in a home."""

    @pytest.fixture
    def two(self) -> list[Snapshot]:
        """Two snapshots; between them one more person was registered."""
        where = factories.intervention()
        registrar = factories.actor(factories.registrar(where))
        people.participation(where, registrar)
        first = snapshot_actions.take(actor=factories.operator(), as_of=factories.NOW.date())
        later = factories.NOW.replace(month=4, day=1)
        people.participation(where, factories.actor(factories.registrar(where), later), at=later)
        return [first, snapshot_actions.take(actor=factories.operator(later), as_of=later.date())]

    def test_all_snapshots_are_counted_once_and_few_are_hidden(self, two: list[Snapshot]) -> None:
        actor = factories.operator()
        row = late_actions.count_late(actor=actor)
        assert [one["id"] for one in row.answer["snapshots"]] == [one.identifier for one in two]
        cells = [cell for one in counting.read(row.answer) for (cell,) in one.table.cells.values()]
        assert {cell.value if cell.status is Status.OK else cell.status for cell in cells} == {0, Status.SUPPRESSED}
        assert late_actions.count_late(actor=actor) == row
        assert queries.late(actor=actor).is_current
        assert "för litet" in queries.late_lines(actor=actor, row=row, figure="persons_new")[-1]
        with pytest.raises(ValidationError, match="Siffran finns inte"):
            queries.late_lines(actor=actor, row=row, figure="heads")

    def test_a_damaged_snapshot_is_refused_and_nothing_is_kept(self, two: list[Snapshot]) -> None:
        (storage.folder(two[0].identifier) / "supports.parquet").unlink()
        with pytest.raises(ValidationError, match=r"supports\.parquet saknas"):
            late_actions.count_late(actor=factories.operator())
        assert not Triangle.objects.exists()

    @pytest.mark.parametrize(
        ("refusal", "sentence"),
        [
            (UnprotectableError(["registered"], None), "Antalen är för små för att visas"),
            (
                SentenceError("disclosure.contradiction", "Siffrorna motsäger %(tables)s.", {"tables": "x"}),
                "motsäger x",
            ),
        ],
    )
    def test_what_cannot_be_protected_is_refused_with_a_sentence(
        self, two: list[Snapshot], refusal: SentenceError, sentence: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(late_registration, "protected", Mock(side_effect=refusal))
        with pytest.raises(ValidationError, match=sentence):
            late_actions.count_late(actor=factories.operator())
        assert not Triangle.objects.exists()

    def test_one_snapshot_is_too_few(self) -> None:
        factories.intervention()
        snapshot_actions.take(actor=factories.operator(), as_of=factories.NOW.date())
        with pytest.raises(ValidationError, match="minst två ögonblicksbilder"):
            late_actions.count_late(actor=factories.operator())

    def test_only_those_who_work_as_analysts_may_see_it(self, two: list[Snapshot]) -> None:
        analyst = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
        row = late_actions.count_late(actor=analyst)
        for role in (Role.READER, Role.ASSOCIATION_ADMIN, Role.INTERVENTION_LEAD, Role.SYSTEM_ADMIN):
            other = factories.actor(factories.user(None, role, where=factories.association()))
            for refused in (
                partial(queries.late, actor=other),
                partial(queries.late_figures, actor=other),
                partial(queries.late_lines, actor=other, row=row, figure="persons_new"),
                partial(queries.late_shown, actor=other, row=row, figure="persons_new", language="sv"),
                partial(late_actions.count_late, actor=other),
            ):
                with pytest.raises(PermissionDenied):
                    refused()

    def test_what_was_counted_before_a_publication_is_not_safe_until_it_is_counted_beside_it(
        self, two: list[Snapshot], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
        anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
        before = late_actions.count_late(actor=anna)
        found = queries.late(actor=anna)
        assert (found.is_safe, found.is_current) == (True, True)
        made = edition_actions.compile_edition(
            actor=anna, report=REPORTS["national-annual"], year=2020, snapshot=two[0]
        )
        edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=made))
        found = queries.late(actor=anna)
        assert (found.row, found.is_safe, found.is_current) == (before, False, False)
        after = late_actions.count_late(actor=anna)
        assert after.answer["published"] == [made.identifier]
        found = queries.late(actor=anna)
        assert (found.row, found.is_safe, found.is_current) == (after, True, True)

    def test_a_new_snapshot_leaves_what_was_counted_safe_though_it_is_not_current(self, two: list[Snapshot]) -> None:
        actor = factories.operator()
        late_actions.count_late(actor=actor)
        snapshot_actions.take(actor=actor, as_of=date(2021, 2, 28))
        found = queries.late(actor=actor)
        assert (found.is_safe, found.is_current) == (True, False)

    def test_what_was_hidden_stays_hidden_when_it_is_counted_again(self, two: list[Snapshot]) -> None:
        actor = factories.operator()
        row = late_actions.count_late(actor=actor)
        again = counting.counted(queries.late(actor=actor).taken, [], settings.DISCLOSURE_RULE, row.answer)
        assert again == row.answer
