"""A sentence that says how many has a form for one and for several, and for none where there can be none.

The texts are found in the source, as the catalogue finds them. A new one with a number in it fails until it has its
forms, or until it stands below with why it needs no other.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages import Message
from django.utils.translation import ngettext, override

from scripts.messages import SOURCE, english, source_texts

# Names in texts that stand for a number of something, whoever fills them in, and names that don't. A new name must be
# put in one of the two.
NUMBERS: Final = """
active added after all anonymous associations base before cells closed confirmed count counties days erased expected
found gained heads held hidden high limit_value linked low m many max men missing months most n new not_in_file not_ours
now ongoing planned questions recipients rose rows seen shared show_value total volume went whole women words
years
"""
OTHERS: Final = """
age at both busy caption chapter code column columns command database day dimension edition editions email exact extent
fault faults few figure file files finding first first_day first_month first_year folder from group groups highest host
id ids individual key keys kind kinds label last least length lists lower lowest made maker master moment month moved
municipality name names newest none named number occupation old one option optional other ours out own package part
parts password pause percent period places port printed reason region remedies role roles row said second second_day
second_month second_year server size small snapshot source split start step structural subject subtitle sum support
table tables text third threshold time title to today upper url used user version wanted was what where wrong year
"""
COUNTS, WORDS = frozenset(NUMBERS.split()), frozenset(OTHERS.split())
# What is filled in is not a bare number but words that have their own forms, or a year.
PHRASES: Final = frozenset(
    {
        "%(before)s till %(after)s: dolt för att skydda personer",
        "Antalet %(moved)s jämfört med %(before)s.",
        "Antalet insatser %(moved)s jämfört med %(last)s, då det var %(before)s i %(associations)s.",
        "Antalet nya deltagare %(moved)s jämfört med %(before)s.",
        "Antalet nya kvinnor %(women)s och antalet nya män %(men)s.",
        "Antalet registrerade med personuppgifter %(moved)s jämfört med %(before)s.",
        "Av dem som började en insats %(first)s–%(last)s hade en fjärdedel slutat inom %(n)s.",
        "Av dem som finns är %(women)s kvinnor och %(men)s män.",
        "Bland kvinnor är andelen i arbete eller studier %(women)s, bland män %(men)s.",
        "För kvinnor är medeltalet %(women)s och för män %(men)s.",
        "Hälften av dem som avslutade %(year)s hade haft offentlig försörjning i högst %(n)s före insatsen.",
        "Hälften har slutat inom %(n)s",
        "Medianen är %(women)s för kvinnor och %(men)s för män.",
        "När de började hade de haft %(support)s i ungefär %(days)s i medeltal.",
        "Samordningsförbunden finansierade %(n)s.",
        "Tre fjärdedelar hade slutat inom %(n)s.",
        "Under %(year)s finansierade %(associations)s %(n)s som särskilt riktar sig till gruppen.",
        "Under %(year)s finansierade samordningsförbunden %(n)s.",
        "Utan offentlig försörjning var personen före i %(before)s och efter i %(after)s.",
        "Utan personuppgifter räknades %(anonymous)s och %(volume)s.",
        "%(women)s av dem är kvinnor och %(men)s är män.",
        "%(women)s av dem är kvinnor.",
        "%(subject)s: hälften efter %(n)s",
        "Från %(low)s procent i %(lowest)s till %(high)s i %(highest)s",
        "%(named)s · uppgifter per %(day)s · %(small)s personer är dolda (%(hidden)s)",
        (
            "%(named)s · uppgifter per %(day)s · %(small)s personer är dolda (%(hidden)s), och det "
            "som är känsligt om grupper under %(group)s"
        ),
        "%(years)s i utgåvan %(edition)s",
        "fler än %(before)s",
        "fler än %(before)s i alla grupper",
        "färre än %(before)s",
        "färre än %(before)s i alla grupper",
        "går att följa (%(women)s kvinnor)",
        "lika många som %(before)s",
        "lika många som %(before)s i alla grupper",
        "”%(figure)s” kan inte delas upp efter %(missing)s. Välj en annan siffra eller indelning.",
        "”%(text)s” går inte. Välj %(words)s.",
    }
)
# The sentence is right of any number that it is said of: nothing in it is bent by the number, and of none there is
# another sentence, or the number is a figure beside a word, as in a table.
ALIKE: Final = frozenset(
    {
        "%(count)s fel i %(file)s.",
        "%(name)s (%(number)s av %(total)s)",
        "%(rows)s rader  %(erased)s gallrade  tagen %(time)s",
        "Nya koder i kodlistorna: %(count)s.",
        "”%(text)s” går inte. Skriv ett heltal från %(least)s till %(most)s.",
        "Nya rader: %(added)s. Stängda: %(closed)s. Bekräftade: %(confirmed)s.",
        "ingen person samkörd, %(not_ours)s i filen men inte här, %(not_in_file)s här men inte i filen",
        "kopierar %(name)s (%(number)s av %(count)s)",
        "läser %(name)s (%(number)s av %(count)s)",
        "Skriv %(limit_value)s.",
        "Skriv ett tal som går jämnt upp med %(limit_value)s.",
        "Skriv ett tal som är högst %(limit_value)s.",
        "Skriv ett tal som är minst %(limit_value)s.",
        "Skriv högst %(limit_value)s tecken. Nu är det %(show_value)s.",
        "Skriv minst %(limit_value)s tecken. Nu är det %(show_value)s.",
        "Skriv talet med högst så här många decimaler: %(max)s.",
        "%(heads)s är mer än dubbelt så många som de %(planned)s som är planerade. Stämmer antalet?",
        "%(part)s är fler än %(recipients)s i hela landet enligt %(source)s. Andelen visas inte: rätta nämnaren.",
        "Fler rader har fel: %(count)s till.",
        "Raden har %(found)s fält i stället för %(wanted)s.",
        "raderna blir tillsammans %(sum)s, men här står %(total)s.",
        "delarna %(parts)s och det hela %(total)s står i olika utgåvor (%(editions)s).",
        "”%(text)s” kan vara tusental eller ha decimaler (%(count)s tal i kolumnen). Skriv tusental med mellanslag.",
        "%(before)s hade %(old)s, nu är det %(new)s, och ingen senare registrering förklarar det.",
        "%(count)s mån",
        "%(figure)s %(year)s: %(seen)s enligt ögonblicksbilden per %(day)s.",
        "%(found)s av dem (%(part)s) finns i den andra myndighetens uppgifter.",
        "%(missing)s finns inte där och är inte med i det som följer.",
        "%(months)s mån",
        "%(n)s (%(part)s av alla) riktar sig särskilt till någon av de tre prioriterade behovsgrupperna.",
        "%(n)s (%(part)s) var i en insats i taget.",
        "%(n)s i volyminsatser",
        "%(n)s pågår nu",
        "%(new)s av de %(ongoing)s (%(part)s) började en insats under året. De övriga började tidigare.",
        "%(new)s av dem (%(part)s) började en insats under året.",
        "%(part)s av %(whole)s är %(exact)s procent, inte %(printed)s.",
        "%(part)s är mer än %(whole)s, som det ska vara en del av.",
        "%(subject)s: fler än %(first)s i %(rose)s av %(all)s",
        "%(subject)s: fler än %(first)s i ingen av %(all)s",
        "%(went)s av %(all)s gick till %(groups)s",
        "Alla %(ongoing)s började en insats under året.",
        "Antalet %(moved)s jämfört med %(last)s, då det var %(before)s.",
        "Antalet insatser för %(group)s %(moved)s sedan %(first)s: fortfarande %(now)s.",
        "Antalet insatser för %(group)s %(moved)s sedan %(first)s: från %(before)s till %(now)s (%(n)s).",
        "Antalet som går att följa %(moved)s jämfört med %(last)s. Det är nu %(n)s.",
        "Det antalet %(moved)s jämfört med %(last)s, då det var %(before)s (%(part)s).",
        "Det är %(part)s av alla %(recipients)s som hade %(support)s under året.",
        "Efter %(active)s av dem (%(part)s) arbetar eller studerar personen.",
        "För %(n)s (%(part)s) var det första gången.",
        "I %(gained)s har personen börjat arbeta eller studera, eller gör det mer än före: %(part)s.",
        "Ingen av %(all)s gick till %(groups)s",
        "Ingen av de %(ongoing)s började en insats under året. Alla började tidigare.",
        "Inget av %(cells)s antal är dolt.",
        "Rad %(row)s har %(found)s fält i stället för %(wanted)s. Rätta raden och försök igen.",
        "arbetar eller studerar efter (%(n)s av %(all)s)",
        "delarna %(parts)s blir inte %(total)s.",
        "delarna %(parts)s och det hela %(total)s kan inte vara sanna på en gång.",
        "ingen av %(planned)s upptagen",
        "inget antal av %(base)s är %(printed)s procent.",
        "kvinnor %(women)s + män %(men)s = %(sum)s, men totalen är %(total)s.",
    }
)
# The number is a limit that the software sets, and is always several, or there are always several of what it counts.
SEVERAL: Final = frozenset(
    {
        "Skriv talet med högst %(max)s siffror före decimalerna.",
        "Skriv talet med högst %(max)s siffror.",
        "Fält %(number)s är längre än %(most)s tecken. Saknas ett citattecken?",
        "Lösenordet är för långt. Välj högst %(most)s tecken.",
        "Rad %(row)s är längre än %(most)s tecken. Saknas ett citattecken?",
        "Filen är större än %(most)s MB. Dela den, eller ta bort det som inte hör dit.",
        "Kolumnen %(column)s rymmer högst %(most)s tecken.",
        "Listan är full: den rymmer %(most)s koder, stängda medräknade. Använd en kod som finns.",
        "Lösenordet är för kort. Välj minst %(n)s tecken, gärna några ord efter varandra.",
        "%(part)s av de %(n)s deltaganden som avslutades %(year)s slutade med arbete eller studier.",
        "%(words)s kommuner i %(counties)s län",
        "%(years)s år eller längre",
        "%(months)s månader eller längre",
        "Basen %(base)s är för liten: med tröskeln %(threshold)s måste tabeller avrundas till minst %(least)s.",
        "Minst %(most)s insatser",
        "Tabellen har inte det året. Den har %(years)s.",
        "Högst %(months)s månader",
        "Mer än %(from)s, högst %(months)s månader",
        "Mer än %(months)s månader",
        "Siffrorna är avrundade till närmaste %(base)s.",
        # More than thousands.
        ("Tabellen får %(cells)s celler, och högst %(most)s räknas på en gång. Välj färre perioder eller indelningar."),
        (
            "Tabellen kan inte lämnas ut: %(cells)s celler skulle skyddas tillsammans, och högst %(most)s kan det. "
            "Välj färre perioder eller indelningar."
        ),
        "Välj högst %(most)s indelningar. Gör annars flera tabeller.",
        "dagarna ska vara ett heltal från 0 till %(most)s",
        "åldern ska vara ett heltal från 0 till %(most)s",
        "Ögonblicksbilden går inte att ta: kodlistan support har fler än %(most)s koder.",
    }
)
FORMS: Final = {form for reasons in (PHRASES, ALIKE, SEVERAL) for form in reasons}

# Plurals of which there is never none: the code or the page says something else then, or it can't be.
NEVER_NONE: Final = frozenset(
    {
        # Said only where there are any.
        (
            "I hemmet finns %(count)s svar från tabellbyggaren. Det räknas som känt där en publicering har samma "
            "ögonblicksbild."
        ),
        "%(count)s rad är fortfarande låst med en äldre nyckel. Kör först: finsam keys rotate",
        "%(rows)s rad är kopierad till %(file)s. Filen är personuppgifter.",
        "%(rows)s rad är tillbaka i %(folder)s.",
        "%(count)s deltagande som börjar senare",
        "%(count)s deltagande som börjar tidigare",
        "%(count)s deltagande som pågår",
        "%(count)s deltagande som slutar senare",
        "%(count)s insats som pågår längre",
        "%(count)s kommun",
        "%(count)s medlemskap som börjar senare",
        "%(count)s planerat antal (%(years)s)",
        "%(count)s räknat antal (%(years)s)",
        "%(count)s uppdrag som börjar senare",
        "%(count)s brist",
        "%(count)s lista",
        "%(count)s år",
        "%(days)s dag",
        "%(n)s dag",
        "%(n)s månad",
        "Av %(all)s tidigare intervall som går att kontrollera höll %(held)s.",
        "Det enda tidigare intervall som går att kontrollera höll inte.",
        "Deltagandena är %(n)s persons: den som har avslutat flera räknas i vart och ett.",
        (
            "Det väntas bli %(expected)s när %(after)s månad har gått sedan årets slut, om registreringen kommer in "
            "som förut. Fyra gånger av fem ska det hamna mellan %(low)s och %(high)s."
        ),
        "%(part)s av den %(base)s person som avslutade arbetar eller studerar efter.",
        "Av %(new)s person med %(support)s finns %(found)s där.",
        "Siffrorna håller inte ihop (%(count)s fynd).",
    }
)
NUMBER = re.compile(r"%\((\w+)\)[sd]")


def texts() -> list[Message]:
    return [message for message in source_texts() if message.id]


def test_every_name_in_a_text_is_known_to_be_a_number_or_not() -> None:
    named = {name for text in texts() for form in _forms(text) for name in NUMBER.findall(form)}
    assert named - COUNTS - WORDS == set()


def test_a_text_with_a_number_has_a_form_for_one_and_for_several() -> None:
    """Or it stands above, with what makes one form enough."""
    single = {text.id for text in texts() if isinstance(text.id, str) and COUNTS & set(NUMBER.findall(text.id))}
    assert single - FORMS == set()
    assert FORMS - single == set(), "no longer in the source"


# A number and a noun (or an adjective before it) that don't go together.
BENT: Final = {
    "sv": (
        r"(?<!Om den )\b1 (\w+(ade|ma|na|yma|iga) |(personer|kvinnor|män|deltaganden|insatser|siffror|dagar)\b)",
        r"\b2 (person|kvinna|man|deltagande|insats|siffra|dag|månad|fråga|lista|brist)\b",
    ),
    "en": (
        r"\b1 (persons|women|men|participations|participants|interventions|days|months|figures)\b",
        r"\b2 (person|woman|man|participation|participant|intervention|day|month|figure)\b",
    ),
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_forms_of_one_and_two_differ_where_the_noun_does(language: str) -> None:
    """Every plural is filled with 0, 1 and 2: one is never several, and several never one."""
    of_one, of_two = (re.compile(pattern) for pattern in BENT[language])
    for text in texts():
        if isinstance(text.id, str):
            continue
        with override(language):
            none, one, two = (_filled(ngettext(text.id[0], text.id[1], number), number) for number in range(3))
        assert two == none.replace("0", "2"), text.id  # of none there is another sentence; this is no singular
        assert not of_one.search(one), one
        assert not of_two.search(two), two


def test_of_nothing_there_is_a_sentence_of_its_own() -> None:
    """Each plural in code is chosen beside the sentence of none; each in a template has another branch for none."""
    bare = {form for path in SOURCE.rglob("*.py") for form in _without_none(path)}
    assert bare - NEVER_NONE == set()
    assert NEVER_NONE - bare == set(), "no longer in the source"


def test_a_template_says_a_plural_only_where_there_is_something() -> None:
    """In a branch of a condition (`if`, `elif`, `else`) that none doesn't come to, or by a number in words."""
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        text = path.read_text("utf-8")
        for found in re.finditer(r"{% blocktranslate [^%]*\bcount \w+=([\w.]+)[^%]*%}", text):
            before = text[: found.start()]
            opened = len(re.findall(r"{% if ", before)) - len(re.findall(r"{% endif ", before))
            assert opened > 0 or "in_words" in found[0], (path.name, found[0])


