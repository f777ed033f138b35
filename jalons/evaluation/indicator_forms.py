"""What a team writes of an indicator: how it is followed, its start, its measures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.evaluation.models import Baseline, Followed, Measure, Question
from jalons.evaluation.values import NotAValue, read_value, typed
from jalons.files.operations import TABLES
from jalons.roadmaps.forms import PlainForm, TextForm
from jalons.roadmaps.models import Roadmap, Stake
from jalons.spaces.fields import Day


class ValueField(forms.CharField):
    """A value as people write it, in the unit of its indicator."""

    def __init__(self, *, unit: str = Followed.Unit.COUNT, **kwargs) -> None:
        super().__init__(max_length=40, **kwargs)
        self.unit = unit

    def in_unit(self, unit: str) -> None:
        self.unit = unit
        self.label = gettext("%(what)s (%(unit)s)") % {
            "what": self.label,
            "unit": Followed.Unit(unit).label,
        }

    def prepare_value(self, value: object) -> object:
        return typed(value) if isinstance(value, Decimal) else value

    def clean(self, value: object) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_value(text, self.unit)
        except NotAValue as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


INDEX_WORDS = ("indice", "index", "ifn", "classement", "rang", "rank", "ranking")
"""What names a relative index: a rise there is the fall of another territory."""
NO_TARGET = _(
    "No target here: a relative index or a rank falls for one when it rises for "
    "another, whatever you do, and context is not yours to aim at. Aim at what you "
    "deliver or at what changes for people."
)


class FollowedForm(PlainForm):
    """How an indicator is followed, whether it is of the catalogue or one's own."""

    target = ValueField(label=_("Target"), required=False)

    class Meta:
        model = Followed
        fields = (
            *("target", "target_on", "stakes", "question", "frequency", "keeper"),
            *("quality", "attribution", "disaggregation"),
        )
        help_texts = {
            "keeper": _("An organisation or a job title, never a person’s name."),
            "attribution": _(
                "A figure may move without you: what else happens at the same time?"
            ),
            "disaggregation": _("For example: age, commune, kind of place."),
        }
        widgets = {
            "target_on": Day(),
            "stakes": forms.CheckboxSelectMultiple,
            "attribution": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        evaluation = self.instance.evaluation
        _among(self, "stakes", evaluation.roadmap.stakes.all())
        question = _among(self, "question", evaluation.questions.all())
        question.empty_label = gettext("none in particular")
        target = self.fields["target"]
        assert isinstance(target, ValueField)
        target.in_unit(self.instance.unit)

    def clean(self) -> None:
        super().clean()
        target = self.cleaned_data.get("target")
        day = self.cleaned_data.get("target_on")
        if (target is not None or day) and not self.instance.takes_target:
            self.add_error("target", str(NO_TARGET))
            return
        if target is not None and not day and "target_on" not in self.errors:
            self.add_error("target_on", gettext("By when? A target has its day."))
        if day and target is None and "target" not in self.errors:
            self.add_error("target", gettext("What is to be reached on that day?"))


class OwnForm(PlainForm):
    """An indicator of the team's own."""

    class Meta:
        model = Followed
        fields = (
            *("name", "level", "definition", "formula", "unit", "direction"),
            *("source", "frequency", "stakes"),
        )
        labels = {"level": _("What does it tell?")}
        help_texts = {
            "definition": _("What is counted, of whom, over which period."),
            "formula": _("For example: people who came back ÷ people met × 100"),
        }
        widgets = {
            "definition": forms.Textarea({"rows": 3}),
            "stakes": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        roadmap: Roadmap = self.instance.evaluation.roadmap
        _among(self, "stakes", roadmap.stakes.all())

    def save(self, commit: bool = True) -> Followed:
        """What names a relative index, or is context, takes no target."""
        row: Followed = super().save(commit=False)
        is_context = row.level == Followed.Level.CONTEXT
        row.takes_target = not is_context and not is_relative(
            f"{row.name} {row.formula}"
        )
        return row


def is_relative(text: str) -> bool:
    """Whether the words name a score or a rank among territories.

    >>> is_relative("Indice de fragilité"), is_relative("Lieux ouverts le soir")
    (True, False)
    """
    found = {one.strip(".,;:()«»'’") for one in text.casefold().split()}
    return not found.isdisjoint(INDEX_WORDS)


class BaselineForm(TextForm):
    value = ValueField(label=_("Where does it start from?"))

    class Meta:
        model = Baseline
        fields = ("value", "measured_on", "source", "vintage", "reason")
        labels = {"measured_on": _("On which day?"), "source": _("From what source?")}
        widgets = {"measured_on": Day(), "vintage": forms.HiddenInput}

    def __init__(self, *args, is_first: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _in_unit(self, self.instance.followed.unit)
        reason = self.fields["reason"]
        reason.required = not is_first
        reason.label = gettext("Why does it change?")
        reason.help_text = gettext("The former one stays, and this reason beside it.")
        if is_first:
            del self.fields["reason"]

    def clean_measured_on(self) -> date:
        return _past(self.cleaned_data["measured_on"])


class MeasureForm(TextForm):
    value = ValueField(
        label=_("What is measured"),
        required=False,
        help_text=_("Leave it empty when it could not be measured, and say why below."),
    )

    class Meta:
        model = Measure
        fields = ("measured_on", "value", "n", "part", "source", "note")
        labels = {
            "measured_on": _("On which day?"),
            "n": _("On how many people, places or answers?"),
            "part": _("Of which part only?"),
        }
        help_texts = {"part": _("A commune, an age… Nothing: the whole.")}
        widgets = {"measured_on": Day(), "note": forms.Textarea({"rows": 2})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _in_unit(self, self.instance.followed.unit)

    def clean_measured_on(self) -> date:
        day = _past(self.cleaned_data["measured_on"])
        if self.instance.followed.is_retired(on=day):
            message = _("This indicator is not followed any more on that day.")
            raise forms.ValidationError(message)
        return day

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("value") is None and not said.get("note") and not self.errors:
            words = gettext(
                "Write the value, or say here why it could not be measured."
            )
            self.add_error("note", words)


class RetireForm(TextForm):
    class Meta:
        model = Followed
        fields = ("retired_on", "retired_because")
        widgets = {"retired_on": Day()}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_retired_on(self) -> date:
        return _past(self.cleaned_data["retired_on"])


class MeasuresFileForm(forms.Form):
    """A table of measures, to be read before it is written."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, XLSX or ODS: one measure a line."),
        widget=forms.ClearableFileInput({"accept": ",".join(TABLES)}),
    )
    dry_run = forms.BooleanField(
        label=_("Only tell me what would be written"), required=False, initial=True
    )


def _among(
    form: forms.BaseForm, name: str, rows: QuerySet[Stake] | QuerySet[Question]
) -> forms.ModelChoiceField:
    """The field, choosing among these rows only."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    return field


def _past(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is not over yet: nothing is measured."))
    return day


def _in_unit(form: forms.BaseForm, unit: str) -> None:
    field = form.fields["value"]
    assert isinstance(field, ValueField)
    field.in_unit(unit)
