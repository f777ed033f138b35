"""What the pages of a roadmap share: two people who write at the same time."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict

from jalons.roadmaps.forms import Difference, PlainForm
from jalons.roadmaps.operations import ChangedMeanwhile


def keep(
    form: PlainForm,
    save: Callable[[int], None],
    read_again: Callable[[object], PlainForm],
    beside: Callable[[], list[Difference]] = list,
) -> list[Difference]:
    """Save what was typed; where somebody else wrote meanwhile, what they wrote.

    `beside` compares what the form does not hold.
    The form then keeps what was typed here, and the next sending replaces theirs
    knowingly.
    """
    try:
        save(form.cleaned_data["version"] or 0)
    except ChangedMeanwhile as changed:
        found = [*form.compare(read_again(changed.stored)), *beside()]
        assert isinstance(form.data, QueryDict)
        form.data = form.data.copy()
        form.data["version"] = str(changed.stored.version)
        return found
    return []
