from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.actors.directory import Asked
from jalons.actors.vocabulary import choices, read_vocabulary
from jalons.directory.vocabulary import read_vocabulary as read_schema
from jalons.search.figures import Hit, find
from jalons.territories.models import Territory

SUGGESTIONS = 6
Kind = Territory.Kind
KINDS = [Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION]


class DirectoryForm(forms.Form):
    """The filters of the directory, in the address; an unknown value asks nothing."""

    ici = forms.CharField(label=_("Territory"), required=False, max_length=60)
    famille = forms.ChoiceField(label=_("Family"), required=False)
    aide = forms.ChoiceField(label=_("Help given"), required=False)
    mots = forms.CharField(label=_("Name"), required=False, max_length=100)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = {
            "famille": choices(read_vocabulary().families),
            "aide": read_schema().choices("services"),
        }
        for name, values in known.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("All")), *values]
        self.is_valid()
        self.territory, self.hits = self._around(self.said("ici"))

    @property
    def asked(self) -> Asked:
        names = ("famille", "aide", "mots")
        return Asked(self.territory, *(self.said(name) for name in names))

    @property
    def is_unknown(self) -> bool:
        """Whether no territory bears what was typed."""
        return bool(self.said("ici")) and self.territory is None

    def said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")).strip()

    def _around(self, text: str) -> tuple[Territory | None, list[Hit]]:
        """The territory of this code or name, and the others that it may mean."""
        if not text:
            return None, []
        if found := Territory.objects.filter(pk=text.upper()).first():
            return found, []
        hits = find(text, kinds=KINDS, limit=SUGGESTIONS)
        if not hits:
            return None, []
        return Territory.objects.filter(pk=hits[0].ref).first(), hits[1:]
