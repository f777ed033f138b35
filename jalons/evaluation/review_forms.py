"""What a review says, and the stories it keeps."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.evaluation.models import Review, Story
from jalons.roadmaps.forms import PlainForm, TextForm
from jalons.spaces.fields import Day


class ReviewForm(PlainForm):
    class Meta:
        model = Review
        fields = (
            *("moment", "held_on", "who", "judgement", "evidence"),
            *("unexpected", "negative", "decision", "next_on"),
        )
        labels = {
            "moment": _("When does it take place?"),
            "held_on": _("Held on"),
            "judgement": _("What changed, and how far did you help?"),
            "evidence": _("What does that rest on?"),
            "unexpected": _("What happened that nobody expected?"),
            "negative": _("What went wrong, or harmed somebody?"),
            "decision": _("What is decided next?"),
            "next_on": _("When is the next review?"),
        }
        help_texts = {
            "who": _("Bodies and functions, never names."),
            "judgement": _(
                "Say “we helped”, not “we caused”: other things happened meanwhile."
            ),
            "evidence": _("Figures, words heard, observations; what is missing too."),
            "negative": _("A review that finds none has not looked: ask everybody."),
        }
        widgets = {
            "held_on": Day(),
            "next_on": Day(),
            **{
                name: forms.Textarea({"rows": 4})
                for name in (
                    *("judgement", "evidence", "unexpected", "negative", "decision"),
                )
            },
        }

    def clean_held_on(self) -> date:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Write the review once it is held."))
        return day

    def clean(self) -> None:
        super().clean()
        words = gettext("The next one is before this one: correct one of the two.")
        self.refuse_reversed("held_on", "next_on", words)


class StoryForm(TextForm):
    class Meta:
        model = Story
        fields = ("teller", "domain", "text", "chosen_because", "is_agreed")
        labels = {
            "teller": _("Who tells it?"),
            "domain": _("What changed, in a few words?"),
            "text": _("The story, as it was told"),
        }
        help_texts = {
            "teller": _(
                "A situation, never a name: for example “a retired inhabitant”."
            ),
            "chosen_because": _("Stories are chosen together: say what decided you."),
        }
        widgets = {"text": forms.Textarea({"rows": 6})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_agreed"].required = True
