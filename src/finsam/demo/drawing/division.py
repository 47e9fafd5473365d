"""Which municipalities form an association: ten as a source gives them, the rest an invented division.

One line an association: mark, name without "Samordningsförbundet", first day, municipalities; `=` are as a source gives
them (Stockholm at the end of 2020; Södermanland at its start in 2005; Östra Östergötland), `?` are invented.
First days are invented too, but for RAR i Sörmland.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

VERIFIED: Final = "="
SOURCES: Final[Mapping[str, str]] = {
    "RAR i Sörmland": "Kommunerna vid starten 2005 enligt avsiktsförklaringen för förbundet.",
    "Östra Östergötland": "Kommunerna enligt förbundets egna handlingar; Finspång är avsett från 2017.",
}
STOCKHOLM_SOURCE: Final = "Kommunerna i slutet av 2020 enligt Region Stockholm. Startdagen är påhittad."
INVENTED: Final = (
    "Påhittad indelning. Demonstrationens förbund liknar verkliga, men ingen källa bekräftar vilka kommuner som ingår."
)
JOINS: Final[Mapping[str, date]] = {"Finspång": date(2017, 1, 1)}  # those a source gives a day for
NEWEST: Final = "Säffle och Åmål"  # the only one after the petition of 2009, and the only one across a county border

TABLE: Final = """
= Södertälje | 2005-01-01 | Södertälje
= VärNa | 2007-01-01 | Värmdö, Nacka
= Huddinge, Botkyrka och Salem | 2007-01-01 | Huddinge, Botkyrka, Salem
= Östra Södertörn | 2006-07-01 | Haninge, Nynäshamn, Tyresö
= Roslagen | 2008-01-01 | Täby, Österåker, Vaxholm, Vallentuna, Danderyd, Norrtälje
= Stockholms stad | 2008-07-01 | Stockholm
= Sollentuna, Upplands Väsby och Sigtuna | 2008-01-01 | Sollentuna, Upplands Väsby, Sigtuna
= Sundbybergs stad | 2009-01-01 | Sundbyberg
= RAR i Sörmland | 2005-05-01 | Katrineholm, Nyköping, Flen, Strängnäs, Trosa, Eskilstuna, Oxelösund
= Östra Östergötland | 2006-01-01 | Norrköping, Söderköping, Valdemarsvik, Finspång
? Uppsala län | 2008-01-01 | Uppsala, Enköping, Heby, Håbo, Knivsta, Tierp, Älvkarleby, Östhammar
? Centrala Östergötland | 2005-01-01 | Linköping, Kinda, Åtvidaberg
? Västra Östergötland | 2006-01-01 | Motala, Boxholm, Mjölby, Vadstena, Ödeshög
? Höglandet | 2006-01-01 | Nässjö, Aneby, Eksjö, Sävsjö, Tranås, Vetlanda
? Södra Vätterbygden | 2006-07-01 | Jönköping, Habo, Mullsjö, Vaggeryd
? Finnveden | 2007-01-01 | Värnamo, Gislaved, Gnosjö
? Mellersta Kronoberg | 2007-01-01 | Växjö, Alvesta, Lessebo, Tingsryd, Uppvidinge
? Sydvästra Kronoberg | 2008-01-01 | Ljungby, Markaryd, Älmhult
? Södra Kalmar län | 2006-01-01 | Kalmar, Borgholm, Emmaboda, Mörbylånga, Nybro, Torsås
? Norra Kalmar län | 2007-07-01 | Västervik, Hultsfred, Vimmerby
? Oskarshamnsbygden | 2008-01-01 | Oskarshamn, Högsby, Mönsterås
? Gotland | 2006-01-01 | Gotland
? Blekinge | 2006-01-01 | Karlskrona, Karlshamn, Olofström, Ronneby, Sölvesborg
? Malmö | 2005-07-01 | Malmö
? Lundabygden | 2008-01-01 | Lund, Burlöv, Kävlinge, Lomma, Staffanstorp
? Mitt Skåne | 2006-01-01 | Eslöv, Hörby, Höör
? Helsingborg | 2007-01-01 | Helsingborg
? Landskrona och Svalöv | 2008-07-01 | Landskrona, Svalöv
? Nordvästra Skåne | 2008-01-01 | Ängelholm, Bjuv, Båstad, Klippan, Perstorp, Åstorp, Örkelljunga
? Kristianstad och Bromölla | 2007-01-01 | Kristianstad, Bromölla
? Nordöstra Skåne | 2008-01-01 | Hässleholm, Osby, Östra Göinge
? Österlen | 2007-07-01 | Ystad, Simrishamn, Sjöbo, Tomelilla
? Söderslätt | 2008-01-01 | Trelleborg, Skurup, Svedala, Vellinge
? Halland | 2006-01-01 | Halmstad, Falkenberg, Hylte, Kungsbacka, Laholm, Varberg
? Göteborg | 2006-01-01 | Göteborg
? Mölndal, Partille och Härryda | 2007-01-01 | Mölndal, Partille, Härryda
? Göta älv | 2008-01-01 | Kungälv, Ale, Lilla Edet
? Södra Bohuslän | 2008-07-01 | Stenungsund, Orust, Tjörn
? Norra Bohuslän | 2008-01-01 | Strömstad, Lysekil, Munkedal, Sotenäs, Tanum
? Uddevalla | 2006-01-01 | Uddevalla
? Trollhättan | 2005-01-01 | Trollhättan
? Vänersborg och Mellerud | 2007-01-01 | Vänersborg, Mellerud
? Dalsland | 2008-01-01 | Bengtsfors, Dals-Ed, Färgelanda
? Alingsåsbygden | 2007-01-01 | Alingsås, Herrljunga, Lerum, Vårgårda
? Sjuhärad | 2006-01-01 | Borås, Bollebygd, Mark, Svenljunga, Tranemo, Ulricehamn
? Lidköpingsbygden | 2008-01-01 | Lidköping, Essunga, Grästorp, Götene, Skara, Vara
? Östra Skaraborg | 2006-01-01 | Skövde, Hjo, Karlsborg, Tibro
? Norra Skaraborg | 2007-01-01 | Mariestad, Gullspång, Töreboda
? Falköping och Tidaholm | 2008-01-01 | Falköping, Tidaholm
? Säffle och Åmål | 2011-01-01 | Säffle, Åmål
? Karlstad och Hammarö | 2006-01-01 | Karlstad, Hammarö
? Kristinehamn och Storfors | 2007-07-01 | Kristinehamn, Storfors
? Arvika och Eda | 2008-01-01 | Arvika, Eda
? Norra Värmland | 2008-07-01 | Torsby, Hagfors, Munkfors, Sunne
? Forshaga, Grums och Kil | 2009-01-01 | Kil, Forshaga, Grums
? Örebro | 2006-01-01 | Örebro
? Karlskoga och Degerfors | 2006-07-01 | Karlskoga, Degerfors
? Norra Örebro län | 2007-01-01 | Lindesberg, Hällefors, Ljusnarsberg, Nora
? Sydnärke | 2008-01-01 | Hallsberg, Askersund, Kumla, Laxå, Lekeberg
? Västra Mälardalen | 2005-01-01 | Köping, Arboga, Kungsör
? Centrala Västmanland | 2007-01-01 | Västerås, Hallstahammar, Surahammar
? Norra Västmanland | 2008-01-01 | Fagersta, Norberg, Sala, Skinnskatteberg
? Avesta och Hedemora | 2007-01-01 | Avesta, Hedemora
? Falun | 2006-01-01 | Falun
? Borlänge och Säter | 2007-01-01 | Borlänge, Säter
? Siljan och norra Dalarna | 2008-01-01 | Mora, Gagnef, Leksand, Orsa, Rättvik, Älvdalen
? Västerbergslagen | 2007-07-01 | Ludvika, Smedjebacken
? Västerdalarna | 2009-01-01 | Malung-Sälen, Vansbro
? Sundsvall, Timrå och Ånge | 2006-01-01 | Sundsvall, Timrå, Ånge
? Ådalen | 2007-01-01 | Kramfors, Härnösand, Sollefteå
? Örnsköldsvik | 2008-01-01 | Örnsköldsvik
? Mellersta Jämtland | 2006-07-01 | Östersund, Krokom, Åre
? Södra Jämtland | 2008-01-01 | Härjedalen, Berg
? Östra Jämtland | 2008-07-01 | Strömsund, Bräcke, Ragunda
? Umeå | 2006-01-01 | Umeå
? Umeå inland | 2008-01-01 | Vännäs, Bjurholm, Vindeln
? Skellefteå och Norsjö | 2007-01-01 | Skellefteå, Norsjö
? Lycksele och Storuman | 2008-07-01 | Lycksele, Storuman
? Södra Lappland | 2008-07-01 | Vilhelmina, Dorotea, Åsele
? Luleå och Boden | 2006-07-01 | Luleå, Boden
? Piteå och Älvsbyn | 2007-01-01 | Piteå, Älvsbyn
? Östra Norrbotten | 2008-01-01 | Kalix, Haparanda, Överkalix, Övertorneå
? Malmfälten | 2009-01-01 | Kiruna, Gällivare, Jokkmokk
"""

# How many times a small municipality the large ones count for; rough, and used to share out the invented only.
LARGE: Final[Mapping[str, float]] = {
    "Stockholm": 26, "Göteborg": 20, "Malmö": 13, "Uppsala": 9, "Linköping": 7, "Västerås": 7, "Örebro": 7,
    "Helsingborg": 7, "Norrköping": 7, "Jönköping": 7, "Umeå": 6, "Lund": 5, "Borås": 5, "Huddinge": 4, "Eskilstuna": 5,
    "Halmstad": 5, "Södertälje": 5, "Sundsvall": 5, "Karlstad": 4, "Växjö": 4, "Botkyrka": 4,
    "Kristianstad": 4, "Luleå": 4, "Skellefteå": 4, "Kalmar": 3.5, "Kungsbacka": 3, "Karlskrona": 3.5, "Haninge": 3.5,
    "Nacka": 3, "Östersund": 3.5, "Trollhättan": 3, "Gotland": 3.5, "Falun": 3, "Varberg": 3, "Norrtälje": 3,
    "Uddevalla": 3, "Skövde": 3, "Nyköping": 3, "Örnsköldsvik": 3, "Hässleholm": 3, "Borlänge": 3, "Motala": 2.5,
}  # fmt: skip


class Line(NamedTuple):
    """One association of the table."""

    verified: bool
    name: str
    first_day: date
    places: tuple[str, ...]

    @property
    def description(self) -> str:
        """What the association's page says of where its division comes from."""
        return SOURCES.get(self.name, STOCKHOLM_SOURCE) if self.verified else INVENTED


def lines() -> list[Line]:
    """The associations of the table, in its order."""
    return [_line(text) for text in TABLE.strip().splitlines()]


def _line(text: str) -> Line:
    name, day, places = text[2:].split(" | ")
    return Line(text[0] == VERIFIED, name, date.fromisoformat(day), tuple(places.split(", ")))
