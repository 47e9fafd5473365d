"""The tables of the national annual report, each said once: what it is, what it counts, what it tells of others."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from finsam.reports.national_annual import growth
from finsam.reports.national_annual import need_counts as needs
from finsam.reports.table import Codes, Collection, Counted, Stays, Table, Tells, Unread
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.participation import GROUPED, HEADS, SUPPORT_GROUP, SUPPORT_GROUPS
from finsam.values.keys import written

SUPPORTED: Final = ("participations", "supports", "persons", "interventions")
REGISTERED: Final = {  # how somebody is registered, and which count that is
    "identified": Counted("persons_ongoing", "persons"),
    "anonymous": Counted("participants", "anonymous"),
    "volume": Counted("participants", "volume"),
    "participants": Counted("participants", "participants"),
    "structural_heads": Counted("structural_heads", HEADS),
}


def _of_support(codes: Codes, count: str) -> Counted:
    supports = SUPPORT_GROUPS[written(codes["support"])]
    part = ("support", supports[0]) if len(supports) == 1 else (SUPPORT_GROUP, GROUPED[supports[0]])
    return Counted(f"persons_{written(codes['flow'])}", count, (part,))


def _of_flow(codes: Codes, count: str) -> Counted:
    return Counted(f"persons_{written(codes['flow'])}", count)


def registered(codes: Codes, _count: str) -> Counted | None:
    """Say what a way to be registered is a count of."""
    return REGISTERED.get(written(codes["figure"]))


def with_support(codes: Codes) -> Stays:
    """Give those with any support of a group."""
    return Stays(supports=frozenset(SUPPORT_GROUPS[written(codes["support"])]))


def identified(codes: Codes) -> Stays | None:
    """Give everyone who is registered with personal data; of the others there is nobody to show."""
    return Stays() if codes["figure"] == "identified" else None


def _grown(_codes: Codes, column: str) -> Counted | None:
    return REGISTERED["identified"] if column == "persons" else None


def _everybody(_codes: Codes) -> Stays:
    """Give everyone who is registered with personal data."""
    return Stays()


def _needing(codes: Codes) -> Stays:
    group = codes["need_group"]
    return Stays(need_group="" if group is UNKNOWN else written(group))


TOTALS: Final = Table(
    "totals",
    _("Alla deltagare efter hur de är registrerade"),
    ("year", "figure", "sex"),
    ("persons",),
    _("Alla deltagare, efter hur de är registrerade. Personer räknas en gång, anonyma som de är rapporterade."),
    ("participations", "persons", "head_counts", "interventions"),
    Tells(("figure",), registered),
    identified,
)
TABLES: Final = Collection(
    (
        Table(
            "participants",
            _("Pågående och nya deltagare efter försörjning och kön"),
            ("year", "flow", "support", "sex"),
            ("persons",),
            _(
                "Personer i individinriktade insatser som är registrerade med personuppgifter och hade försörjningen "
                "när insatsen började. Var och en räknas en gång i varje cell."
            ),
            SUPPORTED,
            Tells(("flow", "support"), _of_support),
            with_support,
        ),
        Table(
            "shares",
            _("Andel kvinnor och män bland pågående och nya deltagare"),
            ("year", "flow", "support", "sex"),
            ("percent", "base"),
            _("Kvinnor och män i procent av alla i samma rad. Basen är antalet som andelen är av."),
            SUPPORTED,
            Unread("made of cells of `participants`, which tell it"),
            with_support,
            made_of=("participants",),
        ),
        TOTALS,
        Table(
            needs.TABLE,
            _("Pågående och nya deltagare efter behovsgrupp och kön"),
            ("year", "flow", "need_group", "sex"),
            ("persons",),
            _(
                "Personer i individinriktade insatser med personuppgifter, efter behovsgruppen som är registrerad för "
                "deltagandet. Var och en räknas en gång i varje grupp."
            ),
            ("participations", "needs", "persons", "interventions"),
            Tells(("flow",), _of_flow),
            _needing,
        ),
        Table(
            "interventions",
            _("Insatser efter behovsgrupp, insatstyp och inriktning"),
            ("year", "need_group", "kind", "direction"),
            ("interventions", "associations"),
            _("Insatser vars tid går in i året, och deras förbund. En insats kan ha flera behovsgrupper."),
            ("interventions", "target_groups", "associations"),
            Unread("about no persons"),
            of_things=True,
        ),
        Table(
            "recipients",
            _("Deltagare som andel av alla som har förmånen"),
            ("year", "support"),
            ("persons", "recipients", "percent"),
            _("Pågående deltagare med försörjningen i procent av alla som hade den, enligt rapportens källa."),
            SUPPORTED,
            Unread("its persons are cells of `participants`, which tell them"),
            with_support,
            made_of=("participants",),
        ),
        Table(
            growth.TABLE,
            _("Tidigare år, som de trycktes och nu"),
            ("year",),
            growth.FIGURES,
            _("Alla som är registrerade med personuppgifter, när året trycktes och i utgåvans ögonblicksbild."),
            ("participations", "persons", "interventions"),
            Tells((), _grown),
            _everybody,
            made_of=("totals",),
        ),
    ),
    columns={
        "year": _("År"),
        "flow": _("Flöde"),
        "support": _("Försörjning"),
        "sex": _("Kön"),
        "figure": _("Registrering"),
        "need_group": _("Behovsgrupp"),
        "kind": _("Insatstyp"),
        "direction": pgettext_lazy("direction", "Inriktning"),
        "persons": _("Personer"),
        "percent": _("Procent"),
        "base": _("Bas"),
        "interventions": _("Insatser"),
        "associations": _("Förbund"),
        "recipients": _("Alla med förmånen"),
        "printed": _("Som det trycktes"),
        "more": _("Skillnad"),
    },
    unseen={
        "earlier": _("Pågående deltagare som började tidigare"),
        "without": _("Deltagare utan försörjningen"),
        needs.EARLIER: _("Pågående deltagare i behovsgruppen som började tidigare"),
        needs.WITHOUT: _("Deltagare utanför behovsgruppen"),
        needs.BEGAN_WITHOUT: _("Nya deltagare utanför behovsgruppen"),
        needs.BEGAN: _("Nya deltagare"),
        needs.BEGAN_UNSUPPORTED: _("Nya deltagare utan försörjningen"),
    },
)
