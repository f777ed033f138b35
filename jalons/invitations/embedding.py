"""The form of a survey inside a page of another site, and nowhere else.

The views are those of the form itself, under other addresses: only these may stand in
a frame, and only in the pages of the sites that the team listed. They need no cookie:
the answer is found by the secret in its address, which is also why a request forged by
another site has nothing to gain here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from jalons.accounts.access import Gone
from jalons.accounts.middleware import gone
from jalons.invitations.access import origins_of

View = Callable[..., HttpResponse]


def embeddable(view: View) -> View:
    """Let the sites listed by the survey frame this page; others are refused."""

    @wraps(view)
    def framed(request: HttpRequest, slug: str, **parts: str) -> HttpResponse:
        try:
            response = view(request, slug=slug, **parts)
        except Gone as error:
            response = gone(request, error)
        ancestors = origins_of(slug) or [NONE]
        response._csp_replace = {"frame-ancestors": ancestors}  # type: ignore[attr-defined]
        return response

    return csrf_exempt(xframe_options_exempt(framed))
