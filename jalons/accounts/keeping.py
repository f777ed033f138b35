"""What a browser, or a machine on the way, may keep of a page.

* Nothing of what was read by somebody known to the site (a cookie says who) or through
  a secret address: the next person at the same computer goes back and finds nothing.
* A public page is kept, and asked for again before it is shown: what is withdrawn is
  withdrawn at once. It bears a mark (ETag); unchanged, it is not sent again.

A form holds a word against forgery that is written otherwise each time, for one secret
of the browser. The mark reads the secret in its place: a page kept is a page that still
sends its form. What a view says itself of keeping stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    add_never_cache_headers,
    get_conditional_response,
    patch_cache_control,
)

# Cookies that say nothing of who reads.
OF_NOBODY = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
WORD = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+')
READ = ("GET", "HEAD")


class KeepingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in READ:
            return response
        if "Cache-Control" not in response.headers:
            if is_private(request):
                add_never_cache_headers(response)
            else:
                patch_cache_control(response, no_cache=True)
        return _unless_kept(request, response)


def is_private(request: HttpRequest) -> bool:
    """Whether somebody known, or by a secret address, reads."""
    found = request.resolver_match
    has_secret = found is not None and "secret" in found.kwargs
    return has_secret or not OF_NOBODY.issuperset(request.COOKIES)


def _unless_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or only that it has not changed since it was kept."""
    is_kept = "no-store" not in response.headers["Cache-Control"]
    if not is_kept or response.streaming or response.status_code != 200:
        return response
    if "ETag" not in response.headers:
        secret = request.META.get("CSRF_COOKIE", "").encode()
        told = WORD.sub(rb"\g<1>" + secret, response.content)
        response.headers["ETag"] = f'"{hashlib.sha256(told).hexdigest()[:32]}"'
    etag = response.headers["ETag"]
    # Answers to HEAD are emptied later, by the server.
    return get_conditional_response(request, etag=etag, response=response) or response
