"""What every answer goes through: how often one asks, who may read it, what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from jalons.api import limits, problems

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
SEEN_FROM_ELSEWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
    ),
}
"""A page of any site may read public data; none is read with a cookie."""
MAY_BE_ASKED = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
"""What a browser asks before a page of another site sends back a mark (ETag)."""


def open_data(view: View) -> View:
    """Public data: asked without an account, kept by whoever reads them."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        response = _answer(request, view, kwargs)
        for name, value in SEEN_FROM_ELSEWHERE.items():
            response.headers[name] = value
        return response

    return answer


def by_key(method: str) -> Callable[[View], View]:
    """What a program does with its key: no page of another site does it in a browser,
    nothing is kept on the way, and no cookie is read."""

    def gated(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
            is_right = request.method == method
            response = (
                view(request, **kwargs) if is_right else problems.wrong_method(method)
            )
            limits.tell(response, getattr(request, "counted", None))
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return gated


def _answer(
    request: HttpRequest, view: View, kwargs: dict[str, object]
) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=MAY_BE_ASKED)
    if request.method not in READ:
        return problems.only_read()
    counted = limits.count(request, "api")
    if counted.is_allowed:
        response = _kept(request, _read(request, view, kwargs))
    else:
        response = problems.too_many()
    limits.tell(response, counted)
    return _headed(response) if request.method == "HEAD" else response


def _read(
    request: HttpRequest, view: View, kwargs: dict[str, object]
) -> HttpResponseBase:
    """HEAD is answered as GET is, but for what `_headed` leaves out."""
    asked, request.method = request.method, "GET"
    try:
        return view(request, **kwargs)
    finally:
        request.method = asked


def _kept(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """With its mark; nothing but the mark when whoever asks has the same already.

    An answer that is dropped closes its file by itself: to close the answer would tell
    Django that the request is over, and the database with it.
    """
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers["Cache-Control"] = "no-cache"
    if not response.has_header("ETag"):
        # The same words give the same mark, in whichever process, on whichever day.
        response.headers["ETag"] = mark_of(
            hashlib.sha256(response.content)  # type: ignore[attr-defined]
        )
    kept = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        response=response,  # type: ignore[arg-type]
    )
    if kept is None or kept is response:
        return response
    return kept


def mark_of(digest: hashlib._Hash) -> str:
    return f'"{digest.hexdigest()[:32]}"'


def _headed(response: HttpResponseBase) -> HttpResponse:
    """The same without its words; how long they are is told."""
    if not response.streaming and not response.has_header("Content-Length"):
        size = len(response.content)  # type: ignore[attr-defined]
        response.headers["Content-Length"] = str(size)
    return HttpResponse(status=response.status_code, headers=response.headers)
