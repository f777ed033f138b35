from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# The fields and boundaries sent around a file.
FORM_BYTES = 1_000_000


def refuse_large_uploads(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to what announces more than the limit, before a byte of it is read.

    It stands in front of every view, hence before the CSRF check, which would read
    the form. A body without an announced length is taken as empty by Django.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit = settings.MAX_UPLOAD_BYTES + FORM_BYTES
        if not announced.isdigit() or int(announced) <= limit:
            return get_response(request)
        context = {"limit": settings.MAX_UPLOAD_BYTES}
        response = render(request, "files/too_large.html", context, status=413)
        # What is still on its way is not waited for.
        response.headers["Connection"] = "close"
        return response

    return middleware
