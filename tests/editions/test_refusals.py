"""What stops a publication is said in the words of its tables, in the language of whoever asked."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from finsam.background import actions as background_actions
from finsam.disclosure.refusal import UnprotectableError
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions import refusals, run_actions, run_queries
from finsam.editions.argus import proposer
from finsam.editions.models import Edition
from finsam.reports import release
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.values.sentences import SentenceError
from tests import factories

REPORT = REPORTS["national-annual"]
OPERATOR = factories.operator()


def said(refusal: SentenceError) -> str:
    """What a door says of a refusal."""
    with pytest.raises(ValidationError) as found, refusals.in_words(REPORT.tables.words()):
        raise refusal
    return " ".join(found.value.messages)


def test_tables_and_dimensions_are_named_by_their_words_and_so_is_the_coarser_table() -> None:
    sentence = said(UnprotectableError(["participants", "earlier"], ("participants", "support")))
    assert sentence == (
        "Det går inte att publicera ”Pågående deltagare som började tidigare”, "
        "”Pågående och nya deltagare efter försörjning och kön”: dolda antal kan räknas ut hur mycket som än döljs. "
        "Gör tabellen ”Pågående och nya deltagare efter försörjning och kön” grövre: "
        "utan uppdelning på försörjning går den att publicera."
    )


def test_in_english_they_have_english_words() -> None:
    with override("en"):
        sentence = said(UnprotectableError(["participants"], ("participants", "sex")))
    assert "”Ongoing and new participants by support and sex”" in sentence
    assert "sex" in sentence.rpartition(":")[2]
    assert "Det går" not in sentence


def test_a_table_that_an_edition_has_published_is_told_by_the_edition() -> None:
    sentence = said(UnprotectableError(["national-annual-2019-0123456789ab:totals", "unknown"], None))
    assert "”Alla deltagare efter hur de är registrerade” i utgåvan national-annual-2019-0123456789ab" in sentence
    assert "”unknown”" in sentence


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_nothing_is_compiled_or_produced_when_tau_argus_does_not_answer(monkeypatch, tmp_path) -> None:
    """It would be protected in another way here than where it answers."""
    factories.intervention(method="numbers_only")
    snapshot = snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))
    asked = []

    def unanswered(table, _rule):
        asked.append(table.name)
        raise SentenceError("disclosure.unanswered", proposer.UNANSWERED, {"table": table.name})

    monkeypatch.setattr(edition_queries, "proposer", lambda place: unanswered)
    about: dict[str, Any] = {"actor": OPERATOR, "report": REPORT, "year": 2020, "snapshot": snapshot}
    for work, more in ((edition_actions.compile_edition, {}), (run_actions.produce, {"folder": tmp_path / "report"})):
        with pytest.raises(ValidationError, match=r"börja i ”Pågående och nya .*”, gav inget helt svar"):
            work(**about, **more)
    assert asked == ["participants", "participants"]
    assert not Edition.objects.exists()
    assert not (tmp_path / "report").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_a_report_in_the_background_that_cannot_be_protected_ends_as_the_sentence(monkeypatch) -> None:
    factories.intervention(method="numbers_only")
    snapshot = snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))

    def refuse(*_arguments, **_named):
        raise UnprotectableError(["totals"], None)

    monkeypatch.setattr(release, "protect", refuse)
    run = background_actions.request_edition(actor=OPERATOR, report=REPORT, year=2020, snapshot=snapshot)
    edition_actions.compile_waiting(actor=OPERATOR, run=run)
    assert (
        "”Alla deltagare efter hur de är registrerade”"
        in edition_queries.compilation(actor=OPERATOR, pk=run.pk).message
    )
    asked = background_actions.request_report(actor=OPERATOR, report=REPORT, year=2020, snapshot=snapshot)
    run_actions.perform(actor=OPERATOR, run=asked, elapsed=lambda: factories.NOW - factories.NOW)
    assert "”Alla deltagare efter hur de är registrerade”" in run_queries.run(actor=OPERATOR, pk=asked.pk).message
