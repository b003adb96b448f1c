"""What can be checked: a file, or the text of the offline code."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.ui.forms import PortalForm
from verification.credentials.offline import LONGEST_CODE


class FileForm(PortalForm, forms.Form):
    """A PDF to compare with the register."""

    file = forms.FileField(
        label=gettext_lazy("PDF file"), widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"})
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.CERTIFICATE_CHECK_MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file


class OfflineForm(PortalForm, forms.Form):
    """The text that a scanner reads from the second QR code."""

    offline = forms.CharField(
        label=gettext_lazy("Text of the offline code"),
        max_length=LONGEST_CODE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "code-box", "dir": "ltr", "spellcheck": "false"}),
    )

    def clean_offline(self) -> str:
        """Without the line breaks that a mail or a scanner puts in: the code has none."""
        return "".join(self.cleaned_data["offline"].splitlines())


def most_megabytes() -> int:
    return settings.CERTIFICATE_CHECK_MAX_BYTES // 1024**2


def too_large() -> str:
    words = _("The file is larger than %(limit)d MB. A certificate of this portal is much smaller.")
    return words % {"limit": most_megabytes()}
