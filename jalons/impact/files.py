"""An impact page as files; a story taken back is in none of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse

from jalons.actors.pages import hand_out
from jalons.documents import CONTENT_TYPES, render
from jalons.impact.documents import impact_document
from jalons.impact.models import StoryCard
from jalons.impact.telling import ImpactTold

FORMATS = ("pdf", "docx", "xlsx")


def cards_of(told: ImpactTold) -> list[StoryCard]:
    """Those of the page that still stand, read today."""
    rows = StoryCard.objects.filter(pk__in=told["cards"], withdrawn_at=None)
    return list(rows.select_related("story"))


def as_file(told: ImpactTold, format: str) -> HttpResponse:
    """The file that an address names (404)."""
    cards = cards_of(told)
    if format == "json":
        stories = [
            {"who": one.story.teller, "what": one.story.domain, "text": one.story.text}
            for one in cards
        ]
        shown = {key: value for key, value in told.items() if key != "cards"}
        content = shown | {"stories": stories}
        return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    if format not in FORMATS:
        raise Http404
    document = impact_document(told, cards)
    content_type = CONTENT_TYPES[format]
    return hand_out(render(document, format), content_type, document.title, format)
