"""Forms: Swedish days, sentences that name the field, and refusals put where they belong."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from finsam.web.forms import DayField, LastDayField, PageForm, fields_of, submit


class Stay(PageForm):
    starts_on = DayField(label="Första dag")
    ends_before = LastDayField(label="Sista dag", required=False)
    heads = forms.IntegerField(label="Antal", required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A")], required=False)


def filled(**values):
    form = Stay({"starts_on": "2021-03-31", **values})
    form.is_valid()
    return form


@pytest.mark.parametrize("text", ["2021-03-31", "20210331", " 2021-3-31 "])
def test_a_day_is_read_as_people_write_it(text):
    assert filled(starts_on=text).cleaned_data["starts_on"] == date(2021, 3, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2021-02-30", "2021-02-30 finns inte. Kontrollera månad och dag."),
        ("31/3 2021", "Skriv dagen som år-månad-dag, till exempel 2021-03-31."),
        ("0000-01-01", "0000-01-01 finns inte. Kontrollera månad och dag."),
        ("", "Fyll i ”Första dag”."),
    ],
)
def test_a_wrong_day_says_what_is_wrong_with_it(text, sentence):
    assert filled(starts_on=text).errors["starts_on"] == [sentence]


def test_a_last_day_is_the_day_before_the_end_inside():
    assert filled(ends_before="2020-12-31").cleaned_data["ends_before"] == date(2021, 1, 1)
    assert 'value="2020-12-31"' in str(Stay(initial={"ends_before": date(2021, 1, 1)})["ends_before"])
    assert "för stort" in str(filled(ends_before="9999-12-31").errors)


def test_a_day_shown_again_is_as_it_was_written():
    assert 'value="31/12"' in str(filled(ends_before="31/12")["ends_before"])


def test_other_fields_say_what_to_do():
    form = filled(heads="tolv", kind="b")
    assert form.errors["heads"] == ["Skriv ett helt tal med siffror, till exempel 12."]
    assert form.errors["kind"] == ["Valet finns inte i listan. Välj ett av alternativen."]


def test_an_error_stands_at_the_field_and_in_the_list_at_the_top():
    page = str(filled(starts_on="x"))
    assert '<a href="#id_starts_on">Första dag</a>' in page
    assert 'id="id_starts_on_error"' in page
    assert 'aria-describedby="id_starts_on_error"' in page


def test_optional_fields_say_so():
    assert str(Stay()).count("(valfritt)") == 3


def test_a_refusal_goes_to_its_field_or_to_the_top():
    def refuse(**_facts):
        raise ValidationError({"starts_on": "För tidigt.", "elsewhere": "Något annat."})

    form = filled()
    assert submit(form, refuse) is None
    assert form.errors == {"starts_on": ["För tidigt."], "__all__": ["Något annat."]}


def test_an_action_gets_the_cleaned_fields_and_its_answer_comes_back():
    assert submit(filled(), lambda **facts: facts["starts_on"]) == date(2021, 3, 31)
    assert submit(filled(), lambda **_facts: None) is True


def test_fields_come_from_the_models_own_words():
    fields = fields_of("associations.Association")
    assert list(fields) == ["name", "number", "description", "first_day"]
    assert fields["number"].label == "Organisationsnummer"
    assert isinstance(fields["first_day"], DayField)
