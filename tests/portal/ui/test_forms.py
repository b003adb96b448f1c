import pytest
from django import forms
from django.template import Context, Template

from portal.ui.forms import PortalForm, section
from verification.kernel.errors import InvalidInput, Problem

pytestmark = pytest.mark.unit


class SiteForm(PortalForm, forms.Form):
    name = forms.CharField(help_text="As on the sign.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)

    def layout(self):
        return [section("Site", "name", "kind"), "note"]


def rendered(form: forms.Form) -> str:
    return Template('{% include "components/form.html" with form=form submit_label="Save" %}').render(
        Context({"form": form})
    )


def test_help_stands_above_the_input_and_describes_it():
    html = rendered(SiteForm())
    assert html.index("As on the sign.") < html.index('name="name"')
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html


def test_required_fields_carry_no_mark_and_optional_ones_say_so():
    html = rendered(SiteForm())
    assert "*" not in html
    assert html.count("(optional)") == 1
    assert " required" not in html


def test_errors_stand_on_top_with_links_and_beside_the_field():
    html = rendered(SiteForm({"name": "", "kind": ""}))
    assert "There are 2 things to correct" in html
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_summary_can_stand_elsewhere():
    class Elsewhere(SiteForm):
        shows_errors_elsewhere = True

    assert "things to correct" not in rendered(Elsewhere({}))


def test_problems_of_the_domain_go_to_their_fields():
    form = SiteForm({"name": "x", "kind": "a"})
    form.is_valid()
    form.add_problems(
        InvalidInput(
            "No.", [Problem("block", "X-1", "Too short.", field="name"), Problem("block", "X-2", "Elsewhere.")]
        )
    )
    assert form.errors["name"] == ["Too short."]
    assert form.non_field_errors() == ["Elsewhere."]


def test_refusal_without_problems_shows_its_summary():
    form = SiteForm({"name": "x", "kind": "a"})
    form.is_valid()
    form.add_problems(InvalidInput("Not now."))
    assert form.non_field_errors() == ["Not now."]
