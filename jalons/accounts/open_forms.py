"""What anybody may send without an account."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenForm(forms.Form):
    """Its last field is not seen by people: a program fills whatever is there."""

    site = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = self.fields.pop("site")

    @property
    def is_a_robot(self) -> bool:
        return bool(self.data.get("site"))
