from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.adoption import forms as adoption
from jalons.impact.models import ImpactPage, StoryCard
from jalons.roadmaps.forms import PlainForm, TextForm
from jalons.spaces.fields import Day


class ImpactForm(PlainForm):
    class Meta:
        model = ImpactPage
        fields = ("since", "until", "done", "failed", "further")
        labels = {
            "since": _("From which day?"),
            "until": _("Until which day?"),
            "done": _("What was done?"),
            "failed": _("What did not work?"),
            "further": _("What comes next?"),
        }
        help_texts = {
            "done": _("In a few sentences, for somebody who knows nothing of it."),
            "failed": _(
                "Saying it makes the rest believed; figures follow by themselves."
            ),
        }
        widgets = {
            "since": Day(),
            "until": Day(),
            **{
                name: forms.Textarea({"rows": 4})
                for name in ("done", "failed", "further")
            },
        }

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> None:
        super().clean()
        words = gettext("The end is before the beginning: correct one of the two.")
        self.refuse_reversed("since", "until", words)


class CardForm(TextForm):
    """That the person agrees to be read by all: when, and how they said it."""

    is_agreed = forms.BooleanField(
        label=_("The person read or heard this text, and agrees to its being public"),
        help_text=_("They keep a link by which they take it back, on their own."),
    )

    class Meta:
        model = StoryCard
        fields = ("agreed_on", "agreed_how")
        labels = {"agreed_on": _("On which day?"), "agreed_how": _("How?")}
        widgets = {"agreed_on": Day()}

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class WithdrawForm(adoption.WithdrawForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why is this page withdrawn?")
