"""What a page listens to, and the same by asking again where nothing can be pushed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.handlers.asgi import ASGIRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jalons.live import access
from jalons.live.asking import told
from jalons.live.reading import catch_up
from jalons.live.stream import follow


@require_safe
@login_not_required
async def stream(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Events as they happen. A server that cannot push answers 204: ask again then."""
    listener = access.find_listener(secret)
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=204)
    asked = request.headers.get("Last-Event-ID") or request.GET.get("apres")
    after = access.read_number(asked) or 0
    response = StreamingHttpResponse(
        follow(listener, after), content_type="text/event-stream"
    )
    # Neither kept, nor compressed, nor held back by a proxy.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Encoding"] = "identity"
    response.headers["X-Accel-Buffering"] = "no"
    return response


@require_safe
@never_cache
@login_not_required
def since(request: HttpRequest, secret: str) -> HttpResponse:
    """The same events after a number, as JSON, for whoever asks every two seconds."""
    listener = access.find_listener(secret)
    after = access.read_number(request.GET.get("apres")) or 0
    return JsonResponse(told(catch_up(listener.channel, after), listener.audience))
