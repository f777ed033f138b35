from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.indicators.models import Indicator, Source
from jalons.indicators.producers.registry import PRODUCERS

ACCEPTED = ".csv,.xlsx,.ods,.zip"
Unit = Indicator.Unit
UNITS = (Unit.PERCENT, Unit.COUNT, Unit.INHABITANTS, Unit.EUROS, Unit.KM)
VINTAGE = r"^(19|20)\d\d(-\d\d(-\d\d)?)?$"
NO_YEAR = _("Write a year (2022), a month (2022-09) or a day (2022-09-30).")


UNKNOWN = "unknown"
RATE_OF = (
    ("", _("It is not a percentage")),
    ("column", _("Of what a column of the file counts")),
    ("inhabitants", _("Of all inhabitants")),
    ("households", _("Of households (census)")),
    (UNKNOWN, _("Of something else, whose number is not known here: not added up")),
)


class FigureFile(forms.FileField):
    def __init__(self) -> None:
        super().__init__(
            label=_("File"),
            help_text=_("CSV, XLSX, ODS, or the producer’s ZIP archive as it is."),
            widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        )


class AnswerForm(forms.Form):
    """What a file may not say itself: asked with it, and again when it is refused."""

    source = forms.ChoiceField(label=_("Source"))
    vintage = forms.RegexField(
        VINTAGE,
        label=_("Year of the figures"),
        help_text=_("Only when the file does not say it: 2022, for example."),
        required=False,
        error_messages={"invalid": NO_YEAR},
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


class LoadForm(AnswerForm):
    """A producer's file, with what the file itself may not say."""

    file = FigureFile()
    field_order = ("source", "file", "vintage", "as_shares", "is_part")


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
    rate_of = forms.ChoiceField(
        label=_("For a percentage: what is it a share of?"),
        help_text=_(
            "A share of households multiplied by inhabitants would give false numbers "
            "of people. Households are offered once the census is loaded."
        ),
        required=False,
    )
    as_shares = forms.BooleanField(
        label=_("The file writes 0.125 for 12.5%"), required=False
    )
    base_column = forms.ChoiceField(
        label=_("Column that counts them, if the file has one"), required=False
    )
    vintage = forms.RegexField(
        VINTAGE,
        label=_("Year of the figures"),
        error_messages={"invalid": NO_YEAR},
    )
    source_title = forms.CharField(label=_("Name of the source"), max_length=200)
    producer = forms.CharField(label=_("Who produced it"), max_length=200)
    licence = forms.CharField(label=_("Licence, or conditions of use"), max_length=120)
    limits = forms.CharField(
        label=_("What it does not say"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, columns, *args, has_households=False, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(column, column) for column in columns]
        for name in ("code_column", "value_column"):
            self.fields[name].choices = choices
        self.fields["base_column"].choices = [("", _("none")), *choices]
        self.fields["rate_of"].choices = [
            (word, label)
            for word, label in RATE_OF
            if has_households or word != "households"
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("code_column") == cleaned.get("value_column"):
            self.add_error(
                "value_column", _("The code and the figure are two columns.")
            )
        self._check_rate(cleaned)
        return cleaned

    def _check_rate(self, cleaned):
        """Only a percentage is a share of something, which must be said."""
        if cleaned.get("unit") != Unit.PERCENT:
            cleaned["rate_of"] = cleaned["base_column"] = ""
            cleaned["as_shares"] = False
            return
        if not cleaned.get("rate_of"):
            message = _("Say what the percentage is a share of.")
            self.add_error("rate_of", message)
        elif cleaned["rate_of"] != "column":
            cleaned["base_column"] = ""
        elif not cleaned.get("base_column"):
            message = _("Choose the column that counts them, or another answer above.")
            self.add_error("base_column", message)
        elif cleaned["base_column"] in (
            cleaned.get("code_column"),
            cleaned.get("value_column"),
        ):
            message = _("This column is already that of the code or of the figure.")
            self.add_error("base_column", message)
        if cleaned.get("rate_of") == UNKNOWN:
            cleaned["rate_of"] = ""
