"""Places that look alike: looked for, compared, merged field by field, parted."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jalons.accounts.access import SignedInRequest
from jalons.curation import access, duplicates, tasks
from jalons.curation.duplicates import FIELDS
from jalons.curation.models import Resemblance
from jalons.directory.models import Place
from jalons.directory.operations import SERVICES
from jalons.directory.reading import LISTS
from jalons.directory.vocabulary import read_vocabulary
from jalons.directory.words import opening_said
from jalons.spaces.access import Right, get_space

PER_PAGE = 40
Verdict = Resemblance.Verdict
form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the two places, as each list says it."""

    name: str
    title: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        return self.first != self.second


@form_page
def twins(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """The pairs to be looked at, and those decided."""
    space = get_space(request.user, space_pk, Right.EDIT)
    if request.method == "POST":
        tasks.look_for_twins.enqueue(space.pk)
        messages.success(
            request, _("The places are being compared: come back in a minute.")
        )
        return redirect("curation:twins", space_pk)
    pairs = space.resemblances.select_related("first", "second", "kept")
    waiting = pairs.filter(verdict=Verdict.OPEN).order_by("-score", "pk")
    context = {
        "space": space,
        "page": Paginator(waiting, PER_PAGE).get_page(request.GET.get("page")),
        "decided": pairs.exclude(verdict=Verdict.OPEN).order_by("-decided_at")[:20],
    }
    return render(request, "curation/twins.html", context)


@form_page
def compare(request: SignedInRequest, space_pk: int, pair_pk: int) -> HttpResponse:
    """Two places side by side; which to keep, and what to take from the other."""
    space = get_space(request.user, space_pk, Right.EDIT)
    pair = access.get_resemblance(space, pair_pk)
    if request.method == "POST" and pair.verdict == Verdict.OPEN:
        if request.POST.get("verdict") == "different":
            duplicates.tell_apart(pair, by=request.user)
            messages.success(request, _("These are two places: not proposed again."))
            return redirect("curation:twins", space_pk)
        return _merge(request, pair)
    context = {"space": space, "pair": pair, "rows": _rows(pair)}
    return render(request, "curation/compare.html", context)


def _merge(request: SignedInRequest, pair: Resemblance) -> HttpResponse:
    keeps_second = request.POST.get("kept") == "second"
    kept = pair.second if keeps_second else pair.first
    other = "first" if keeps_second else "second"
    taken = [
        name for name in (*FIELDS, SERVICES) if request.POST.get(f"f_{name}") == other
    ]
    try:
        duplicates.merge_places(pair, kept, taken, by=request.user)
    except duplicates.NotOurs:
        message = _(
            "The other place is in a list that your team does not keep: it can be "
            "kept, not hidden. Keep it, and yours is hidden."
        )
        messages.error(request, message)
        return redirect("curation:compare", pair.space_id, pair.pk)
    messages.success(request, _("One place is shown instead of two."))
    return redirect("curation:twins", pair.space_id)


@require_POST
def part(request: SignedInRequest, space_pk: int, pair_pk: int) -> HttpResponse:
    space = get_space(request.user, space_pk, Right.EDIT)
    pair = access.get_resemblance(space, pair_pk)
    duplicates.part_places(pair, by=request.user)
    messages.success(request, _("The merging is undone: two places are shown."))
    return redirect("curation:twins", space_pk)


def _rows(pair: Resemblance) -> list[Row]:
    """Every field that one of the two says, those that differ first."""
    rows = [
        Row(name, title, _said(pair.first, name), _said(pair.second, name))
        for name, title in _titles().items()
    ]
    said = [row for row in rows if row.first or row.second]
    return sorted(said, key=lambda row: not row.differs)


def _titles() -> dict[str, str]:
    return {
        "name": _("Name"),
        "address": _("Address"),
        "address_more": _("Rest of the address"),
        "postcode": _("Postal code"),
        "opening": _("Opening hours"),
        "phone": _("Telephone"),
        "mailboxes": _("E-mail"),
        "websites": _("Site"),
        SERVICES: _("Help given"),
        "summary": _("In a few words"),
        "description": _("Description"),
        "kinds": _("Kind of place"),
        "publics": _("Who is welcome"),
        "care": _("Particular needs"),
        "costs": _("Cost"),
        "access_modes": _("How to come"),
        "support_modes": _("Way of helping"),
        "programmes": _("National programmes"),
        "labels": _("Labels and training"),
        "access_page": _("How accessible the building is (Acceslibre)"),
        "booking_page": _("Book an appointment online"),
    }


def _said(place: Place, name: str) -> str:
    """A value in the reader's words."""
    columns = {field: column for column, field in LISTS.items()}
    if name == "opening":
        return opening_said(place.opening, place.zone)
    if name == SERVICES:
        codes = sorted(one.kind for one in place.services.all())
        return " · ".join(read_vocabulary().said(SERVICES, codes))
    value = getattr(place, name)
    if name in columns:
        return " · ".join(read_vocabulary().said(columns[name], value))
    return " · ".join(value) if isinstance(value, list) else str(value or "")
