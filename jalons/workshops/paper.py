"""Points added up by hand after a round on paper, kept beside those of telephones."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.analysis.prospective import NOBODY, OnPaper
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.workshops.contributing import hold
from jalons.workshops.joining import MOST_PEOPLE
from jalons.workshops.models import Activity, Item, PaperCount
from jalons.workshops.operations import EVERYBODY

MOST_POINTS = 4
"""That one person may give an item on one axis: the grade 5 (rule 21)."""
AXES = ("impact", "mastery")
LABELS = {
    "people": _("People"),
    "impact": _("Points of impact"),
    "mastery": _("Points of mastery"),
}


class PaperForm(forms.Form):
    """For each item: how many voted on paper, and the points on both axes."""

    def __init__(
        self, *args, items: list[Item], known: Mapping[int, OnPaper], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for one in items:
            held = known.get(one.pk, NOBODY)
            self._add(one, "people", held.n, held)
            self._add(one, "impact", held.impact_points, held)
            self._add(one, "mastery", held.mastery_points, held)

    def rows(self) -> list[tuple[Item, list[forms.BoundField]]]:
        return [
            (one, [self[f"{name}-{one.pk}"] for name in LABELS]) for one in self.items
        ]

    def counts(self) -> dict[Item, OnPaper]:
        """What was filled for each item offered; nobody where it was left empty."""
        said = self.cleaned_data
        return {
            one: OnPaper(*(said[f"{name}-{one.pk}"] for name in LABELS))
            if said[f"people-{one.pk}"]
            else NOBODY
            for one in self.items
        }

    def clean(self) -> None:
        for one in self.items:
            people = self.cleaned_data.get(f"people-{one.pk}") or 0
            for axis in AXES:
                self._check(f"{axis}-{one.pk}", people)

    def _check(self, name: str, people: int) -> None:
        if name not in self.cleaned_data:
            return
        found, most = self.cleaned_data[name], MOST_POINTS * people
        if people and found is None:
            self.add_error(name, _("Write the points, even 0."))
        elif found is not None and found > most:
            words = {"most": most, "n": people}
            self.add_error(name, _("At most %(most)s: 4 a person, for %(n)s.") % words)

    def _add(self, item: Item, name: str, value: int, held: OnPaper) -> None:
        most = MOST_PEOPLE * (MOST_POINTS if name in AXES else 1)
        self.fields[f"{name}-{item.pk}"] = forms.IntegerField(
            label=f"{LABELS[name]} · {item.text}",
            required=False,
            min_value=0,
            max_value=most,
            initial=value if held.n else None,
        )


@transaction.atomic
def keep_paper_counts(
    activity: Activity, counts: Mapping[Item, OnPaper], *, by: User
) -> None:
    """For the items given, what was counted by hand in the round that is played.

    It takes the place of what was noted; that of an item set aside since stays.
    """
    workshop = hold(activity)
    PaperCount.objects.filter(item__in=counts, round=activity.round).delete()
    filled = {item: found for item, found in counts.items() if found.n}
    for item, found in filled.items():
        PaperCount.objects.create(
            item=item,
            round=activity.round,
            people=found.n,
            impact_points=found.impact_points,
            mastery_points=found.mastery_points,
        )
    space_id = workshop.meeting.space_id
    details = {"activity": activity.pk, "items": len(filled)}
    audit.record(
        "activity.counted", workshop, by=by, details=details, space_id=space_id
    )
    live.tell(workshop.channel, "results", to=EVERYBODY)
