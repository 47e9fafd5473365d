"""Words the demo is named with: people whose names look invented, and interventions that could exist."""

from collections.abc import Mapping
from typing import Final

GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "women": (
        "Testa", "Låtsas", "Prova", "Påhitta", "Exempla", "Fiktiva", "Modella", "Skissa", "Övna", "Demona",
        "Saga-Maria", "Mallina", "Uppdikta", "Sagolina", "Drömma", "Fabula", "Hitta-Lisa", "Fantasia", "Simula",
        "Tänkta",
    ),
    "men": (
        "Teste", "Låtsas", "Provan", "Påhitt", "Exempel", "Fiktive", "Modell", "Skisse", "Övning", "Demo", "Saga-Jon",
        "Mallan", "Uppdikte", "Sagolars", "Drömmar", "Fabel", "Hitte-Olle", "Fantast", "Simul", "Tänkte",
    ),
}  # fmt: skip
FAMILY: Final[tuple[str, ...]] = (
    "Provsson", "Exempelberg", "Testgren", "Låtsaslund", "Påhittström", "Övningskvist", "Modellsson", "Mallberg",
    "Demosson", "Skissfors", "Fiktivsten", "Utkastsson", "Platshållare", "Sagogren", "Fabelholm", "Drömlund",
    "Uppdiktsson", "Låtsasson", "Provberg", "Exempelsson", "Testberg", "Påhittsson", "Övningsberg", "Simulsson",
    "Fantasiborg", "Tänkbar", "Attrapp", "Kulissgren", "Dockström", "Pappersson",
)  # fmt: skip

INDIVIDUAL: Final[tuple[str, ...]] = (
    "Steget", "Kompassen", "Ny start", "Vägen till arbete", "Arbetsprövning", "Kraftkällan", "Grön rehabilitering",
    "Navigatorn", "Hälsosteget", "Egen väg", "Stegvis", "Supported employment", "Studieverkstan", "Växtplatsen",
    "Rätt stöd", "Ungdomsteamet", "Balans", "Lotsen", "En dörr in", "Jobbspåret", "Samlad kartläggning", "Brobygget",
    "Framsteg", "Aktiv hälsa", "Motivationslyftet", "Verkstaden", "Trampolinen", "Nästa steg", "Språngbrädan",
    "Rehabkoordinering", "Återvägen", "Drivkraft", "Mötesplatsen", "Vidare", "Fotfästet",
)  # fmt: skip
STRUCTURAL: Final[Mapping[str, tuple[str, ...]]] = {
    "dialogue_and_communication": (
        "Frukostmöten", "Samverkansdagar", "Lokal samverkansgrupp", "Nätverksträffar", "Informationskampanj",
        "Gemensam ingång", "Forum för chefer", "Processtöd",
    ),
    "training": (
        "Utbildning i motiverande samtal", "Utbildning om neuropsykiatri", "Utbildning i lösningsfokus",
        "Föreläsningsserie", "Metodutbildning", "Introduktion för nya medarbetare",
    ),
    "mapping": ("Behovsanalys", "Kartläggning av gråzoner", "Förstudie", "Uppföljning av metoder"),
    "other_structural": ("Utvärdering", "Utvecklingsmedel", "Implementeringsstöd"),
}  # fmt: skip
DESCRIPTIONS: Final[Mapping[str, str]] = {
    "rehabilitation_to_work_or_education": "Samlat stöd från flera parter på vägen till arbete eller studier.",
    "preparatory": "Förberedelse för den som ännu inte är redo för arbetslivsinriktad rehabilitering.",
    "individual_assessment": "Kartläggning av vad personen behöver och vem som kan ge det.",
    "preventive": "Tidigt stöd innan en kort frånvaro blir lång.",
    "other_individual": "Stöd som inte passar i de andra inriktningarna.",
    "dialogue_and_communication": "Möten mellan medarbetare hos parterna.",
    "training": "Utbildning för medarbetare hos parterna.",
    "mapping": "Kartläggning av behov och av hur parterna arbetar.",
    "other_structural": "Utveckling av hur parterna arbetar tillsammans.",
}
