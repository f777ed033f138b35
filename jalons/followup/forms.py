from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.followup.models import Progress, ProgressDecision
from jalons.followup.standing import Standing, must_say
from jalons.roadmaps.figures import ActionRead
from jalons.roadmaps.forms import WITHOUT_A_REASON, PlainForm, TextForm
from jalons.roadmaps.models import Action
from jalons.roadmaps.models.standing import REASON_LENGTH
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.territories.models import Territory


class StandingForm(PlainForm):
    """How an action stands today, and why."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_(
            "Needed when the action is late, suspended or given up. Functions and "
            "bodies, never names."
        ),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    class Meta:
        model = Action
        fields = ("status", "ends_on")
        labels = {"status": _("How does it stand?"), "ends_on": _("Ends on")}
        help_texts = {"ends_on": _("Another day, if what is planned has changed.")}
        widgets = {"ends_on": Day()}

    field_order = ("status", "reason", "ends_on")

    def clean(self) -> None:
        super().clean()
        begins, ends = self.instance.starts_on, self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", gettext("This is before it begins."))
        if self.errors or self.cleaned_data["reason"]:
            return
        if must_say(self.standing(), begins, today=timezone.localdate()):
            self.add_error("reason", WITHOUT_A_REASON)

    def compare(self, stored: forms.BaseForm):
        """The reason goes with one change: there is none to compare it with."""
        del stored.fields["reason"]
        return super().compare(stored)

    def standing(self) -> Standing:
        said = self.cleaned_data
        return Standing(Action.Status(said["status"]), said["ends_on"], said["reason"])


class CommunesForm(forms.Form):
    """In which communes of the roadmap each action takes place, by their names."""

    def __init__(
        self,
        *args,
        actions: Sequence[ActionRead],
        communes: Sequence[Territory],
        named: Mapping[int, Sequence[str]],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.actions, self.known = actions, by_name(communes)
        for one in actions:
            self.fields[f"action-{one.row.pk}"] = forms.CharField(
                label=f"{one.code} {one.row.description}",
                required=False,
                initial=", ".join(named.get(one.row.pk, ())),
            )

    def clean(self) -> None:
        super().clean()
        for name in self.fields:
            unknown = [
                one
                for one in split(self.cleaned_data.get(name, ""))
                if one.casefold() not in self.known
            ]
            if unknown:
                words = gettext("Not a commune of this roadmap: %(names)s.")
                self.add_error(name, words % {"names": ", ".join(unknown)})

    def chosen(self) -> dict[int, list[Territory]]:
        """By action, its communes."""
        return {
            one.row.pk: [
                self.known[name.casefold()]
                for name in split(self.cleaned_data[f"action-{one.row.pk}"])
            ]
            for one in self.actions
        }


def split(text: str) -> list[str]:
    """Names apart by commas or semicolons.

    >>> split("Saint-Léonard-de-Noblat ; Bujaleuf,")
    ['Saint-Léonard-de-Noblat', 'Bujaleuf']
    """
    return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def by_name(communes: Sequence[Territory]) -> dict[str, Territory]:
    """By name, or by code where two share a name; the code always works."""
    found = {one.name.casefold(): one for one in communes}
    twins = Counter(one.name.casefold() for one in communes)
    found = {name: one for name, one in found.items() if twins[name] == 1}
    return found | {one.code.casefold(): one for one in communes}


class PeriodForm(TextForm):
    """The period that a progress review looks at, and its comment."""

    class Meta:
        model = Progress
        fields = ("since", "comment")
        labels = {
            "since": _("Since which day?"),
            "comment": _("What the steering committee must know"),
        }
        help_texts = {
            "since": _("The period ends today: that is the day that is frozen."),
            "comment": _(
                "A few sentences; they open the two pages, and you may "
                "change them later."
            ),
        }
        widgets = {"since": Day(), "comment": forms.Textarea({"rows": 5})}

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day >= timezone.localdate():
            raise forms.ValidationError(_("Choose a day before today."))
        return day


class CommentForm(PlainForm):
    class Meta:
        model = Progress
        fields = ("comment",)
        labels = {"comment": _("What the steering committee must know")}
        widgets = {"comment": forms.Textarea({"rows": 5})}


class DecisionForm(TextForm):
    class Meta:
        model = ProgressDecision
        fields = ("text", "actor", "due_on")
        labels = {
            "text": _("What is decided?"),
            "actor": _("Who sees to it?"),
            "due_on": _("For which day?"),
        }
        widgets = {"due_on": Day()}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = Actor.objects.filter(space=space).at_work().in_order()
        chosen = self.fields["actor"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = offered


class FollowForm(TextForm):
    class Meta:
        model = ProgressDecision
        fields = ("state", "note")
        labels = {
            "state": _("Where is it?"),
            "note": _("What became of it, in a few words"),
        }
