from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jalons.accounts.access import DeadLink


class DeadLinkMiddleware:
    """Explains a link that no longer works, wherever in the site it was opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, DeadLink):
            return None
        link = exception.link
        is_expired = not link.is_alive(at=timezone.now())
        context = {
            "link": link,
            "is_expired": is_expired,
            "is_orphan": exception.is_orphan,
        }
        return render(request, "account/dead_link.html", context, status=410)
