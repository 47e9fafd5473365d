"""Which passwords are refused and with which sentence, and that sentences of one's own are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from finsam.access import passwords
from finsam.access.models import User

pytestmark = pytest.mark.once

AGAIN = "samma tecken om och om igen"
FIGURES = "bara siffror"
COMMON = "Många använder det lösenordet"
SHORT = "för kort"


def refused(password: str) -> str:
    """All that is said against a password."""
    try:
        validate_password(password, User(name="Testa Provsson", email="testa@example.invalid"))
    except ValidationError as fault:
        return " ".join(fault.messages)
    return ""


@pytest.mark.parametrize(
    "password", ["aaaaaaaaaaaa", "ÅÅÅÅÅÅÅÅÅÅÅÅ", "AaAaAaAaAaAa", "xyxyxyxyxyxy", "a a a a a a a", "111111111112"]
)
def test_one_letter_again_and_again_is_refused(password):
    assert AGAIN in refused(password)


@pytest.mark.parametrize(
    "password", ["123456789012", "19850101-2384", "1985 01 01 23 84", "070-123 45 67 89", "٣١٤١٥٩٢٦٥٣٥٨"]
)
def test_figures_only_are_refused(password):
    assert FIGURES in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "sommarsommar",
            "lösenord1234",
            "hejhejhejhej",
            "qwertyuiopå1",
            "Sommaren2024!",
            "SOMMAR20242024",
            "Lösenordet!!1",
        ),
        *(
            "losenord12345",
            "L0senord2026!",
            "l0s3n0rd!!!!",
            "välkommen2026",
            "Sverige12345!",
            "ifkgöteborg1904",
            "hammarby1915!",
        ),
        *(
            "Anna19850101!",
            "annaanna12345",
            "karinlarsson85",
            "Johan.Svensson",
            "göteborg-2024",
            "fotbollfotboll",
            "1sommar2vinter",
        ),
        *(
            "asdfghjklöä12",
            "poiuytrewq123",
            "abcdefghijkl",
            "qwerty123456",
            "qwertyasdfgh",
            "1q2w3e4r5t6y7u8i",
            "zxcvbnm12345",
        ),
        *(
            "password1234",
            "dragondragon",
            "football2024",
            "Decemberjuli1",
            "måndagmåndag1",
            "djurgården1891",
            "kalleanka1234",
        ),
        *("jagälskardig1", "mammapappa123", "hejsan hejsan", "H3js4nh3js4n", "samordning2026", "finsamfinsam"),
    ],
)
def test_what_many_choose_is_refused_however_it_is_written(password):
    assert COMMON in refused(password)


@pytest.mark.parametrize(
    "password",
    [
        *(
            "bara på låtsas",
            "fyra ord att minnas",
            "fem nya ord att minnas",
            "sommar regnbåge kaffe tak",
            "katt hund häst moln",
        ),
        *(
            "en kopp kaffe om dagen",
            "Annas tredje gröna äpple",
            "tegelpanna-kvist-9",
            "k7#Vq2pL!x9Zt",
            "grodan hoppar jämt",
        ),
        *("skruvmejsel vid ån", "12 små grodor 34", "utterspår i november"),
    ],
)
def test_some_words_after_each_other_are_taken(password):
    assert refused(password) == ""


def test_a_short_one_is_told_so_beside_the_rest():
    assert SHORT in refused("hejhej")
    assert COMMON in refused("hejhej")


def test_the_list_says_from_when_it_is_and_that_nobody_has_verified_it():
    text = passwords.LIST.read_text("utf-8")
    assert "First day: 2026-12-01." in text
    assert "Unverified" in text
    assert len(passwords.words()) > 700


def test_every_word_of_the_list_is_refused_with_a_year_or_twice():
    listed = [
        word for line in passwords.LIST.read_text("utf-8").splitlines() if line[:1] != "#" for word in line.split()
    ]
    judge = passwords.OfOnesOwn()
    taken = []
    for word in listed:
        for password in (f"{word}{word}", f"{word.title()}2026!", f"!{word}-{word}12"):
            try:
                judge.validate(password)
            except ValidationError:
                continue
            taken.append(password)
    assert not taken


def test_a_password_of_many_thousand_letters_is_refused_at_once() -> None:
    with pytest.raises(ValidationError, match="Välj högst 200 tecken"):
        validate_password("sommar" * 200_000)
    with pytest.raises(ValidationError, match="Många använder det"):
        validate_password("sommar" * 30)
    validate_password("häst batteri klammer " * 9)
