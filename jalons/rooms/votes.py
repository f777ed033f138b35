"""The votes of a file: each such as its activity could have received it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from jalons.rooms.bundles import RefusedBundle
from jalons.workshops.marks import Marks, fits, renumber
from jalons.workshops.models import Activity, Ballot, Item, Workshop

Forms = Mapping[int, str]
"""In what form each activity is answered, by its number."""


def forms_of(workshop: Workshop) -> Forms:
    return dict(workshop.activities.values_list("pk", "form"))


def renumbered(marks: object, items: Mapping[int, int]) -> Marks:
    """The same answer under the numbers of the site. Raises RefusedBundle."""
    try:
        return renumber(marks, items)  # type: ignore[arg-type]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        reason = _("An answer of this file points to nothing: make it again.")
        raise RefusedBundle(reason) from error


def check_votes(workshop: Workshop, brought: Sequence[Ballot], before: Forms) -> None:
    """Raises RefusedBundle when a vote is none that its activity could have received.

    Where the form is not what it was, the votes that the site has are read again.
    """
    activities = {one.pk: one for one in workshop.activities.all()}
    options = _options(workshop)
    other = [
        pk for pk, one in activities.items() if before.get(pk, one.form) != one.form
    ]
    for ballot in (*brought, *Ballot.objects.filter(activity__in=other)):
        activity = activities[ballot.activity_id]
        if not fits(activity, ballot.marks, ballot.item_id, options[activity.pk]):
            raise _refused(activity)


def _options(workshop: Workshop) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    items = Item.objects.filter(activity__workshop=workshop)
    for activity, item in items.values_list("activity_id", "pk"):
        found[activity].add(item)
    return found


def _refused(activity: Activity) -> RefusedBundle:
    words = _(
        "A vote on “%(activity)s” is none that it can receive, in the form it has now: "
        "put the same form on both sides, then make the file again."
    )
    return RefusedBundle(words % {"activity": activity.title})
