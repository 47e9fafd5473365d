"""The columns of numbers that figures have, each with its own sentence: of nobody, of one, of several.

`%(n)s` is the number and `%(period)s` its year or quarter. The sentences stand by themselves, below a title with the
period: any of them may be the only one whose number is shown.
"""

from collections.abc import Mapping
from typing import Final

from finsam.values.sentences import Counted, gettext_noop, ngettext_noop

Columns = Mapping[str, Counted]  # the name of a count -> its sentence

PERSONS: Final[Mapping[str, Columns]] = {
    "ongoing": {
        "persons": Counted(
            gettext_noop("Ingen deltog i en individinriktad insats under %(period)s."),
            *ngettext_noop(
                "%(n)s person deltog i en individinriktad insats under %(period)s.",
                "%(n)s personer deltog i en individinriktad insats under %(period)s.",
            ),
        )
    },
    "new": {
        "persons": Counted(
            gettext_noop("Ingen började i en individinriktad insats under %(period)s."),
            *ngettext_noop(
                "%(n)s person började i en individinriktad insats under %(period)s.",
                "%(n)s personer började i en individinriktad insats under %(period)s.",
            ),
        )
    },
    "ended": {
        "persons": Counted(
            gettext_noop("Ingen avslutade ett deltagande under %(period)s."),
            *ngettext_noop(
                "%(n)s person avslutade minst ett deltagande under %(period)s.",
                "%(n)s personer avslutade minst ett deltagande under %(period)s.",
            ),
        )
    },
}
PARTICIPATIONS: Final[Mapping[str, Columns]] = {
    "ongoing": {
        "participations": Counted(
            gettext_noop("Inget deltagande pågick under %(period)s."),
            *ngettext_noop("%(n)s deltagande pågick under %(period)s.", "%(n)s deltaganden pågick under %(period)s."),
        )
    },
    "new": {
        "participations": Counted(
            gettext_noop("Inget deltagande började under %(period)s."),
            *ngettext_noop("%(n)s deltagande började under %(period)s.", "%(n)s deltaganden började under %(period)s."),
        )
    },
    "ended": {
        "participations": Counted(
            gettext_noop("Inget deltagande avslutades under %(period)s."),
            *ngettext_noop(
                "%(n)s deltagande avslutades under %(period)s.", "%(n)s deltaganden avslutades under %(period)s."
            ),
        )
    },
}
COMPARED: Final[Mapping[str, Columns]] = {
    "persons": {
        "before": Counted(
            gettext_noop("Räknat på det som gällde före avslutade ingen under %(period)s."),
            *ngettext_noop(
                "Räknat på det som gällde före avslutade %(n)s person under %(period)s.",
                "Räknat på det som gällde före avslutade %(n)s personer under %(period)s.",
            ),
        ),
        "after": Counted(
            gettext_noop("Räknat på det som gällde efter avslutade ingen under %(period)s."),
            *ngettext_noop(
                "Räknat på det som gällde efter avslutade %(n)s person under %(period)s.",
                "Räknat på det som gällde efter avslutade %(n)s personer under %(period)s.",
            ),
        ),
    },
    "participations": {
        "before": Counted(
            gettext_noop("Räknat på det som gällde före avslutades inget deltagande under %(period)s."),
            *ngettext_noop(
                "Räknat på det som gällde före avslutades %(n)s deltagande under %(period)s.",
                "Räknat på det som gällde före avslutades %(n)s deltaganden under %(period)s.",
            ),
        ),
        "after": Counted(
            gettext_noop("Räknat på det som gällde efter avslutades inget deltagande under %(period)s."),
            *ngettext_noop(
                "Räknat på det som gällde efter avslutades %(n)s deltagande under %(period)s.",
                "Räknat på det som gällde efter avslutades %(n)s deltaganden under %(period)s.",
            ),
        ),
    },
}
GAINS: Final[Mapping[str, Columns]] = {
    "persons": {
        "ended": PERSONS["ended"]["persons"],
        "active": Counted(
            gettext_noop("Ingen som avslutade arbetar eller studerar efter."),
            *ngettext_noop(
                "%(n)s person som avslutade arbetar eller studerar efter.",
                "%(n)s personer som avslutade arbetar eller studerar efter.",
            ),
        ),
        "began": Counted(
            gettext_noop("Ingen började arbeta eller studera."),
            *ngettext_noop(
                "%(n)s person började arbeta eller studera.", "%(n)s personer började arbeta eller studera."
            ),
        ),
        "increased": Counted(
            gettext_noop("Ingen arbetar eller studerar mer än före."),
            *ngettext_noop(
                "%(n)s person arbetar eller studerar mer än före.", "%(n)s personer arbetar eller studerar mer än före."
            ),
        ),
        "gained": Counted(
            gettext_noop("Ingen började eller ökade."),
            *ngettext_noop("%(n)s person började eller ökade.", "%(n)s personer började eller ökade."),
        ),
    },
    "participations": {
        "ended": PARTICIPATIONS["ended"]["participations"],
        "active": Counted(
            gettext_noop("Inget avslutat deltagande ledde till arbete eller studier efter."),
            *ngettext_noop(
                "%(n)s avslutat deltagande ledde till arbete eller studier efter.",
                "%(n)s avslutade deltaganden ledde till arbete eller studier efter.",
            ),
        ),
        "began": Counted(
            gettext_noop("I inget deltagande började personen arbeta eller studera."),
            *ngettext_noop(
                "I %(n)s deltagande började personen arbeta eller studera.",
                "I %(n)s deltaganden började personen arbeta eller studera.",
            ),
        ),
        "increased": Counted(
            gettext_noop("I inget deltagande arbetar eller studerar personen mer än före."),
            *ngettext_noop(
                "I %(n)s deltagande arbetar eller studerar personen mer än före.",
                "I %(n)s deltaganden arbetar eller studerar personen mer än före.",
            ),
        ),
        "gained": Counted(
            gettext_noop("I inget deltagande började eller ökade personen."),
            *ngettext_noop(
                "I %(n)s deltagande började eller ökade personen.", "I %(n)s deltaganden började eller ökade personen."
            ),
        ),
    },
}
DAYS: Final[Columns] = {
    "ended": Counted(
        gettext_noop("Inget deltagande som började under %(period)s är avslutat."),
        *ngettext_noop(
            "%(n)s deltagande som började under %(period)s är avslutat.",
            "%(n)s deltaganden som började under %(period)s är avslutade.",
        ),
    ),
    "still_in": Counted(
        gettext_noop("Inget deltagande som började under %(period)s pågår än."),
        *ngettext_noop(
            "%(n)s deltagande som började under %(period)s pågår än.",
            "%(n)s deltaganden som började under %(period)s pågår än.",
        ),
    ),
}
_VOLUME: Final = Counted(
    gettext_noop("Ingen räknades i volyminsatser under %(period)s."),
    *ngettext_noop(
        "%(n)s deltagare räknades i volyminsatser under %(period)s.",
        "%(n)s deltagare räknades i volyminsatser under %(period)s.",
    ),
)
HEADS: Final[Columns] = {
    "anonymous": Counted(
        gettext_noop("Ingen anonym deltagare räknades under %(period)s."),
        *ngettext_noop(
            "%(n)s anonym deltagare räknades under %(period)s.", "%(n)s anonyma deltagare räknades under %(period)s."
        ),
    ),
    "volume": _VOLUME,
}
STRUCTURAL: Final[Columns] = {
    "anonymous": Counted(
        gettext_noop("Ingen anonym deltagare räknades i strukturövergripande insatser under %(period)s."),
        *ngettext_noop(
            "%(n)s anonym deltagare räknades i strukturövergripande insatser under %(period)s.",
            "%(n)s anonyma deltagare räknades i strukturövergripande insatser under %(period)s.",
        ),
    ),
    "volume": Counted(
        gettext_noop("Ingen räknades i strukturövergripande volyminsatser under %(period)s."),
        *ngettext_noop(
            "%(n)s deltagare räknades i strukturövergripande volyminsatser under %(period)s.",
            "%(n)s deltagare räknades i strukturövergripande volyminsatser under %(period)s.",
        ),
    ),
}
PARTICIPANTS: Final[Columns] = {
    "identified": Counted(
        gettext_noop("Ingen deltagare under %(period)s går att följa."),
        *ngettext_noop(
            "%(n)s deltagare under %(period)s går att följa.", "%(n)s deltagare under %(period)s går att följa."
        ),
    ),
    **HEADS,
    "participants": Counted(
        gettext_noop("Sammanlagt räknades ingen deltagare under %(period)s."),
        *ngettext_noop(
            "Sammanlagt räknades %(n)s deltagare under %(period)s.",
            "Sammanlagt räknades %(n)s deltagare under %(period)s.",
        ),
    ),
}
PLANNED: Final[Columns] = {
    "planned": Counted(
        gettext_noop("Ingen deltagare var planerad för %(period)s."),
        *ngettext_noop("%(n)s deltagare var planerad för %(period)s.", "%(n)s deltagare var planerade för %(period)s."),
    ),
    **PARTICIPANTS,
}
INTERVENTIONS: Final[Columns] = {
    "interventions": Counted(
        gettext_noop("Ingen insats pågick under %(period)s."),
        *ngettext_noop("%(n)s insats pågick under %(period)s.", "%(n)s insatser pågick under %(period)s."),
    )
}
ASSOCIATIONS: Final[Columns] = {
    "associations": Counted(
        gettext_noop("Inget samordningsförbund hade en pågående insats under %(period)s."),
        *ngettext_noop(
            "%(n)s samordningsförbund hade minst en pågående insats under %(period)s.",
            "%(n)s samordningsförbund hade minst en pågående insats under %(period)s.",
        ),
    )
}

HEADINGS: Final[Mapping[str, str]] = {  # what each column is called, in whichever figure it stands
    "persons": gettext_noop("Personer"),
    "participations": gettext_noop("Deltaganden"),
    "before": gettext_noop("Före"),
    "after": gettext_noop("Efter"),
    "ended": gettext_noop("Har avslutat"),
    "active": gettext_noop("I arbete eller studier efter"),
    "began": gettext_noop("Började arbeta eller studera"),
    "increased": gettext_noop("Ökade omfattningen"),
    "gained": gettext_noop("Började eller ökade"),
    "anonymous": gettext_noop("Anonyma deltagare"),
    "volume": gettext_noop("I volyminsatser"),
    "identified": gettext_noop("Går att följa"),
    "participants": gettext_noop("Deltagare totalt"),
    "planned": gettext_noop("Planerade"),
    "interventions": gettext_noop("Insatser"),
    "associations": gettext_noop("Förbund"),
}
