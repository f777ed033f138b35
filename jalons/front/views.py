from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from jalons.accounts.access import SignedInRequest
from jalons.actors.models import Actor
from jalons.directory.models import PlaceList
from jalons.documents.pasted import as_written
from jalons.front import guides, pictures
from jalons.front.demonstration import doors, visit
from jalons.front.examples import examples
from jalons.front.sources import all_sources
from jalons.hosts.figures import identity
from jalons.library.finding import answers_to
from jalons.search.figures import find
from jalons.territories.models import Territory

Kind = Territory.Kind
SECURITY_TEXT_LASTS = timedelta(days=180)
# The library has its own page for the rest.
SHEETS_SHOWN = 5
NEAR_SHOWN = 5
"""Names that only look alike, under those that were really typed."""


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "demo": doors(),
        "picture": pictures.densities(),
        "host": identity(),
        # A door that opens on nothing would be the first thing read.
        "has_places": PlaceList.objects.shown().exists(),
        "has_actors": Actor.objects.public().exists(),
    }
    return render(request, "front/home.html", context)


@require_safe
def demonstration(request: SignedInRequest) -> HttpResponse:
    """What the demonstration holds, for whoever signs in: what each may open."""
    found = visit(request.user)
    if found is None:
        raise Http404
    parts = (
        (_("Collect"), found.collecting),
        (_("Agree"), found.agreeing),
        (_("Give back"), found.giving_back),
        (_("Act on a territory"), found.acting),
        (_("Read what is published"), found.published),
    )
    offered = [(title, stops) for title, stops in parts if stops]
    return render(request, "front/demonstration.html", {"parts": offered})


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database answers: the supervisor's question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_POST
@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, and come back to the page being read."""
    return set_language(request)


@require_POST
def pasted(request: HttpRequest) -> HttpResponse:
    """What was pasted in a field, in the marks that its document understands."""
    words = as_written(request.POST.get("html", ""))
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    hits = find(query, kinds=[str(kind) for kind in Kind]) if query else []
    sheets = [one.sheet for one in answers_to(query, limit=SHEETS_SHOWN)]
    said = [hit for hit in hits if hit.is_said]
    near = [hit for hit in hits if not hit.is_said]
    context = {
        "query": query,
        "hits": said,
        "near": near[:NEAR_SHOWN] if said else near,
        "sheets": sheets,
    }
    return render(request, "front/search.html", context)


@require_safe
@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "front/components.html", {"examples": examples()})


@require_safe
@login_not_required
def guide(request: HttpRequest, name: str = guides.FIRST) -> HttpResponse:
    found = guides.guide(name)
    if found is None:
        raise Http404
    context = {
        "guide": found,
        "is_first": name == guides.FIRST,
        "is_demo": settings.DEMO,
    }
    return render(request, "front/guide.html", context)


@require_safe
@login_not_required
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "front/legal.html", {"host": identity()})


@require_safe
@login_not_required
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "front/sources.html", {"sources": all_sources()})


@require_safe
@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); nobody is invented."""
    contact = settings.SECURITY_CONTACT or identity().contact
    if "@" in contact and " " not in contact:
        contact = f"mailto:{contact}"
    elif not contact.startswith("https://"):
        raise Http404
    until = (timezone.now() + SECURITY_TEXT_LASTS).replace(microsecond=0)
    said = (
        f"Contact: {contact}\n"
        f"Expires: {until.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n"
        "Preferred-Languages: fr, en\n"
    )
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
