from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from jalons.questionnaires.models import Version
from jalons.questionnaires.reading import reading_of

WORDINGS = {"fr": "Français", "fr_easy": "Facile à lire", "en": "English"}


@require_safe
@login_not_required
def list(request: HttpRequest) -> HttpResponse:
    """The last version of each questionnaire, open to all."""
    versions = Version.objects.latest_each().select_related("questionnaire")
    context = {
        "versions": versions.order_by("questionnaire__code"),
        "wording": _wording(""),
    }
    return render(request, "questionnaires/list.html", context)


@require_safe
@login_not_required
def show(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version asks and how it counts, in one of its wordings."""
    versions = Version.objects.select_related("questionnaire")
    version = get_object_or_404(versions, questionnaire__code=code, number=number)
    definition = version.read()
    wording = _wording(request.GET.get("texte", ""))
    published = sum(definition.indicators.values())
    context = {
        "version": version,
        "definition": definition,
        "reading": reading_of(definition, request.GET),
        "wording": wording,
        "text_language": wording[:2],
        "wordings": WORDINGS.items(),
        "published_count": published,
        "own_count": len(definition.indicators) - published,
        "others": version.questionnaire.versions.exclude(pk=version.pk),
    }
    return render(request, "questionnaires/show.html", context)


def _wording(asked: str) -> str:
    """The wording asked for, else that of the reader's language."""
    if asked in WORDINGS:
        return asked
    return "en" if (get_language() or "fr").startswith("en") else "fr"
