"""One example of each component, shown on /composants/."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.documents.words import number
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE


class ExampleForm(forms.Form):
    """A field of each shape: a line, a choice, a group."""

    name = forms.CharField(label=_("Name"), help_text=_("As it is written."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("a", _("First")), ("b", _("Second"))],
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its unit and what to know to read it."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Examples:
    """What the page of components shows."""

    facts: list[Fact]
    legend: list[Entry]
    form: forms.Form


def examples() -> Examples:
    shown = [
        Category("first", str(_("First")), "c0"),
        Category("blank", str(_("No answer")), "hatched"),
    ]
    return Examples(
        facts=[Fact(str(_("Communes")), number(34_879), "", "INSEE, 2026")],
        legend=legend(shown, PAGE),
        form=ExampleForm({"kind": "a"}),
    )
