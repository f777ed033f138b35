from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.network.models import TITLE_LENGTH, Amendment, Exchange, FollowUp
from jalons.roadmaps.forms import EARLIEST, PlainForm
from jalons.spaces.fields import Day


class FollowUpForm(PlainForm):
    """What the centre knows of a territory, and how it knows it."""

    class Meta:
        model = FollowUp
        fields = ("strand", "strand_source", "strand_on", "is_flagged", "flag_reason")
        labels = {
            "strand": _("Does its project have a part on digital inclusion?"),
            "strand_source": _("How do you know it?"),
            "strand_on": _("Known on"),
            "is_flagged": _("It is a fragile territory for us"),
            "flag_reason": _("Why?"),
        }
        help_texts = {
            "strand": _("Blank as long as you do not know."),
            "strand_source": _("For example: the project voted in June, a call."),
            "flag_reason": _("Your own criteria, in one sentence."),
        }
        widgets = {"strand_on": Day()}

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("strand"):
            self._require("strand_source", gettext("Say how you know it."))
            self._require("strand_on", gettext("Say when it was known."))
        if said.get("is_flagged"):
            self._require("flag_reason", gettext("Say why, in one sentence."))

    def _require(self, name: str, words: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, words)

    def clean_strand_on(self) -> date | None:
        return _past(self.cleaned_data["strand_on"])


class ExchangeForm(PlainForm):
    """A contact, and what comes next."""

    class Meta:
        model = Exchange
        fields = (
            *("day", "kind", "counterpart", "summary", "support"),
            *("next_step", "next_on", "next_done_on"),
        )
        labels = {
            "day": _("On what day?"),
            "kind": _("How?"),
            "counterpart": _("With whom? The function, not the name"),
            "summary": _("What was said?"),
            "support": _("What did you give?"),
            "next_step": _("What comes next?"),
            "next_on": _("Before what day?"),
            "next_done_on": _("Done on"),
        }
        help_texts = {
            "counterpart": _("For example: director general of services."),
            "next_done_on": _("Blank as long as it is not done."),
        }
        widgets = {
            "day": Day(),
            "next_on": Day(),
            "next_done_on": Day(),
            "summary": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        is_dated = said.get("next_on") or said.get("next_done_on")
        if is_dated and not said.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", gettext("Say what, or leave the days blank."))

    def clean_day(self) -> date | None:
        return _past(self.cleaned_data["day"])

    def clean_next_done_on(self) -> date | None:
        return _past(self.cleaned_data["next_done_on"])


class AmendmentForm(PlainForm):
    """Other words for a proposal, or that it is not to be made; always with why."""

    class Meta:
        model = Amendment
        fields = ("words", "support", "is_set_aside", "reason")
        labels = {
            "words": _("What do you propose?"),
            "support": _("What would you give?"),
            "is_set_aside": _("Do not propose it to this territory"),
            "reason": _("Why?"),
        }
        help_texts = {"reason": _("For your team, when it opens this page again.")}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}


class ViewForm(forms.Form):
    """The name of filters kept; a name already there takes the new ones."""

    title = forms.CharField(
        label=_("Keep these filters under a name"), max_length=TITLE_LENGTH
    )


def _past(day: date | None) -> date | None:
    if day and not EARLIEST <= day <= timezone.localdate():
        raise ValidationError(_("Give a day that has come, since 2000."))
    return day
