"""Who wrote what, when; what was written before, and how to put it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.adoption.operations import ChangedMeanwhile as PartChangedMeanwhile
from jalons.histories import access, operations
from jalons.histories.figures import changes_of, earlier_of, places_of, revisions_of
from jalons.live.access import read_number
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Revision, Roadmap
from jalons.roadmaps.operations import ChangedMeanwhile
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right

PER_PAGE = 30


@require_safe
@never_cache
def list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that was written in a roadmap, the latest first."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    return render(request, "histories/list.html", _context(request, roadmap, None))


@require_safe
@never_cache
def line(request: SignedInRequest, pk: int, row: str) -> HttpResponse:
    """The same, of one line or of one text of the document."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    found = access.read_line(row)
    return render(request, "histories/line.html", _context(request, roadmap, found))


@never_cache
@form_page
def state(request: SignedInRequest, pk: int, revision_pk: int) -> HttpResponse:
    """What was written then, beside today; one button puts it back."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    revision = access.get_revision(roadmap, revision_pk)
    if request.method == "POST":
        access.require_restore(request.user, revision)
        if _restore(request, revision):
            return redirect("histories:line", pk, str(revision))
    places = places_of(plan_of(roadmap))
    earlier = earlier_of(revision, operations.latest(revision), places)
    can_restore = access.may_restore(request.user, revision)
    context = page(request.user, roadmap, earlier=earlier, can_restore=can_restore)
    return render(request, "histories/state.html", context)


def _context(
    request: SignedInRequest, roadmap: Roadmap, row: tuple[str, int] | None
) -> dict[str, object]:
    plan = plan_of(roadmap)
    places = places_of(plan)
    found = revisions_of(plan, row).select_related("written_by", "source")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    changes = changes_of(shown.object_list, places, whole=row is not None)
    latest = changes[0] if changes else None
    return page(request.user, roadmap, shown=shown, changes=changes, latest=latest)


def _restore(request: SignedInRequest, revision: Revision) -> bool:
    """Put it back; why not, in words, when it could not be."""
    version = read_number(request.POST.get("version")) or 0
    try:
        operations.restore(revision, version=version, by=request.user)
    except (ChangedMeanwhile, PartChangedMeanwhile):
        words = _(
            "Not put back yet: somebody wrote here meanwhile. What that would change "
            "is shown again below; read it, then put it back if you still want to."
        )
        messages.warning(request, words)
        return False
    except operations.NothingAbove:
        words = _(
            "Not put back: the line under which it stood was removed as well. Put that "
            "one back first."
        )
        messages.error(request, words)
        return False
    except operations.AlreadySo:
        messages.info(request, _("It says exactly this today: nothing changed."))
        return True
    messages.success(request, _("Put back: the history keeps both."))
    return True
