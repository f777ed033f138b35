"""Where every line of a roadmap comes from, and what depends on it.

Nothing is typed for it: origins, votes, findings, money and waits are read where they
stand. What disappeared since says so; its words stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.diagnosis.board import line_of
from jalons.diagnosis.models import Finding
from jalons.roadmaps.adopting import CONFIRMED
from jalons.roadmaps.figures import ActionRead, Plan, StakeRead, WorkstreamRead
from jalons.roadmaps.models import Origin
from jalons.roadmaps.money import euros
from jalons.steering.timeline import Timeline
from jalons.surveys.models import Campaign
from jalons.workshops.figures import results_of
from jalons.workshops.models import Item

Votes = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Source:
    """What a line was taken from: its words there, what was said of it, its page.

    `place` is the activity or the diagnosis that several may share; `gone` says why it
    can no longer be relied on, when it cannot.
    """

    key: str
    place: str
    kind: str
    title: str
    words: str
    details: Sequence[str] = ()
    url: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A line: what it comes from, source or line above, and what depends on it."""

    code: str
    words: str
    level: int
    url: str
    source: Source | None
    above: str
    depends: Sequence[str]


def traces_of(timeline: Timeline) -> list[Trace]:
    """Every line in the order of the roadmap."""
    plan = timeline.plan
    sources = sources_of(plan)
    waiting: dict[int, list[str]] = {}
    for bar in timeline.bars:
        for one in bar.awaited:
            waiting.setdefault(one.row.pk, []).append(bar.action.code)
    return [
        trace
        for stake in plan.stakes
        for trace in _under(plan, stake, sources, waiting)
    ]


def sources_of(plan: Plan) -> dict[int, Source]:
    """By origin; workshops and findings are read once each."""
    origins = list(
        plan.roadmap.origins.select_related(
            "item__activity__workshop__meeting",
            "finding__diagnosis__territory",
            "campaign",
        ).prefetch_related("finding__reviews__reviewed_by", "finding__visits__commune")
    )
    votes = _votes([one.item for one in origins if one.item])
    return {one.pk: _source(plan, one, votes) for one in origins}


def _under(
    plan: Plan,
    stake: StakeRead,
    sources: Mapping[int, Source],
    waiting: Mapping[int, Sequence[str]],
) -> Iterator[Trace]:
    yield Trace(
        code=str(stake.number),
        words=stake.row.text,
        level=1,
        url=reverse("roadmaps:stake", args=[plan.roadmap.pk, stake.row.pk]),
        source=sources.get(stake.origin.pk) if stake.origin else None,
        above="",
        depends=[one.code for one in stake.workstreams],
    )
    for stream in stake.workstreams:
        yield _of_workstream(plan, stake, stream, sources)
        for action in stream.actions:
            yield _of_action(plan, stream, action, waiting.get(action.row.pk, ()))


def _of_workstream(
    plan: Plan,
    stake: StakeRead,
    stream: WorkstreamRead,
    sources: Mapping[int, Source],
) -> Trace:
    return Trace(
        code=stream.code,
        words=stream.row.title,
        level=2,
        url=reverse("roadmaps:workstream", args=[plan.roadmap.pk, stream.row.pk]),
        source=sources.get(stream.origin.pk) if stream.origin else None,
        above=str(stake.number),
        depends=[one.code for one in stream.actions],
    )


def _of_action(
    plan: Plan, stream: WorkstreamRead, action: ActionRead, waiting: Sequence[str]
) -> Trace:
    """Its money, and the actions that wait for it."""
    money = [f"{one.funder} {euros(one.amount)}" for one in action.budget]
    waits = [_("%(code)s waits for it") % {"code": code} for code in waiting]
    return Trace(
        code=action.code,
        words=action.row.description,
        level=3,
        url=reverse("roadmaps:workstream", args=[plan.roadmap.pk, stream.row.pk]),
        source=None,
        above=stream.code,
        depends=[*waits, *money],
    )


