"""Chapters of ICD-10-SE, and the chapter a diagnosis belongs to.

The bounds are those of the classification; the Swedish titles are Socialstyrelsen's, and those that stand in the
national report of 2020 too are marked verified. They are no list that an administrator keeps: the
classification numbers them, and the number is what a linkage stores.
"""

import re
from dataclasses import dataclass
from typing import Final

from finsam.values.sentences import SentenceError, gettext_noop

NOT_STATED: Final = 0
# A three-character category, then up to three more characters with or without a dot, and the dagger or asterisk.
SHAPE: Final = re.compile(r"([A-Z][0-9]{2})\.?[0-9A-Z]{0,3}[+*]?")
NO_DIAGNOSIS: Final = gettext_noop("”%(code)s” är ingen diagnoskod i ICD-10-SE.")


class DiagnosisError(SentenceError):
    """Something that is not a diagnosis of the classification."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number, its first and last category, and its titles."""

    number: int
    first: str
    last: str
    label: str
    label_en: str
    verified: bool = False

    @property
    def code(self) -> str:
        """The chapter as reports write it."""
        return f"{self.first}-{self.last}"


CHAPTERS: Final = (
    Chapter(1, "A00", "B99", "Vissa infektionssjukdomar och parasitsjukdomar", "Infectious and parasitic diseases"),
    Chapter(2, "C00", "D48", "Tumörer", "Neoplasms"),
    Chapter(
        3,
        "D50",
        "D89",
        "Sjukdomar i blod och blodbildande organ samt vissa rubbningar i immunsystemet",
        "Diseases of the blood and certain immune disorders",
    ),
    Chapter(
        4,
        "E00",
        "E90",
        "Endokrina sjukdomar, nutritionsrubbningar och ämnesomsättningssjukdomar",
        "Endocrine, nutritional and metabolic diseases",
    ),
    Chapter(
        5,
        "F00",
        "F99",
        "Psykiska sjukdomar och syndrom samt beteendestörningar",
        "Mental and behavioural disorders",
        verified=True,
    ),
    Chapter(6, "G00", "G99", "Sjukdomar i nervsystemet", "Diseases of the nervous system", verified=True),
    Chapter(7, "H00", "H59", "Sjukdomar i ögat och närliggande organ", "Diseases of the eye"),
    Chapter(8, "H60", "H95", "Sjukdomar i örat och mastoidutskottet", "Diseases of the ear"),
    Chapter(9, "I00", "I99", "Cirkulationsorganens sjukdomar", "Diseases of the circulatory system", verified=True),
    Chapter(10, "J00", "J99", "Andningsorganens sjukdomar", "Diseases of the respiratory system"),
    Chapter(11, "K00", "K93", "Matsmältningsorganens sjukdomar", "Diseases of the digestive system"),
    Chapter(12, "L00", "L99", "Hudens och underhudens sjukdomar", "Diseases of the skin"),
    Chapter(
        13,
        "M00",
        "M99",
        "Sjukdomar i muskuloskeletala systemet och bindväven",
        "Diseases of the musculoskeletal system and connective tissue",
        verified=True,
    ),
    Chapter(14, "N00", "N99", "Sjukdomar i urin- och könsorganen", "Diseases of the genitourinary system"),
    Chapter(15, "O00", "O99", "Graviditet, förlossning och barnsängstid", "Pregnancy, childbirth and the puerperium"),
    Chapter(16, "P00", "P96", "Vissa perinatala tillstånd", "Conditions originating in the perinatal period"),
    Chapter(
        17,
        "Q00",
        "Q99",
        "Medfödda missbildningar, deformiteter och kromosomavvikelser",
        "Congenital malformations and chromosomal abnormalities",
        verified=True,
    ),
    Chapter(
        18,
        "R00",
        "R99",
        "Symtom, sjukdomstecken och onormala kliniska fynd och laboratoriefynd som ej klassificeras annorstädes",
        "Symptoms, signs and abnormal findings, not elsewhere classified",
        verified=True,
    ),
    Chapter(
        19,
        "S00",
        "T98",
        "Skador, förgiftningar och vissa andra följder av yttre orsaker",
        "Injury, poisoning and certain other consequences of external causes",
        verified=True,
    ),
    Chapter(20, "V01", "Y98", "Yttre orsaker till sjukdom och död", "External causes of morbidity and mortality"),
    Chapter(
        21,
        "Z00",
        "Z99",
        "Faktorer av betydelse för hälsotillståndet och för kontakter med hälso- och sjukvården",
        "Factors influencing health status and contact with health services",
    ),
    Chapter(22, "U00", "U99", "Koder för särskilda ändamål", "Codes for special purposes"),
)


def chapter_of(diagnosis: str) -> int:
    """Give the number of the chapter of a diagnosis, 0 where none is written; DiagnosisError for what is no code."""
    code = diagnosis.strip().upper()
    if not code:
        return NOT_STATED
    shaped = SHAPE.fullmatch(code)
    found = [one.number for one in CHAPTERS if shaped and one.first <= shaped[1] <= one.last]
    if not found:
        raise DiagnosisError("no_diagnosis", NO_DIAGNOSIS, {"code": diagnosis.strip()})
    return found[0]
