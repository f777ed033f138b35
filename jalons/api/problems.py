"""What is answered when nothing can be: a sentence in problem+json (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

PROBLEM = "application/problem+json"
CURSOR = "after"
TITLES = {
    HTTPStatus.BAD_REQUEST: _("Wrong request"),
    HTTPStatus.UNAUTHORIZED: _("Key expected"),
    HTTPStatus.FORBIDDEN: _("Not allowed"),
    HTTPStatus.NOT_FOUND: _("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Not asked in this way"),
    HTTPStatus.CONFLICT: _("Closed"),
    HTTPStatus.GONE: _("Withdrawn"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Too large"),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("Not accepted"),
    HTTPStatus.TOO_MANY_REQUESTS: _("Too many requests"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Failure of the site"),
}
"""A kind of problem in a few words; `about:blank` says that it is that of HTTP."""


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
        "title": str(TITLES[status]),
        "status": int(status),
        "detail": detail,
        **more,
    }
    return JsonResponse(told, status=status, content_type=PROBLEM)


def unknown(request: HttpRequest) -> HttpResponse:
    detail = gettext("Nothing is published at this address.")
    return problem(HTTPStatus.NOT_FOUND, detail)


def withdrawn(error: Exception) -> HttpResponse:
    words = gettext("This was public and was withdrawn. Reason given: %(reason)s")
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
    detail = gettext(
        "A program writes with a key that is alive: an owner of the space makes one on "
        "the page of the team. Send it in “Authorization: Bearer …”."
    )
    response = problem(HTTPStatus.UNAUTHORIZED, detail)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def out_of_scope() -> HttpResponse:
    detail = gettext(
        "This key was not made to write this, or whoever made it may not do it any "
        "more: ask an owner of the space for another one."
    )
    return problem(HTTPStatus.FORBIDDEN, detail)


def unreadable() -> HttpResponse:
    detail = gettext("What was sent is not JSON: nothing was read.")
    return problem(HTTPStatus.BAD_REQUEST, detail)


def too_large() -> HttpResponse:
    detail = gettext("What was sent is too large: send fewer lines at a time.")
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)


def wrong_method(allowed: str) -> HttpResponse:
    detail = gettext("This address is not asked in this way: use %(method)s.")
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail % {"method": allowed})
    response.headers["Allow"] = allowed
    return response


def too_many() -> HttpResponse:
    """`Retry-After` is told by whoever counts."""
    detail = gettext("Too many requests were sent: wait as long as “Retry-After” says.")
    return problem(HTTPStatus.TOO_MANY_REQUESTS, detail)


def failed() -> HttpResponse:
    detail = gettext("The site failed to answer. It is noted: try again later.")
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def only_read() -> HttpResponse:
    detail = gettext("These data are only read: ask for them with GET.")
    response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail)
    response.headers["Allow"] = "GET, HEAD, OPTIONS"
    return response


def not_accepted(errors: list[dict[str, object]]) -> HttpResponse:
    """Which parameters are wrong, and why."""
    found = [_error(one) for one in errors]
    if any(one["parameter"] == CURSOR for one in found):
        return _not_given_by_us(found)
    names = ", ".join(gettext("“%s”") % one["parameter"] for one in found)
    words = gettext("The value of %(names)s is not accepted: see the documentation.")
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, words % {"names": names}, errors=found
    )


def _not_given_by_us(found: list[dict[str, str]]) -> HttpResponse:
    detail = gettext(
        "“after” is not the key of an item of this list: follow the address that "
        "“next” gives, as it is."
    )
    return problem(HTTPStatus.BAD_REQUEST, detail, errors=found)


def not_as_expected(errors: list[dict[str, object]]) -> HttpResponse:
    """Which part of what was sent has another shape than said."""
    found = [_place(one) for one in errors]
    words = gettext("What was sent has another shape than the documentation says.")
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
