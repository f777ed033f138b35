from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.forms import PlainForm
from jalons.roadmaps.models import Action, Aspect, Inspiration, Outcome

NOTE_LENGTH = 300


class StudyForm(PlainForm):
    """How an action is led and counted, then each aspect of what makes it feasible."""

    class Meta:
        model = Action
        fields = ("steps", "resources", "indicators")
        labels = {
            "steps": _("By which steps? One per line"),
            "resources": _("With which resources? One per line"),
            "indicators": _("How will you see that it works? One per line"),
        }
        help_texts = {"indicators": _("What is counted, by whom, from which figure.")}
        widgets = dict.fromkeys(fields, forms.Textarea({"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for one in self.instance.studied:
            name, note = one.aspect.value, f"{one.aspect.value}_note"
            self.fields[name] = forms.ChoiceField(
                label=one.aspect.label,
                choices=[("", _("not examined")), *Outcome.choices],
                required=False,
            )
            self.fields[note] = forms.CharField(
                label=format_lazy(
                    _("{aspect}: on what this stands"), aspect=one.aspect.label
                ),
                max_length=NOTE_LENGTH,
                required=False,
            )
            self.initial[name] = one.outcome.value if one.outcome else ""
            self.initial[note] = one.note

    def save(self, commit: bool = True) -> Action:
        said = self.cleaned_data
        self.instance.feasibility = {
            one.value: {"outcome": said[one.value], "note": said[f"{one.value}_note"]}
            for one in Aspect
            if said[one.value] or said[f"{one.value}_note"]
        }
        action: Action = super().save(commit)
        return action


class InspirationForm(PlainForm):
    address = forms.URLField(
        label=_("Where to read about it"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    class Meta:
        model = Inspiration
        fields = ("title", "carried_by", "address", "verdict", "reason")
        labels = {"title": _("What did they do?")}
        help_texts = {
            "carried_by": _("A territory or an organisation, never a person’s name."),
            "reason": _("What you take from it, or why it would not work here."),
        }
        widgets = {
            "title": forms.Textarea({"rows": 2}),
            "reason": forms.Textarea({"rows": 3}),
        }