def test_the_catalogue_has_as_many_forms_in_english() -> None:
    for message in english():
        if message.id and not isinstance(message.id, str):
            forms = message.string or ()
            assert all(forms), message.id
            assert len(forms) == len(message.id), message.id


def _forms(text: Message) -> tuple[str, ...]:
    return (text.id,) if isinstance(text.id, str) else tuple(text.id)


def _filled(form: str, number: int) -> str:
    return form % {name: number if name in COUNTS else "X" for name in NUMBER.findall(form)}


def _without_none(path: Path) -> Iterator[str]:
    """The first forms of the plurals in a module that no sentence of none stands beside."""
    tree = ast.parse(path.read_text("utf-8"))
    beside = set[ast.AST]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"spoken", "Counted"}:
            beside |= {inner for argument in node.args for inner in ast.walk(argument)}
        if isinstance(node, ast.FunctionDef) and _is_short(node) and any(map(_says_none, ast.walk(node))):
            beside |= set(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").startswith("ngettext") and node not in beside:
            yield from (str(node.args[0].value),) if isinstance(node.args[0], ast.Constant) else ()


def _is_short(node: ast.FunctionDef) -> bool:
    """Whether a function is about one number only, so that its sentence of none is that of its plural."""
    return (node.end_lineno or 0) - node.lineno < 12


def _says_none(node: ast.AST) -> bool:
    """Whether a marked text begins with the Swedish for none."""
    return (
        isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_"
        and isinstance(node.args[0], ast.Constant)
        and str(node.args[0].value).split(" ")[0].lower() in {"ingen", "inget", "inga"}
    )
