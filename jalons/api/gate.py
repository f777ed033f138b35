"""What every answer goes through: how often one asks, who may read it, what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from jalons.api import problems

View = Callable[..., HttpResponseBase]
SEEN_FROM_ELSEWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
"""A page of any site may read public data; none is read with a cookie."""


def open_data(view: View) -> View:
    """Public data: asked without an account, kept by whoever reads them."""

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
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return gated


def _answer(
    request: HttpRequest, view: View, kwargs: dict[str, object]
) -> HttpResponseBase:
    if request.method != "GET":
        return problems.only_read()
    if not _may_ask(request):
        return problems.too_many()
    response = view(request, **kwargs)
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers["Cache-Control"] = "no-cache"
    if response.streaming:
        return response
    # The same words give the same mark, in whichever process and on whichever day.
    digest = hashlib.sha256(response.content).hexdigest()  # type: ignore[attr-defined]
    response.headers["ETag"] = f'"{digest[:32]}"'
    kept = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        response=response,  # type: ignore[arg-type]
    )
    return kept or response


def _may_ask(request: HttpRequest) -> bool:
    """Counted as everywhere else on the site, where only forms sent are."""
    usage = ratelimit.consume(
        request, app="allauth.account", action="api", limit_get=True
    )
    return usage is not None
