"""A roadmap as files: a row for each budget line, the whole tree as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import NotRequired, TypedDict

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.files.exports import SIMULATED
from jalons.roadmaps.figures import ActionRead, Plan, StakeRead, WorkstreamRead
from jalons.roadmaps.models import BudgetLine, Line, Origin

FORMAT = "jalons-roadmap-1"
"""Names the shape of the JSON; a change of shape is another number."""
SCHEMA = settings.REFERENCE_DIR / "roadmaps" / "feuille-de-route-1.schema.json"
Kind = Line.Kind


class OriginTold(TypedDict):
    source: str
    words: str
    adopted_on: str


class BudgetTold(TypedDict):
    funder: str
    amount: str | None


class ActionTold(TypedDict):
    id: int
    code: str
    action: str
    lead: str
    partners: list[str]
    referent: str
    starts_on: str | None
    ends_on: str | None
    status: str
    late: str | None
    needs: list[str]
    steps: list[str]
    resources: list[str]
    indicators: list[str]
    feasibility: dict[str, dict[str, str]]
    budget: list[BudgetTold]


class InspirationTold(TypedDict):
    experience: str
    carried_by: str
    address: str
    verdict: str
    reason: str


class WorkstreamTold(TypedDict):
    id: int
    code: str
    title: str
    success: str
    feasibility: str
    inspirations: list[InspirationTold]
    qualities: list[str]
    themes: list[str]
    lines: dict[str, list[str]]
    origin: OriginTold | None
    actions: list[ActionTold]


class StakeTold(TypedDict):
    id: int
    number: int
    text: str
    origin: OriginTold | None
    workstreams: list[WorkstreamTold]


class RoadmapTold(TypedDict):
    format: str
    notice: NotRequired[str]
    title: str
    territory: str
    territory_codes: list[str]
    horizon_years: int
    course: str
    sponsor: str
    lead: str
    group: list[str]
    others_in_group: list[str]
    funders: list[str]
    # Not in the versions frozen before it was told.
    themes: NotRequired[list[str]]
    starts_on: str | None
    adoption_on: str | None
    stakes: list[StakeTold]


def header() -> list[str]:
    return [
        *(_("Stake no."), _("Stake"), _("Workstream no."), _("Workstream")),
        *(_("We will have succeeded if…"), _("Leads the workstream")),
        *(_("Action no."), _("Action"), _("Leads the action"), _("Partners")),
        *(_("Elected contact"), _("Begins on"), _("Ends on"), _("Status"), _("Late")),
        *(_("What it needs"), _("Is it feasible?")),
        *(_("Funder"), _("Amount in euros"), _("To be costed"), _("Comes from")),
    ]


def lines_of(plan: Plan) -> Iterator[list[object]]:
    """One line a budget line; a stake or a workstream without action has its own."""
    for stake in plan.stakes:
        for stream in stake.workstreams:
            for action in stream.actions:
                lines: list[BudgetLine | None] = [*action.budget]
                for line in lines or [None]:
                    yield _line(stake, stream, action, line)
            if not stream.actions:
                yield _line(stake, stream, None, None)
        if not stake.workstreams:
            yield _line(stake, None, None, None)


def _line(
    stake: StakeRead,
    stream: WorkstreamRead | None,
    action: ActionRead | None,
    line: BudgetLine | None,
) -> list[object]:
    origin = stream.origin if stream else stake.origin
    return [
        *(stake.number, stake.row.text),
        *(_workstream_cells(stream) if stream else [""] * 4),
        *(_action_cells(action) if action else [""] * 11),
        *(_budget_cells(line) if line else [""] * 3),
        origin.source if origin else "",
    ]


def _workstream_cells(stream: WorkstreamRead) -> list[object]:
    leads = ", ".join(one.text for one in stream.leads)
    return [stream.code, stream.row.title, stream.row.success, leads]


def _action_cells(action: ActionRead) -> list[object]:
    row = action.row
    return [
        *(action.code, row.description, row.lead, ", ".join(action.partners)),
        *(row.referent, row.starts_on or "", row.ends_on or ""),
        *(row.get_status_display(), action.late.label if action.late else ""),
        *(", ".join(row.need_words), row.conclusion),
    ]


def _budget_cells(line: BudgetLine) -> list[object]:
    known = line.amount is not None
    return [line.funder, line.amount if known else "", "" if known else _("yes")]


def read_schema() -> str:
    """The published shape of what `json_text` gives (JSON Schema 2020-12)."""
    return SCHEMA.read_text(encoding="utf-8")


def json_text(plan: Plan) -> str:
    """The whole roadmap, as JSON."""
    return json.dumps(told_of(plan), ensure_ascii=False, indent=1)


def told_of(plan: Plan) -> RoadmapTold:
    """The whole roadmap in plain values; amounts are texts: no cent is lost."""
    roadmap = plan.roadmap
    told: RoadmapTold = {
        "format": FORMAT,
        "title": roadmap.title,
        "territory": roadmap.territory_name,
        "territory_codes": [one.code for one in roadmap.perimeter.order_by("code")],
        "horizon_years": roadmap.horizon_years,
        "course": roadmap.course,
        "sponsor": roadmap.sponsor,
        "lead": roadmap.lead,
        "group": [one.name for one in roadmap.group.order_by("name")],
        "others_in_group": roadmap.others_in_group.splitlines(),
        "funders": roadmap.funder_names,
        "themes": roadmap.theme_names,
        "starts_on": _day(roadmap.starts_on),
        "adoption_on": _day(roadmap.adoption_on),
        "stakes": [_stake(one) for one in plan.stakes],
    }
    if roadmap.is_simulated:
        told["notice"] = SIMULATED
    return told


def _stake(stake: StakeRead) -> StakeTold:
    return {
        "id": stake.row.pk,
        "number": stake.number,
        "text": stake.row.text,
        "origin": _origin(stake.origin),
        "workstreams": [_workstream(one) for one in stake.workstreams],
    }


def _workstream(stream: WorkstreamRead) -> WorkstreamTold:
    row = stream.row
    held = (
        ("transversal", row.is_transversal),
        ("strategic", row.is_strategic),
        ("feasible", row.is_feasible),
    )
    return {
        "id": row.pk,
        "code": stream.code,
        "title": row.title,
        "success": row.success,
        "feasibility": row.feasibility,
        "inspirations": [
            {
                "experience": one.title,
                "carried_by": one.carried_by,
                "address": one.address,
                "verdict": one.verdict,
                "reason": one.reason,
            }
            for one in row.inspirations.all()
        ],
        "qualities": [name for name, is_held in held if is_held],
        "themes": row.themes,
        "lines": {
            kind.value: [one.text for one in lines] for kind, lines in stream.groups
        },
        "origin": _origin(stream.origin),
        "actions": [_action(one) for one in stream.actions],
    }


def _action(action: ActionRead) -> ActionTold:
    row = action.row
    return {
        "id": row.pk,
        "code": action.code,
        "action": row.description,
        "lead": row.lead,
        "partners": action.partners,
        "referent": row.referent,
        "starts_on": _day(row.starts_on),
        "ends_on": _day(row.ends_on),
        "status": row.status,
        "late": action.late.value if action.late else None,
        "needs": row.needs,
        "steps": row.steps.splitlines(),
        "resources": row.resources.splitlines(),
        "indicators": row.indicators.splitlines(),
        "feasibility": row.feasibility,
        "budget": [
            {
                "funder": one.funder,
                "amount": None if one.amount is None else str(one.amount),
            }
            for one in action.budget
        ],
    }


def _origin(origin: Origin | None) -> OriginTold | None:
    if origin is None:
        return None
    day = timezone.localdate(origin.adopted_at).isoformat()
    return {"source": origin.source, "words": origin.words, "adopted_on": day}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
