"""What the pages of a roadmap share: rights, two people who write at the same time."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, QueryDict

from jalons.accounts.models import User
from jalons.roadmaps.forms import Difference, PlainForm
from jalons.roadmaps.models import Roadmap
from jalons.roadmaps.operations import ChangedMeanwhile, RemovedMeanwhile
from jalons.spaces.access import Right, may, role_in
from jalons.spaces.models import Role


def page(user: User, roadmap: Roadmap, **more: object) -> dict[str, object]:
    """What every page of a roadmap is made of: its menu offers only what opens."""
    return page_of(role_in(user, roadmap.space), roadmap, **more)


def page_of(role: Role | None, roadmap: Roadmap, **more: object) -> dict[str, object]:
    """The same, for a page that already read the role."""
    return {
        "space": roadmap.space,
        "roadmap": roadmap,
        "can_write": may(role, Right.CONTRIBUTE),
        "can_edit": may(role, Right.EDIT),
        **more,
    }


def keep(
    form: PlainForm,
    save: Callable[[int], None],
    read_again: Callable[[object], PlainForm],
    beside: Callable[[], list[Difference]] = list,
) -> list[Difference]:
    """Save what was typed; where somebody else wrote meanwhile, what they wrote.

    `beside` compares what the form does not hold.
    The form then keeps what was typed here, and the next sending replaces theirs
    knowingly. A line that was removed meanwhile is not found.
    """
    try:
        save(form.cleaned_data["version"] or 0)
    except ChangedMeanwhile as changed:
        found = [*form.compare(read_again(changed.stored)), *beside()]
        assert isinstance(form.data, QueryDict)
        form.data = form.data.copy()
        form.data["version"] = str(changed.stored.version)
        return found
    except RemovedMeanwhile:
        raise Http404 from None
    return []
