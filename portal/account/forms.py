"""The forms of sign-in and of the second factor, in the portal's look and words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import CodeInput, PortalForm
from verification.accounts.models import User
from verification.accounts.selectors import user_with_email
from verification.registry.enums import MembershipRole

PASSWORD_RULES = _("At least 12 characters: a few unrelated words, not your name and nothing often used.")
CODE_LABEL = _("Six digits from your authenticator")


class AccountForm(PortalForm):
    """Labels above instead of placeholders inside; passwords explained once, above the field."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)


class LoginForm(AccountForm, account_forms.LoginForm):
    labels = {"login": _("E-mail address")}
    help_texts = {"password": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)


class SignupForm(AccountForm, account_forms.SignupForm):
    field_order = ["full_name", "email", "password1", "password2"]
    labels = {"email": _("E-mail address"), "password1": _("Password"), "password2": _("The same password again")}
    help_texts = {
        "email": _("We send a link to it before the account can be used."),
        "password1": PASSWORD_RULES,
    }
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As it should stand beside what you sign."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class ReauthenticateForm(AccountForm, account_forms.ReauthenticateForm):
    pass


class ChangePasswordForm(AccountForm, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("The same new password again"),
    }
    help_texts = {"password1": PASSWORD_RULES}


class SetPasswordForm(AccountForm, account_forms.SetPasswordForm):
    labels = {"password1": _("New password"), "password2": _("The same new password again")}


class ResetPasswordForm(AccountForm, account_forms.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(AccountForm, account_forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The same new password again")}
    help_texts = {"password1": PASSWORD_RULES}


class ChangeEmailForm(AccountForm, account_forms.ChangeEmailForm):
    labels = {"email": _("New e-mail address")}
    help_texts = {"email": _("The old one stays in use until you open the link that we send to the new one.")}


class SecondFactorForm(AccountForm, mfa_forms.AuthenticateForm):
    """At sign-in: the authenticator's digits, or a recovery code."""

    labels = {"code": CODE_LABEL}
    help_texts = {"code": _("Open your authenticator app. Without it, type one of your recovery codes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = CodeInput()


class ConfirmSecondFactorForm(AccountForm, mfa_forms.ReauthenticateForm):
    labels = {"code": CODE_LABEL}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = CodeInput()


class ActivateAuthenticatorForm(AccountForm, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Six digits that the app shows now")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = CodeInput()


class DeactivateAuthenticatorForm(AccountForm, totp_forms.DeactivateTOTPForm):
    pass


class AddPasskeyForm(AccountForm, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Name of this key"), "passwordless": _("Sign in with this key alone, without a password")}
    help_texts = {
        "name": _("So that you can tell your keys apart, for example “Key on my ring”."),
        "passwordless": _("The key will ask for its PIN, your finger or your face."),
    }


class RenamePasskeyForm(AccountForm, webauthn_forms.EditWebAuthnForm):
    labels = {"name": _("Name of this key")}


class ProfileForm(PortalForm, forms.Form):
    """What a person may change about themselves without a further proof."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As it should stand beside what you sign from now on."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class MemberForm(PortalForm, forms.Form):
    """A colleague who has an account here, and what they may do for the organisation."""

    email = forms.EmailField(
        label=_("E-mail address of the colleague’s account"),
        help_text=_("Your colleague signs up first, with this address."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=MembershipRole.choices,
        initial=MembershipRole.MEMBER,
        help_text=_("Both act for the organisation. A manager also says who else may."),
    )

    def clean_email(self) -> User:
        found = user_with_email(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(
                _("No account has this address. Ask your colleague to sign up, then try again.")
            )
        return found
