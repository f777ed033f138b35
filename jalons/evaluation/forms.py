"""What a team writes of its evaluation: the theory, the questions, the choice."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.evaluation import words
from jalons.evaluation.catalogue import Entry, read_catalogue, said
from jalons.evaluation.figures import EvaluationRead
from jalons.evaluation.models import Box, Evaluation, Followed, Question
from jalons.evaluation.models.plans import BOX_LENGTH
from jalons.evaluation.theory import SOURCES
from jalons.roadmaps.forms import PlainForm

MOST_BOXES = 12
"""More statements in one part of the theory than anybody can hold together."""


def label_of(entry: Entry) -> str:
    return (
        f"{entry} ({gettext('computed by Jalons')})"
        if entry.is_computed
        else f"{entry}"
    )


class PurposeForm(PlainForm):
    class Meta:
        model = Evaluation
        fields = ("purpose",)
        labels = {"purpose": _("What do you want to know, and for whom?")}
        help_texts = {
            "purpose": _(
                "For example: whether isolated people get help, to decide with "
                "elected members whether the bus goes on."
            )
        }
        widgets = {"purpose": forms.Textarea({"rows": 3})}


class StartForm(PurposeForm):
    """The first minute: what for, and the common core of indicators, ticked."""

    codes = forms.MultipleChoiceField(
        label=_("What will you follow?"),
        help_text=_(
            "The common core is ticked. Untick what does not concern you; others "
            "can be added later, your own too."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        core = [one for one in read_catalogue().indicator if one.is_core]
        codes = self.fields["codes"]
        assert isinstance(codes, forms.MultipleChoiceField)
        codes.choices = [(one.code, label_of(one)) for one in core]
        self.initial["codes"] = [one.code for one in core]


class BoxesForm(PlainForm):
    """One part of the theory of change, a statement a line."""

    lines = forms.CharField(
        required=False,
        max_length=MOST_BOXES * (BOX_LENGTH + 2),
        widget=forms.Textarea({"rows": 6}),
    )

    class Meta:
        model = Evaluation
        fields = ()

    def __init__(self, *args, kind: Box.Kind, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lines"]
        field.label = words.asked(kind)
        hint = gettext("One a line, a few lines are enough.")
        field.help_text = f"{hint} {words.example(kind)}"
        boxes = self.instance.boxes.filter(kind=kind)
        self.initial["lines"] = "\n".join(one.text for one in boxes)

    def clean(self) -> None:
        super().clean()
        lines = self.texts()
        if len(lines) > MOST_BOXES:
            message = gettext("More than %(n)s lines: gather some of them.")
            self.add_error("lines", message % {"n": MOST_BOXES})
        for rank, one in enumerate(lines, start=1):
            if len(one) > BOX_LENGTH:
                message = gettext("Line %(line)s is too long: cut it in two.")
                self.add_error("lines", message % {"line": rank})

    def texts(self) -> list[str]:
        said = (self.cleaned_data.get("lines") or "").splitlines()
        return [" ".join(one.split()) for one in said if one.strip()]


class LinksForm(PlainForm):
    """What each statement comes from, among those of the columns before it."""

    class Meta:
        model = Evaluation
        fields = ()

    def __init__(self, *args, read: EvaluationRead, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.boxes: dict[str, Box] = {}
        self.known = {
            one.row.pk: one.row for each in read.boxes.values() for one in each
        }
        for kind, before in SOURCES.items():
            choices = [
                (one.row.pk, f"{each.label} · {one.row.text}")
                for each in before
                for one in read.boxes.get(each, ())
            ]
            for one in read.boxes.get(kind, ()) if choices else ():
                name = f"box-{one.row.pk}"
                self.boxes[name] = one.row
                self.fields[name] = forms.TypedMultipleChoiceField(
                    label=f"{kind.label} · {one.row.text}",
                    choices=choices,
                    coerce=int,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
                self.initial[name] = [each.pk for each in one.sources]

    def sources(self) -> dict[Box, list[Box]]:
        return {
            box: [self.known[pk] for pk in self.cleaned_data[name]]
            for name, box in self.boxes.items()
        }


class QuestionForm(PlainForm):
    class Meta:
        model = Question
        fields = ("text", "kind", "criterion")
        labels = {"text": _("The question"), "kind": _("What does it ask?")}
        help_texts = {
            "text": _("One that you will be able to answer: few are enough."),
            "criterion": _("What you will look at, and from what point it is yes."),
        }
        widgets = {
            "text": forms.Textarea({"rows": 2}),
            "criterion": forms.Textarea({"rows": 2}),
        }

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if not text.endswith("?"):
            raise forms.ValidationError(_("A question ends with a question mark."))
        return str(text)


class ChooseForm(forms.Form):
    """The catalogue, level by level; what is followed already is not asked again."""

    def __init__(self, *args, followed: set[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            one for one in read_catalogue().indicator if one.code not in followed
        ]
        self.has_core = any(one.is_core for one in offered)
        for level in Followed.Level:
            choices = [
                (one.code, _offered(one)) for one in offered if one.level == level
            ]
            if choices:
                self.fields[level.value] = forms.MultipleChoiceField(
                    label=level.label,
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def clean(self) -> None:
        super().clean()
        if not self.errors and not list(self.codes()):
            raise forms.ValidationError(_("Tick one indicator at least."))

    def codes(self) -> Iterator[str]:
        for level in Followed.Level:
            yield from self.cleaned_data.get(level.value, ())


def _offered(entry: Entry) -> str:
    core = f"★ {gettext('common core')} · " if entry.is_core else ""
    return f"{core}{label_of(entry)}{gettext(': ')}{said(entry.definition)}"


class StakesForm(forms.Form):
    """Which indicators of what changes serve each stake."""

    def __init__(self, *args, read: EvaluationRead, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.read = read
        outcomes = [one for one in read.in_use if one.is_outcome]
        for number, stake in enumerate(read.stakes, start=1):
            name = f"stake-{stake.pk}"
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=f"{number}. {stake.text}",
                choices=[(one.row.pk, one.row.said.name) for one in outcomes],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial[name] = [one.row.pk for one in outcomes if stake in one.stakes]

    def chosen(self) -> dict[int, list[int]]:
        """By stake, the indicators that serve it."""
        return {
            stake.pk: self.cleaned_data[f"stake-{stake.pk}"]
            for stake in self.read.stakes
        }
