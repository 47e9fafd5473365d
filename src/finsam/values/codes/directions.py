"""Directions of interventions (SUS: preciserad inriktning), each within one kind, explained in our own words."""

from collections.abc import Mapping
from types import MappingProxyType

from finsam.values.codes.kinds import ANNEX, INDIVIDUAL, STRUCTURAL
from finsam.values.codes.rows import CodeList, CodeRow, verified
from finsam.values.sentences import gettext_noop


def _individual(code: str, label: str, label_en: str) -> CodeRow:
    return verified(code, label, label_en, ANNEX, parent=INDIVIDUAL)


def _structural(code: str, label: str, label_en: str) -> CodeRow:
    return verified(code, label, label_en, ANNEX, parent=STRUCTURAL)


DIRECTIONS = CodeList(
    "direction",
    gettext_noop("Preciserad inriktning"),
    (
        _individual(
            "rehabilitation_to_work_or_education",
            "Rehabilitering till arbete/utbildning",
            "Rehabilitation to work or education",
        ),
        _individual("preparatory", "Förberedande insatser", "Preparatory interventions"),
        _individual("individual_assessment", "Kartläggning av individer", "Assessment of individuals"),
        _individual("preventive", "Förebyggande insats", "Preventive intervention"),
        _individual("other_individual", "Annan inriktning", "Other direction"),
        _structural("dialogue_and_communication", "Dialog och kommunikation", "Dialogue and communication"),
        _structural("training", "Utbildning", "Training"),
        _structural("mapping", "Kartläggning", "Mapping"),
        _structural("other_structural", "Annan inriktning", "Other direction"),
    ),
)

EXPLANATIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "rehabilitation_to_work_or_education": {
            "sv": "Målet är att deltagaren ska komma i arbete eller studier, eller kunna stanna kvar där. Deltagaren "
            "kan få en egen coach, träffa andra i grupp, prova på eller träna ett arbete, eller få stöd direkt på en "
            "arbetsplats.",
            "en": "The aim is that the participant starts work or studies, or can stay there. Participants may have a "
            "coach of their own, meet others in a group, try or train for a job, or be supported at a workplace.",
        },
        "preparatory": {
            "sv": "Målet är att deltagaren ska bli redo för nästa steg på vägen mot arbete. Det kan handla om fasta "
            "rutiner, rörelse och hälsa, att träffa andra, och om en första försiktig arbetsträning.",
            "en": "The aim is that the participant becomes ready for the next step towards work. It may be about "
            "regular habits, exercise and health, meeting others, and a first careful work training.",
        },
        "individual_assessment": {
            "sv": "Målet är att ta reda på vilket stöd just den här personen behöver och vad som går att bygga på. "
            "Ofta slutar arbetet i en skriftlig plan som deltagaren och parterna är överens om.",
            "en": "The aim is to find out which support this person needs and what there is to build on. The work "
            "often ends in a written plan on which the participant and the parties agree.",
        },
        "preventive": {
            "sv": "Målet är att hjälpa i tid, innan någon blir sjuk, arbetslös eller står utanför. Det kan vara stöd "
            "redan på vårdcentralen, eller en öppen mötesplats för den som är ensam eller har haft ett missbruk.",
            "en": "The aim is to help in time, before someone falls ill, loses work or is left outside. It may be "
            "support already at the health centre, or an open meeting place for those who are alone or have had an "
            "addiction.",
        },
        "other_individual": {
            "sv": "Stöd till enskilda personer som inte hör hemma under någon av de andra inriktningarna, till exempel "
            "kontakt som fortsätter efter att en tidigare insats är slut.",
            "en": "Support to individuals that belongs under none of the other directions, such as contact that goes "
            "on after an earlier intervention has ended.",
        },
        "dialogue_and_communication": {
            "sv": "Parterna lär känna varandras uppdrag och gör det lättare att arbeta tillsammans: de möts, sprider "
            "kunskap och förenklar vägarna mellan myndigheterna.",
            "en": "The parties learn about each other's tasks and make it easier to work together: they meet, spread "
            "knowledge and simplify the ways between the authorities.",
        },
        "training": {
            "sv": "Medarbetare hos parterna lär sig mer om ett ämne, till exempel en diagnos eller ett sätt att bemöta "
            "människor. Gemensamma konferenser hör också hit.",
            "en": "Staff of the parties learn more about a subject, such as a diagnosis or a way of meeting people. "
            "Joint conferences belong here too.",
        },
        "mapping": {
            "sv": "Parterna undersöker vilka behov en grupp i området har, eller vad medarbetarna själva behöver lära "
            "sig. Resultatet beskriver grupper, inte enskilda personer.",
            "en": "The parties study which needs a group in the area has, or what the staff themselves need to learn. "
            "The result describes groups, not individuals.",
        },
        "other_structural": {
            "sv": "Arbete för bättre samverkan som inte hör hemma under någon av de andra inriktningarna, till exempel "
            "en förstudie, en utvärdering eller förstärkning av ett projekt som redan pågår.",
            "en": "Work for better cooperation that belongs under none of the other directions, such as a preliminary "
            "study, an evaluation or reinforcement of a running project.",
        },
    }
)


def explained(code: str, own: Mapping[str, str], language: str) -> str:
    """Explain a code in a language: in words of its own, which may stand in Swedish only, or as it was shipped."""
    words = own if own.get("sv") else EXPLANATIONS.get(code, {})
    return words.get(language) or words.get("sv", "")
