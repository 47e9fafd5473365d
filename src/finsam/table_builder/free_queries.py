"""What may be asked of free questions: what to choose among, the exact answer, its files, and who has asked what."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.snapshots import rules as snapshot_rules
from finsam.snapshots import storage
from finsam.snapshots.models import Snapshot
from finsam.table_builder import rules
from finsam.table_builder.models import AnsweredQuestion, FreeQuestion

if TYPE_CHECKING:
    from finsam.reports.special.question import Question
    from finsam.table_builder.choices import Choices
    from finsam.table_builder.working_layout import WorkingPage
    from finsam.table_builder.working_table import WorkingTable

FILES: Final = ("csv", "xlsx")


def free_places(*, actor: Actor) -> list[tuple[str, str]]:
    """What part of the country can be asked about: all of it, or an association by number."""
    actor.require(Permission.COUNT_FREELY)
    found = Association.objects.order_by("name", "pk")
    return [("", _("Hela landet")), *((one.number, one.name) for one in found)]


def free_snapshots(*, actor: Actor) -> QuerySet[Snapshot]:
    """The snapshots that free questions can be asked of: all, newest day first."""
    actor.require(Permission.COUNT_FREELY)
    return Snapshot.objects.order_by("-as_of", "-pk")


def free_snapshot(*, actor: Actor) -> Snapshot | None:
    """The snapshot a free question is asked of when none is chosen; None before the first is taken."""
    return snapshot_rules.newest_complete(list(free_snapshots(actor=actor)))


def free_choices(*, actor: Actor, snapshot: Snapshot) -> "Choices":
    """What can be chosen in a free question to a snapshot."""
    from finsam.table_builder import choices  # loads the statistics

    actor.require(Permission.COUNT_FREELY)
    return choices.choices(snapshot.as_of, codes.labels)


def new_free_question(
    *, actor: Actor, figure: str, by: Iterable[str], where: Mapping[str, str], first: str, last: str
) -> "Question":
    """A free question as it is asked; refused at its field when it can't be."""
    from finsam.reports.special.question import Question

    actor.require(Permission.COUNT_FREELY)
    return Question.of(figure, tuple(by), where, first, last)


def free_sizes(*, actor: Actor, question: "Question", snapshot: Snapshot) -> tuple[int, int]:
    """How many cells the answer will have, and how many are protected together if it is let out."""
    from finsam.reports.special.counting import Counting
    from finsam.snapshots import engines

    actor.require(Permission.COUNT_FREELY)
    with engines.tables(storage.folder(snapshot.identifier)) as tables:
        counting = Counting(question, tables)
        rules.refuse_more_than_counted(counting.excerpt_size)
        return counting.excerpt_size, counting.size


def free_questions(*, actor: Actor) -> QuerySet[FreeQuestion]:
    """What the actor has counted freely, newest first."""
    actor.require(Permission.COUNT_FREELY)
    found = FreeQuestion.objects.filter(user_id=actor.user_id or 0)
    return found.select_related("snapshot").order_by("-asked_at", "-pk")


def free_question(*, actor: Actor, pk: int) -> FreeQuestion:
    """One question that the actor has counted freely: another's is asked again, so that there is a row of it."""
    return free_questions(actor=actor).get(pk=pk)


def all_free_questions(*, actor: Actor) -> QuerySet[FreeQuestion]:
    """Everything that has been counted freely by anybody, for the system administrator; no figure is in it."""
    actor.require(Permission.SEE_EVENTS)
    return FreeQuestion.objects.select_related("snapshot").order_by("-asked_at", "-pk")


def free_asked(*, actor: Actor, row: FreeQuestion) -> "Question":
    """The question of a row."""
    from finsam.reports.special.question import Question

    actor.require(Permission.COUNT_FREELY)
    return Question.parsed(row.question)


def free_table(*, actor: Actor, row: FreeQuestion) -> "WorkingTable":
    """The exact answer, counted now: it is never stored; refused when the snapshot is not whole."""
    from finsam.snapshots import engines
    from finsam.table_builder import working_table

    question = free_asked(actor=actor, row=row)
    if row.user_id != actor.user_id:
        raise FreeQuestion.DoesNotExist
    one = row.snapshot
    storage.refuse_damaged(one.identifier, one.digest)
    hidden = None if row.hidden is None else frozenset((tuple(key), figure) for key, figure in row.hidden)
    with engines.tables(storage.folder(one.identifier)) as tables:
        return working_table.counted(question, tables, snapshot=one.identifier, as_of=one.as_of, hidden=hidden)


def free_page(*, actor: Actor, row: FreeQuestion) -> "WorkingPage":
    """The exact answer laid out for its page."""
    from finsam.table_builder import working_layout

    return working_layout.laid_out(free_table(actor=actor, row=row))


def free_file(*, actor: Actor, row: FreeQuestion, kind: str) -> bytes:
    """The exact answer as CSV or Excel."""
    from finsam.table_builder import working_files

    if kind not in FILES:
        raise FreeQuestion.DoesNotExist
    table = free_table(actor=actor, row=row)
    return working_files.csv_bytes(table) if kind == "csv" else working_files.xlsx_bytes(table)


def former_answers(*, actor: Actor) -> int:
    """How many answers users have had before tables were made for everybody; what they tell is out."""
    actor.require(Permission.OPERATE)
    return AnsweredQuestion.objects.count()


def refuse_not_to_be_let_out(*, actor: Actor, row: FreeQuestion) -> None:
    """Refuse to make an edition of an answer that can't be let out, with why."""
    actor.require(Permission.COUNT_FREELY)
    if row.refusal:
        raise ValidationError(row.refusal)
