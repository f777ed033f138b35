"""What a supervisor asks: is the site ready, and how is it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from jalons.cli import metrics, pulse

# What a proxy adds: behind one, every visitor seems to come from this machine.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


@require_safe
@login_not_required
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether pages can be served: the database answers, its tables are ours.

    A worker that takes no task is said, and stops no page.
    """
    try:
        late = pulse.pending_migrations()
        wait = pulse.oldest_wait(timezone.now())
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "away"}, status=503)
    said = {
        "ready": not late,
        "database": "late" if late else "good",
        "tasks": "late" if wait > pulse.PATIENCE else "good",
    }
    return JsonResponse(said, status=503 if late else 200)


@require_safe
@login_not_required
@never_cache
def measures(request: HttpRequest) -> HttpResponse:
    """How the site is, as Prometheus reads it: for this machine, or with the key."""
    if not _may_measure(request):
        raise Http404
    return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if token := settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {token}")
    is_forwarded = any(name in request.META for name in FORWARDED)
    is_near = request.META.get("REMOTE_ADDR") in settings.LOOPBACK_HOSTS
    return is_near and not is_forwarded and not settings.ALLAUTH_TRUSTED_PROXY_COUNT
