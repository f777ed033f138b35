from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
