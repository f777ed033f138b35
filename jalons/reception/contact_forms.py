from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.community.contact_forms import ContactForm
from jalons.community.relaying import Written
from jalons.directory.texts import plain
from jalons.reception.models import Correspondent


class WriteForm(ContactForm):
    """A message to a centre. No copy: one sends one's own words to nobody else."""

    wants_copy = None  # type: ignore[assignment]

    def clean_name(self) -> str:
        name = plain(self.cleaned_data["name"])
        plain_name(name)
        return name

    @property
    def written(self) -> Written:
        said = self.cleaned_data
        return Written(said["email"], said["name"], said["text"], wants_copy=False)


class CorrespondentForm(forms.ModelForm):
    class Meta:
        model = Correspondent
        fields = ("function", "name", "agreed", "email")
        labels = {
            "function": _("Function of the person, as everybody reads it"),
            "name": _("Their name, if they agree"),
            "agreed": _("This person agreed to be named on the site"),
            "email": _("Address that receives the messages"),
        }
        help_texts = {
            "function": _("For example: project officer for digital inclusion."),
            "email": _("Shown to nobody: a form passes the messages on."),
        }

    def clean_function(self) -> str:
        return self._one_line("function")

    def clean_name(self) -> str:
        return self._one_line("name")

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("name") and not said.get("agreed"):
            self.add_error("agreed", _("Named only if they agree: tick, or no name."))

    def _one_line(self, field: str) -> str:
        text = plain(self.cleaned_data[field])
        plain_name(text)
        return text
