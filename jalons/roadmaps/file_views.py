"""A roadmap as files: the data to reuse."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jalons.accounts.access import SignedInRequest
from jalons.actors.pages import hand_out
from jalons.files.exports import stream_csv
from jalons.roadmaps import access, exports
from jalons.roadmaps.figures import Plan, plan_of
from jalons.spaces.access import Right


@require_safe
def export_csv(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A row for each budget line, for a spreadsheet."""
    plan = _read(request, pk)
    return stream_csv(
        f"{_('roadmap')}-{pk}.csv",
        exports.header(),
        exports.lines_of(plan),
        is_simulated=plan.roadmap.is_simulated,
    )


@require_safe
def export_json(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole tree, for a program."""
    content = exports.json_text(_read(request, pk)).encode()
    name = f"{_('roadmap')} {pk}"
    return hand_out(content, "application/json; charset=utf-8", name, "json")


def _read(request: SignedInRequest, pk: int) -> Plan:
    return plan_of(access.get_roadmap(request.user, pk, Right.READ))