def _source(plan: Plan, origin: Origin, votes: Votes) -> Source:
    if origin.item:
        return _of_item(plan, origin, origin.item, votes)
    if origin.finding:
        return _of_finding(origin, origin.finding)
    if origin.campaign:
        return _of_answer(plan, origin, origin.campaign)
    return Source(
        key=f"gone-{origin.pk}",
        place="",
        kind=_("removed since"),
        title=origin.source,
        words=origin.words,
        gone=_("What it was taken from was removed since; its words are kept here."),
    )


def _of_item(plan: Plan, origin: Origin, item: Item, votes: Votes) -> Source:
    activity = item.activity
    space, workshop = plan.roadmap.space_id, activity.workshop_id
    url = (
        reverse("workshops:workstreams", args=[space, workshop, activity.pk])
        if activity.kind == "workstreams"
        else reverse("workshops:console", args=[space, workshop])
    )
    gone = "" if item.stands else _("It has since been withdrawn in the workshop.")
    if item.merged_into_id:
        gone = _("It has since been merged with another one in the workshop.")
    return Source(
        key=f"item-{item.pk}",
        place=f"activity-{activity.pk}",
        kind=_("workshop"),
        title=f"{origin.source} · {activity.title}",
        words=origin.words,
        details=[votes[item.pk]] if item.pk in votes else [],
        url=url,
        gone=gone,
    )


def _of_finding(origin: Origin, finding: Finding) -> Source:
    line = line_of(finding)
    visits = len(line.visits)
    details = [f"{line.sentence} ({line.state.label})"] if line.sentence else []
    if visits:
        words = ngettext(
            "%(n)s visit speaks of it.", "%(n)s visits speak of it.", visits
        )
        details.append(words % {"n": visits})
    gone = ""
    if line.state not in CONFIRMED:
        gone = _("The field no longer upholds it: %(state)s.")
    elif not line.is_current:
        gone = _("Its figure no longer says so.")
    return Source(
        key=f"finding-{finding.pk}",
        place=f"diagnosis-{finding.diagnosis_id}",
        kind=_("finding of a diagnosis"),
        title=origin.source,
        words=origin.words,
        details=details,
        url=reverse("diagnosis:finding", args=[finding.diagnosis_id, finding.pk]),
        gone=gone % {"state": line.state.label} if gone else "",
    )


def _of_answer(plan: Plan, origin: Origin, campaign: Campaign) -> Source:
    """Read where the answers taken up are offered: its own page may be closed to us."""
    return Source(
        key=f"answer-{origin.pk}",
        place=f"campaign-{campaign.pk}",
        kind=_("answers to a survey"),
        title=origin.source,
        words=origin.words,
        url=reverse("roadmaps:adopt", args=[plan.roadmap.pk]),
    )


def _votes(items: Sequence[Item]) -> dict[int, str]:
    """What the matrix gave each of them, in words; each matrix is counted once."""
    matrices = {one.activity_id: one.activity for one in items}
    return {
        line.item.pk: _(
            "%(impact)s points of impact, %(mastery)s of mastery, n = %(n)s"
        )
        % {
            "impact": line.rated.impact_points,
            "mastery": line.rated.mastery_points,
            "n": line.rated.n,
        }
        for activity in matrices.values()
        if activity.kind == "matrix" and activity.results_shown
        for line in results_of(activity).rated
    }


def summary_of(traces: Sequence[Trace]) -> str:
    """How many lines were taken up, and how many of their sources no longer hold."""
    taken = [one.source for one in traces if one.source]
    asked = [one for one in traces if one.level < 3]
    gone = sum(bool(one.gone) for one in taken)
    words = ngettext(
        "%(taken)s of the %(n)s stake or workstream was taken up from elsewhere.",
        "%(taken)s of the %(n)s stakes and workstreams were taken up from elsewhere.",
        len(asked),
    )
    if gone:
        words += " " + ngettext(
            "%(gone)s source no longer holds.", "%(gone)s sources no longer hold.", gone
        )
    return words % {"taken": len(taken), "n": len(asked), "gone": gone}
