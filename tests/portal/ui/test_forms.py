import pytest
from django import forms
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from portal.ui.forms import AlikeForm, PlainSelect, PortalForm, section
from verification.kernel.errors import InvalidInput, Problem

pytestmark = pytest.mark.unit


class SiteForm(PortalForm, forms.Form):
    name = forms.CharField(help_text="As on the sign.")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(required=False)

    def layout(self):
        return [section("Site", "name", "kind"), "note"]


class ThingForm(AlikeForm, forms.Form):
    name = forms.CharField()
    about = forms.ChoiceField(
        choices=[("", "All of it"), ("Parts <1>", [("a", "One & two"), ("b", "Three")])],
        widget=PlainSelect,
        required=False,
    )


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


def test_groups_of_choices_are_written_as_djangos_own_widget_writes_them():
    asked = ThingForm(initial={"about": "b"})["about"]
    options = forms.Select(choices=asked.field.choices).render("about", "b", {"id": "id_about"})
    assertHTMLEqual(asked.as_widget(), options)
    assert 'label="Parts &lt;1&gt;"' in asked.as_widget()


def test_empty_forms_that_show_the_same_are_written_once(monkeypatch):
    written = []
    monkeypatch.setattr(
        ThingForm, "helper", property(lambda form: written.append(form) or PortalForm.helper.fget(form))
    )
    empty = [rendered(ThingForm(auto_id="once_%s")) for _ in range(2)]
    assert ({id(form) for form in written}, empty[0]) == ({id(written[0])}, empty[1])
    others = [
        ThingForm(auto_id="other_%s"),
        ThingForm(auto_id="once_%s", initial={"about": "b"}),
        ThingForm(auto_id="once_%s", prefix="second"),
    ]
    assert len({rendered(form) for form in others} | set(empty)) == len(others) + 1


def test_what_was_typed_is_never_kept():
    rendered(ThingForm(auto_id="typed_%s"))
    refused = rendered(ThingForm({"name": "", "about": "a"}, auto_id="typed_%s"))
    assert 'href="#typed_name"' in refused
    assert "Mine alone" in rendered(ThingForm({"name": "Mine alone"}, auto_id="typed_%s"))
    assert "Mine alone" not in rendered(ThingForm(auto_id="typed_%s"))
