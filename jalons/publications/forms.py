from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.publications.composition import PARTS, SURVEY, editions_of
from jalons.publications.models import Report

MADE_BY = (*Report.PEOPLE, "partners", "funders", "thanks")


class ReportForm(forms.ModelForm):
    """What is in it, and who made it."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What it holds"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Report
        fields = ("title", "subtitle", "foreword", "parts", "conclusion", *MADE_BY)
        help_texts = {
            "foreword": gettext_lazy("Leave an empty line between paragraphs."),
            "conclusion": gettext_lazy("Leave an empty line between paragraphs."),
            "director": gettext_lazy(
                "These names will be printed: ask each person first. Leave blank what "
                "does not apply."
            ),
        }

    def __init__(self, data: QueryDict | None, report: Report) -> None:
        super().__init__(data, instance=report)
        field = self.fields["parts"]
        assert isinstance(field, forms.MultipleChoiceField)
        surveys = [
            (
                f"{SURVEY}{one.pk}",
                _("Survey: %(title)s") % {"title": one.synthesis.title},
            )
            for one in editions_of(report.space)
        ]
        field.choices = [*surveys, *PARTS.items()]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[one] for one in ("title", "subtitle", "foreword")]

    @property
    def people(self) -> list[forms.BoundField]:
        return [self[one] for one in MADE_BY]
