"""What Aides-territoires offers for an action: asked on purpose, kept with its day."""

from __future__ import annotations

from allauth.core import ratelimit
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import form_page
from jalons.funding import access, aides_territoires, operations
from jalons.funding.aides_territoires import Question, Unavailable
from jalons.funding.fitting import searchable
from jalons.funding.forms import SearchForm
from jalons.funding.models import Reading
from jalons.roadmaps.access import get_action, get_roadmap
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action, Roadmap
from jalons.roadmaps.pages import page
from jalons.spaces.access import Right


@never_cache
@form_page
def search(request: SignedInRequest, pk: int, action_pk: int) -> HttpResponse:
    """Ask, then read what was offered the last time."""
    roadmap = get_roadmap(request.user, pk, Right.CONTRIBUTE)
    row = get_action(roadmap, action_pk)
    last = Reading.objects.filter(action=row).select_related("territory").first()
    form = SearchForm(
        request.POST or None, roadmap=roadmap, initial=_begins(roadmap, row, last)
    )
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="search_schemes"):
            return respond_429(request)
        if _asked(request, row, Question(**form.cleaned_data)):
            return redirect("funding:search", pk, action_pk)
    context = page(request.user, roadmap, form=form, reading=last)
    context |= {
        "action": plan_of(roadmap).action(row),
        "is_on": aides_territoires.is_on(),
        "known": _known(roadmap),
    }
    return render(request, "funding/search.html", context)


@require_POST
def keep(
    request: SignedInRequest, pk: int, action_pk: int, offer_pk: int
) -> HttpResponse:
    """Put one in the catalogue of the team, its source said."""
    roadmap = get_roadmap(request.user, pk, Right.EDIT)
    offer = access.get_offer(get_action(roadmap, action_pk), offer_pk)
    operations.put_in_catalogue(offer, roadmap.space, by=request.user)
    words = _("“%(row)s” is in your catalogue, with its source.")
    messages.success(request, words % {"row": offer})
    return redirect("funding:search", pk, action_pk)


def _begins(roadmap: Roadmap, row: Action, last: Reading | None) -> dict[str, object]:
    """What was asked the last time; at first, the themes of the workstream."""
    if last is not None:
        return {
            "territory": last.territory_id,
            "words": last.words,
            "applicant": last.applicant,
        }
    theme = next(iter(row.workstream.themes), "")
    return {"territory": searchable(roadmap).first(), "words": theme}


def _asked(request: SignedInRequest, row: Action, question: Question) -> bool:
    """Ask and keep; where nothing was read, what was kept stays, and it is said."""
    try:
        answer = aides_territoires.search(question)
    except Unavailable as error:
        messages.error(request, str(error))
        return False
    operations.keep_answer(row, question, answer, by=request.user)
    return True


def _known(roadmap: Roadmap) -> set[str]:
    """The numbers, there, of those that the catalogue holds already."""
    start = operations.CODE_START
    codes = roadmap.space.schemes.filter(code__startswith=start)
    return {one.removeprefix(start) for one in codes.values_list("code", flat=True)}
