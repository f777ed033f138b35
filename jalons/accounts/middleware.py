from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from jalons.accounts import given_back
from jalons.accounts.access import Gone


class SignedInMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in page whoever is not signed in, without losing a form."""

    def handle_no_permission(  # type: ignore[override]  # ours is not only a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if request.method == "POST":
            return given_back.session_ended(request)
        return super().handle_no_permission(request, view_func)


class GoneMiddleware:
    """Explains an address that no longer works, wherever in the site it was opened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return gone(request, exception) if isinstance(exception, Gone) else None


def gone(request: HttpRequest, error: Gone) -> HttpResponse:
    response = render(request, error.template, error.context, status=410)
    # A 410 may be kept for ever by what keeps copies, and the address may open again.
    add_never_cache_headers(response)
    return response
