from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from jalons.tokens.models import Scope

GROUPS = {
    "territories": _(
        "Territories: find one by its name, read one by its code, list those within it."
    ),
    "indicators": _(
        "Figures: what each measures, and its value by territory. A value that is "
        "secret or missing says so; it is never a zero."
    ),
    "indices": _(
        "Indices: the score of each territory, and between which places it lies. No "
        "place is given without its interval."
    ),
    "surveys": _(
        "Results of surveys that a team published: the tables of the public page, "
        "with the same cells hidden."
    ),
    "place-lists": _("Lists of places where people are helped, each with its licence."),
    "places": _(
        "Places where people are helped, in the national schema, without anybody’s "
        "own contact."
    ),
    "roadmaps": _("Roadmaps adopted and made public, with their files."),
    "library": _("Sheets of the library, each with the document it comes from."),
    "key": _("With a key: what it may write, and the number of each thing."),
    "evaluations": _("With a key: measures of the indicators of an evaluation."),
    "campaigns": _("With a key: what people answered to a survey."),
    "own-lists": _("With a key: places of a list of the team, in the national schema."),
}
WRITTEN = (
    (
        Scope.MEASURES,
        "evaluations/{number}/measures",
        _(
            "By line: “indicator” (its code, or its name), “measured_on”, “value”; "
            "“unit”, “n”, “part”, “source” and “note” if you have them. As a file "
            "loaded on the page of the evaluation."
        ),
    ),
    (
        Scope.RESPONSES,
        "campaigns/{number}/responses",
        _(
            "By line: “key” (a UUID that the program makes once for each person), "
            "“channel” (interview, phone or paper), “collected_on”, “answers” by the "
            "code of each question. As answers keyed by the team."
        ),
    ),
    (
        Scope.PLACES,
        "own-lists/{number}/places",
        _(
            "By line: the columns of the national schema. Places that are not sent "
            "stay as they are. As a file of places, undone on the same page."
        ),
    ),
)
"""What a key may write: where, and what a line holds."""
NOT_WRITTEN = {
    HTTPStatus.BAD_REQUEST: _("What was sent is not JSON."),
    HTTPStatus.UNAUTHORIZED: _("No key was sent, or it has expired, or was revoked."),
    HTTPStatus.FORBIDDEN: _(
        "The key was not made to write this, or whoever made it may not any more."
    ),
    HTTPStatus.NOT_FOUND: _("The space of the key holds nothing under this number."),
    HTTPStatus.METHOD_NOT_ALLOWED: _("One reads with GET, one writes with POST."),
    HTTPStatus.CONFLICT: _("The survey is closed."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Send fewer lines at a time."),
    HTTPStatus.UNPROCESSABLE_ENTITY: _(
        "“errors” tells each line to mend, with its number from 1: “line”, “field”, "
        "“value”, “reason”. Mend them, then send all again under the same mark."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: _("Wait as long as Retry-After says."),
}
"""Why nothing was written, by the status of the answer."""
