"""What the pages of a roadmap share: rights, two people who write at the same time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.roadmaps.budget_forms import compare_budget
from jalons.roadmaps.forms import Difference, PlainForm
from jalons.roadmaps.models import Roadmap, Versioned
from jalons.roadmaps.operations import ChangedMeanwhile, RemovedMeanwhile
from jalons.spaces.access import Right, may, role_in
from jalons.spaces.models import Role, Space


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


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form: kept, or what somebody else wrote meanwhile."""

    is_kept: bool = False
    theirs: Sequence[Difference] = ()


def keep_sent(
    request: HttpRequest,
    form: PlainForm,
    save: Callable[[int], object],
    told: str,
    *,
    read_again: Callable[[Versioned], PlainForm] | None = None,
    budget: BaseFormSet | None = None,
) -> Sent:
    """Keep what a page sends, and say so; nothing when it is opened or to be mended.

    `read_again` makes the form of what is stored, when the form needs more than that.
    """
    if request.method != "POST" or not form.is_valid():
        return Sent()
    if budget is not None and not budget.is_valid():
        return Sent()
    again = read_again or (lambda stored: type(form)(instance=stored))
    row = form.instance
    beside = list if budget is None else lambda: compare_budget(budget, row)
    theirs = keep(form, save, again, beside)
    if not theirs:
        messages.success(request, told)
    return Sent(is_kept=not theirs, theirs=theirs)


def keep(
    form: PlainForm,
    save: Callable[[int], object],
    read_again: Callable[[Versioned], PlainForm],
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


def take_up(space: Space) -> tuple[str, str]:
    """How what a workshop gave reaches a roadmap: words and address.

    The only roadmap of the space, the list when there are several; none, it is started
    first, and then takes up what is there.
    """
    found = list(space.roadmaps.values_list("pk", flat=True)[:2])
    if not found:
        return _("Make a roadmap of it"), reverse("roadmaps:add", args=[space.pk])
    words = _("Take it up in a roadmap")
    if len(found) == 1:
        return words, reverse("roadmaps:adopt", args=found)
    return words, reverse("roadmaps:list", args=[space.pk])
