from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 20_000_000
"""Thousands of interviews; a larger file is refused unread."""


class BringForm(forms.Form):
    """The file that a telephone exported."""

    file = forms.FileField(
        label=_("File exported by the phone"),
        help_text=_("Its name begins with “jalons-” and ends with “.json”."),
        allow_empty_file=False,
    )
    in_part = forms.BooleanField(
        label=_("Also take interviews that do not go wholly with the questions"),
        help_text=_(
            "Made with other questions than those of today, for instance: only the "
            "answers that go with today’s questions are kept. Read first what the file "
            "holds, without this box. Then keep the file: a phone that learns that an "
            "interview is received erases it, and the other answers are nowhere else."
        ),
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large to be an export."))
        return file
