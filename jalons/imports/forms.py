from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File of answers"), help_text=_("CSV, XLSX or ODS, 50 MB at most.")
    )
    mapping = forms.FileField(
        label=_("Mapping of its columns"),
        help_text=_("A TOML file that a colleague has read again."),
    )
