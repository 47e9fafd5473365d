"""Forms: Swedish days, sentences that name the field, and refusals put where they belong."""

from datetime import date
from typing import ClassVar

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from finsam.forms.fields import DayField, LastDayField, NumberField
from finsam.forms.needed import Needed
from finsam.forms.page_form import PageForm, fields_of
from finsam.web.associations import AssociationForm
from finsam.web.forms import submit


class Stay(PageForm):
    starts_on = DayField(label="Första dag")
    ends_before = LastDayField(label="Sista dag", required=False)
    heads = NumberField(label="Antal", required=False, min_value=0, max_value=5000)
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A")], required=False)


def filled(**values):
    form = Stay({"starts_on": "2021-03-31", **values})
    form.is_valid()
    return form


@pytest.mark.parametrize("text", ["2021-03-31", "20210331", " 2021-3-31 ", "31/3 2021", "31 mars 2021", "2021–03–31"])
def test_a_day_is_read_as_people_write_it(text):
    assert filled(starts_on=text).cleaned_data["starts_on"] == date(2021, 3, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2021-02-30", "2021-02-30 finns inte. Kontrollera månad och dag."),
        ("31/3", "Skriv också året, till exempel 5/1 2020."),
        ("i mars", "Skriv dagen som år-månad-dag, till exempel 2021-03-31."),
        ("05/06/2020", "05/06/2020 kan vara 5 juni 2020 eller 6 maj 2020. Skriv 2020-06-05 eller 2020-05-06."),
        ("0000-01-01", "0000-01-01 finns inte. Kontrollera månad och dag."),
        ("", "Fyll i ”Första dag”."),
    ],
)
def test_a_wrong_day_says_what_is_wrong_with_it(text, sentence):
    [said] = filled(starts_on=text).errors["starts_on"]
    assert said.replace("\u2060", "").replace("\u00a0", " ") == sentence


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


@pytest.mark.parametrize("typed", ["1 072", "1\u00a0072", "1\u202f072", " 1072 "])
def test_a_number_may_have_any_space_between_its_thousands(typed):
    assert filled(heads=typed).cleaned_data["heads"] == 1072


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12,5", "Skriv ett helt tal utan punkt och komma, till exempel 12."),
        ("-1", "Skriv ett tal som är minst 0."),
        ("5 001", "Skriv ett tal som är högst 5000."),
        ("8501012382", "Talet är för stort. Kontrollera att inget annat än antalet har klistrats in."),
    ],
)
def test_a_wrong_number_says_what_is_wrong_with_it(typed, sentence):
    assert filled(heads=typed).errors["heads"] == [sentence]


@pytest.mark.parametrize("typed", ["212000-0142", "2120000142", "212000–0142", " 212000 - 0142 ", "212000\u00a00142"])
def test_an_organisation_number_is_taken_as_it_is_pasted(typed):
    form = AssociationForm({"name": "Påhittade", "number": typed, "first_day": "5/1 2020"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == "212000-0142"


class Work(PageForm):
    needed: ClassVar = {"extent": Needed("occupation", ["work", "studies"], gettext_lazy("för arbete och studier"))}
    occupation = forms.ChoiceField(choices=[("work", "Arbete"), ("other", "Annat")], widget=forms.RadioSelect)
    extent = NumberField(label="Omfattning", required=False)


@pytest.mark.parametrize(("answer", "hidden"), [("work", " hidden"), ("other", ""), ("", "")])
def test_a_label_never_calls_optional_what_another_answer_makes_necessary(answer, hidden):
    for form in (Work({"occupation": answer}), Work(initial={"occupation": answer})):
        page = str(form["extent"].as_field_group())
        assert f'Omfattning <span class="field__optional"{hidden}>(för arbete och studier)</span>' in page
        assert 'data-decided-by="occupation" data-decided-for="studies work"' in page
        assert "valfritt" not in page


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
