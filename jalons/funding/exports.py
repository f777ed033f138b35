"""The funding plan as a table: a row for each request."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.funding.figures import FundingPlan


def header() -> list[str]:
    return [
        _("action"),
        _("what is to be done"),
        _("funder"),
        _("scheme"),
        _("state"),
        _("amount asked"),
        _("asked on"),
        _("amount granted"),
        _("answered on"),
        _("note"),
    ]


def lines_of(found: FundingPlan) -> Iterator[list[object]]:
    for one in found.actions:
        for grant in one.grants:
            yield [
                *(one.action.code, one.action.row.description, grant.funder),
                *(grant.scheme, grant.get_state_display(), grant.asked),
                *(grant.asked_on, grant.granted, grant.decided_on, grant.note),
            ]
