"""What every organisation says about itself when it is registered, whoever registers it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.choices import country_choices
from portal.ui.forms import PortalForm


class OrganisationIdentityForm(PortalForm, forms.Form):
    """Name, register and seat. Forms of one audience add what they ask besides."""

    name = forms.CharField(label=_("Name in English or Latin letters"), max_length=256)
    local_name = forms.CharField(label=_("Name in your language and script"), max_length=256, required=False)
    local_language = forms.CharField(
        label=_("Language of that name"), max_length=10, required=False, help_text=_("Its code, for example tr or zh.")
    )
    country = forms.ChoiceField(label=_("Country of registration"))
    registration_number = forms.CharField(
        label=_("Registration number"), max_length=100, help_text=_("As in the register of companies of that country.")
    )
    address = forms.CharField(label=_("Address of the seat"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["country"]).choices = country_choices()
