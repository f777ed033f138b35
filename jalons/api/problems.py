"""What is answered when nothing can be: a sentence in problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PROBLEM = "application/problem+json"


class Refused(Exception):
    """What is well written and cannot be done."""

    def __init__(
        self, words: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
    ) -> None:
        super().__init__(words)
        self.status = status


class LinesRefused(Exception):
    """Lines that cannot be written: each with its field, why and the mend."""

    def __init__(self, errors: list[dict[str, object]]) -> None:
        super().__init__(str(len(errors)))
        self.errors = errors


class Unknown(Exception):
    """No key, or none that is alive."""


class TooMany(Exception):
    """Too many requests in so little time."""


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


def refused(error: Refused) -> HttpResponse:
    return problem(error.status, str(error))


def lines_refused(error: LinesRefused) -> HttpResponse:
    """Nothing was written; every line to be mended is told."""
    count = len({one["line"] for one in error.errors})
    words = ngettext(
        "Nothing was written: %(n)s line is refused. Mend it, then send all again.",
        "Nothing was written: %(n)s lines are refused. Mend them, then send all again.",
        count,
    )
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, words % {"n": count}, errors=error.errors
    )


def without_key() -> HttpResponse:
    detail = _(
        "A program writes with a key that is alive: an owner of the space makes one on "
        "the page of the team. Send it in “Authorization: Bearer …”."
    )
    response = problem(HTTPStatus.UNAUTHORIZED, detail)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def out_of_scope() -> HttpResponse:
    detail = _(
        "This key was not made to write this, or whoever made it may not do it any "
        "more: ask an owner of the space for another one."
    )
    return problem(HTTPStatus.FORBIDDEN, detail)


def unreadable() -> HttpResponse:
    detail = _("What was sent is not JSON: nothing was read.")
    return problem(HTTPStatus.BAD_REQUEST, detail)


def too_large() -> HttpResponse:
    detail = _("What was sent is too large: send fewer lines at a time.")
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def wrong_method(allowed: str) -> HttpResponse:
    detail = _("This address is not asked in this way: use %(method)s.")
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail % {"method": allowed})
    response.headers["Allow"] = allowed
    return response


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


def not_as_expected(errors: list[dict[str, object]]) -> HttpResponse:
    """Which part of what was sent has another shape than said."""
    found = [_place(one) for one in errors]
    words = _("What was sent has another shape than the documentation says.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=found)


def _place(error: dict[str, object]) -> dict[str, object]:
    where = error["loc"]
    steps = [*where] if isinstance(where, tuple | list) else [where]
    number = next((one for one in steps if isinstance(one, int)), -1) + 1
    after = steps[steps.index(number - 1) + 1 :] if number else steps[-1:]
    return {
        "line": number,
        "field": str(after[0]) if after else "",
        "value": "",
        "reason": str(error["msg"]),
    }


def _error(error: dict[str, object]) -> dict[str, str]:
    where = error["loc"]
    name = where[-1] if isinstance(where, tuple | list) else where
    return {"parameter": str(name), "reason": str(error["msg"])}
