"""What may be printed or pasted, made from the roadmap or from one of its meetings."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import hand_out
from jalons.communication import access, materials
from jalons.communication.facts import notice_of
from jalons.documents import CONTENT_TYPES, render
from jalons.roadmaps.access import get_roadmap
from jalons.roadmaps.figures import plan_of
from jalons.spaces.access import Right


@require_safe
def material(
    request: SignedInRequest, pk: int, material: str, format: str
) -> HttpResponse:
    """A poster, a slip or a text; `?rencontre=` makes it that of a meeting."""
    roadmap = get_roadmap(request.user, pk, Right.READ)
    asked = request.GET.get("rencontre")
    meeting = access.get_meeting(roadmap, asked) if asked else None
    notice = notice_of(plan_of(roadmap), meeting)
    match material, format:
        case "affiche", "pdf":
            content, kind = materials.printed(notice, "a4"), CONTENT_TYPES["pdf"]
        case "billet", "pdf":
            content, kind = materials.printed(notice, "a5"), CONTENT_TYPES["pdf"]
        case "bulletin", "txt":
            content = materials.bulletin_text(notice).encode()
            kind = "text/plain; charset=utf-8"
        case "bulletin", ("pdf" | "docx" | "odt"):
            content = render(materials.bulletin_document(notice), format)
            kind = CONTENT_TYPES[format]
        case _:
            raise Http404
    return hand_out(content, kind, f"{material} {notice.title}", format)
