from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.indicators.models import Indicator, Source
from jalons.indicators.producers.registry import PRODUCERS

ACCEPTED = ".csv,.xlsx,.ods,.zip"
Unit = Indicator.Unit
UNITS = (Unit.PERCENT, Unit.COUNT, Unit.INHABITANTS, Unit.EUROS, Unit.KM)
VINTAGE = r"^(19|20)\d\d(-\d\d(-\d\d)?)?$"


class FigureFile(forms.FileField):
    def __init__(self) -> None:
        super().__init__(
            label=_("File"),
            help_text=_("CSV, XLSX, ODS, or the producer’s ZIP archive as it is."),
            widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        )


class LoadForm(forms.Form):
    """A producer's file, with what the file itself may not say."""

    source = forms.ChoiceField(label=_("Source"))
    file = FigureFile()
    vintage = forms.RegexField(
        VINTAGE,
        label=_("Year of the figures"),
        help_text=_("Only when the file does not say it: 2022, for example."),
        required=False,
    )
    as_shares = forms.BooleanField(
        label=_("The file writes 0.125 for 12.5%"), required=False
    )
    is_part = forms.BooleanField(
        label=_("The file holds only a part of France"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = dict(
            Source.objects.filter(code__in=PRODUCERS).values_list("code", "title")
        )
        self.fields["source"].choices = [
            (code, titles.get(code, code)) for code in PRODUCERS
        ]


class AddForm(forms.Form):
    """A team's own file; its columns are named on the next page."""

    file = FigureFile()


class ColumnsForm(forms.Form):
    """What each column of a team's file is, and what its figures are."""

    code_column = forms.ChoiceField(
        label=_("Column of the code of the territory"),
        help_text=_("INSEE code of the commune, SIREN of the EPCI, or département."),
    )
    value_column = forms.ChoiceField(label=_("Column of the figure"))
    title = forms.CharField(label=_("Name of the figure"), max_length=120)
    unit = forms.ChoiceField(
        label=_("Unit"), choices=[(unit.value, unit.label) for unit in UNITS]
    )
    vintage = forms.RegexField(VINTAGE, label=_("Year of the figures"))
    source_title = forms.CharField(label=_("Name of the source"), max_length=200)
    producer = forms.CharField(label=_("Who produced it"), max_length=200)
    licence = forms.CharField(label=_("Licence, or conditions of use"), max_length=120)
    limits = forms.CharField(
        label=_("What it does not say"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(column, column) for column in columns]
        for name in ("code_column", "value_column"):
            self.fields[name].choices = choices
        if len(columns) > 1:
            self.fields["value_column"].initial = columns[1]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("code_column") == cleaned.get("value_column"):
            self.add_error(
                "value_column", _("The code and the figure are two columns.")
            )
        return cleaned
