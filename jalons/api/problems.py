"""What is answered when nothing can be: a sentence in problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"


class Refused(Exception):
    """Parameters that are well written and cannot go together."""


def problem(status: HTTPStatus, detail: str, **more: object) -> HttpResponse:
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": detail,
        **more,
    }
    return JsonResponse(told, status=status, content_type=PROBLEM)


def unknown(request: HttpRequest) -> HttpResponse:
    detail = _("Nothing is published at this address.")
    return problem(HTTPStatus.NOT_FOUND, detail)


def withdrawn(error: Exception) -> HttpResponse:
    words = _("This was public and was withdrawn. Reason given: %(reason)s")
    return problem(HTTPStatus.GONE, words % {"reason": error})


def refused(error: Exception) -> HttpResponse:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


def too_many() -> HttpResponse:
    detail = _("Too many requests came from your address. Wait a minute, then go on.")
    response = problem(HTTPStatus.TOO_MANY_REQUESTS, detail)
    response.headers["Retry-After"] = "60"
    return response


def only_read() -> HttpResponse:
    detail = _("These data are only read: ask for them with GET.")
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response.headers["Allow"] = "GET"
    return response


def not_accepted(errors: list[dict[str, object]]) -> HttpResponse:
    """Which parameters are wrong, and why."""
    found = [_error(one) for one in errors]
    names = ", ".join(_("“%s”") % one["parameter"] for one in found)
    words = _("The value of %(names)s is not accepted: see the documentation.")
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, words % {"names": names}, errors=found
    )


def _error(error: dict[str, object]) -> dict[str, str]:
    where = error["loc"]
    name = where[-1] if isinstance(where, tuple | list) else where
    return {"parameter": str(name), "reason": str(error["msg"])}
