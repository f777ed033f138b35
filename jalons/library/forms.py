from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.library.definitions import WORDS, read_tags
from jalons.library.figures import FACETS, Asked
from jalons.library.models import Sheet

LIKENESS = "ressemblance"
LABELS = {
    "theme": _("Theme"),
    "step": _("Step of the method"),
    "public": _("People concerned"),
    "stake": _("Stake"),
    "place": _("Kind of territory"),
}


class FindForm(forms.Form):
    """A question and its facets; each stands in the address."""

    mots = forms.CharField(
        label=_("What are you looking for?"), required=False, max_length=200
    )
    genre = forms.ChoiceField(label=_("Kind of sheet"), required=False)
    pour = forms.CharField(
        label=_("My territory: its name or its code"), required=False, max_length=80
    )
    tri = forms.ChoiceField(
        label=_("Order"),
        choices=[("", _("usual")), (LIKENESS, _("those like my territory first"))],
        required=False,
    )

    field_order = ("mots", "genre", *(WORDS[one] for one in FACETS), "pour", "tri")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.value, one.label) for one in Sheet.Kind]
        self._choose("genre", _("Kind of sheet"), kinds)
        for facet in FACETS:
            self._choose(WORDS[facet], LABELS[facet], read_tags().choices(facet))
        self.order_fields(self.field_order)

    def _choose(self, name: str, label, values: list) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", gettext("All")), *values], required=False
        )

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        return Asked(**{name: said.get(word, "") for name, word in WORDS.items()})

    @property
    def place(self) -> str:
        """The territory typed, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("pour", ""))

    @property
    def is_detailed(self) -> bool:
        """Whether something besides words is asked."""
        self.is_valid()
        return any(said for name, said in self.cleaned_data.items() if name != "mots")

    @property
    def is_by_likeness(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("tri") == LIKENESS
