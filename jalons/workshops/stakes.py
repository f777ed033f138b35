"""From the matrix to the key workstreams: what is critical, worded as a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.meetings.forms import plain
from jalons.workshops.contributing import hold
from jalons.workshops.definitions import read_run_sheets
from jalons.workshops.figures import MatrixLine, results_of
from jalons.workshops.models import IDEA_LENGTH, Activity, Item
from jalons.workshops.operations import EVERYBODY, plan_activity

FIRST_WORDS = ("comment ", "how ")
"""A stake is worded "Comment… ?" (S002-20)."""


@dataclass(frozen=True, slots=True)
class Critical:
    """An item of the matrix, and the stake already made of it."""

    line: MatrixLine
    stake: Item | None


def is_asked(text: str) -> bool:
    """Whether a stake is worded as the method does.

    >>> is_asked("Comment faire\u202f?"), is_asked("La fibre"), is_asked("How far?")
    (True, False, True)
    """
    return text.casefold().startswith(FIRST_WORDS) and text.endswith("?")


def criticals_of(matrix: Activity) -> list[Critical]:
    """Every item in the order of the matrix; the facilitator chooses."""
    stakes = Item.objects.filter(activity__workshop=matrix.workshop, stake=None)
    known = {
        one.origin_id: one
        for one in stakes.filter(activity__kind="workstreams").standing()  # type: ignore[attr-defined]
    }
    return [Critical(one, known.get(one.item.pk)) for one in results_of(matrix).rated]


class StakesForm(forms.Form):
    """For each item that has no stake yet, its wording; empty, it is left."""

    def __init__(self, *args, criticals: Sequence[Critical], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.left = [one.line for one in criticals if one.stake is None]
        for line in self.left:
            words = _("How can we act on “%(item)s”?") % {"item": line.item.text}
            is_first = line.rated.quadrant == "invest"
            self.fields[f"stake-{line.item.pk}"] = forms.CharField(
                label=f"{line.item.number}. {line.item.text}",
                required=False,
                max_length=IDEA_LENGTH,
                initial=words if is_first else "",
            )

    def clean(self) -> None:
        super().clean()
        for name, text in list(self.cleaned_data.items()):
            if not text:
                continue
            try:
                self.cleaned_data[name] = plain(text)
            except ValidationError as error:
                self.add_error(name, error)
                continue
            if not is_asked(self.cleaned_data[name]):
                self.add_error(name, _("Word it as a question: “How…?”."))

    def stakes(self) -> dict[Item, str]:
        said = self.cleaned_data
        by_item = {one.item: said[f"stake-{one.item.pk}"] for one in self.left}
        return {item: text for item, text in by_item.items() if text}


@transaction.atomic
def hand_stakes(matrix: Activity, texts: dict[Item, str], *, by: User) -> Activity:
    """Stakes for the table of key workstreams that follows, which is made if needed.

    Each item gives one stake, whoever asks twice.
    """
    workshop = hold(matrix)
    table = _table_after(matrix, by=by)
    known = set(table.items.standing().values_list("origin_id", flat=True))
    last = table.items.aggregate(last=Max("number"))["last"] or 0
    new = {item: text for item, text in texts.items() if item.pk not in known}
    for number, (item, text) in enumerate(new.items(), start=last + 1):
        Item.objects.create(activity=table, number=number, text=text, origin=item)
    space_id = workshop.meeting.space_id
    details = {"activity": table.pk, "count": len(new)}
    audit.record("stakes.handed", workshop, by=by, details=details, space_id=space_id)
    live.tell(workshop.channel, "changed", to=EVERYBODY)
    return table


def _table_after(matrix: Activity, *, by: User) -> Activity:
    tables = matrix.workshop.activities.filter(kind="workstreams")
    found = tables.filter(position__gt=matrix.position).first() or tables.first()
    if found is not None:
        return found
    (planned,) = read_run_sheets()["workstreams"].activity
    return plan_activity(matrix.workshop, planned, by=by)
