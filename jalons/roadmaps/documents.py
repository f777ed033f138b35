"""What a roadmap holds, as blocks of a document: whoever composes it picks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Fact,
    Facts,
    Lead,
    Number,
    Paragraph,
    Section,
    Strong,
    Table,
)
from jalons.documents.words import date_format, whole_day
from jalons.roadmaps.figures import (
    ActionRead,
    FunderTotal,
    Plan,
    StakeRead,
    WorkstreamRead,
)
from jalons.roadmaps.models import Inspiration, Origin, Roadmap
from jalons.roadmaps.money import euros


def course(plan: Plan) -> Iterator[Block]:
    if plan.roadmap.course:
        for text in plan.roadmap.course.splitlines():
            if text.strip():
                yield Lead(text.strip())
    else:
        yield Callout(_("The shared direction is not written yet."), tone="caution")
    yield key_facts(plan)


def key_facts(plan: Plan) -> Facts:
    """What the roadmap holds, counted."""
    uncosted = ngettext(
        "%(n)s action to be costed",
        "%(n)s actions to be costed",
        plan.uncosted,
    )
    left = uncosted % {"n": plan.uncosted} if plan.uncosted else ""
    years = plan.roadmap.horizon_years
    facts = [
        Fact(_("Horizon"), str(years), ngettext("year", "years", years)),
        Fact(_("Stakes"), str(len(plan.stakes))),
        Fact(_("Key workstreams"), str(len(plan.workstreams))),
        Fact(_("Actions"), str(len(plan.at_work)), note=_beside(plan)),
    ]
    if plan.funders:
        facts.append(Fact(_("Budget written"), euros(plan.total), note=left))
    return Facts(facts)


def _beside(plan: Plan) -> str:
    """What is said beside the number of actions: late among them, given up apart."""
    told = []
    if plan.late:
        told.append(_("%(n)s late") % {"n": plan.late})
    if plan.given_up:
        told.append(given_up(plan.given_up))
    return " · ".join(told)


def given_up(n: int) -> str:
    return ngettext("%(n)s given up", "%(n)s given up", n) % {"n": n}


def carried(roadmap: Roadmap) -> Table:
    """Who carries it: what is not written yet has no line."""
    group = [one.name for one in roadmap.group.order_by("name")]
    group += roadmap.others_in_group.splitlines()
    covered = [one.name for one in roadmap.perimeter.order_by("name")]
    days = (roadmap.starts_on, roadmap.adoption_on)
    starts, adopted = (date_format(one) if one else "" for one in days)
    rows: list[list[Cell]] = [
        [_("Territory"), ", ".join(covered) or roadmap.territory_name],
        [_("Elected sponsor"), roadmap.sponsor],
        [_("Project lead"), roadmap.lead],
        [_("Project group"), ", ".join(group)],
        [_("Start of the approach"), starts],
        [_("Target date of adoption"), adopted],
        [_("Funders"), ", ".join(roadmap.funder_names)],
        [_("Priority themes"), ", ".join(roadmap.theme_names)],
    ]
    said = [row for row in rows if row[1]]
    return Table(_("The approach"), [_("What"), _("Who, when")], said)


def stake_blocks(stake: StakeRead) -> Iterator[Block]:
    if not stake.workstreams:
        yield Callout(_("No workstream answers this stake yet."), tone="caution")
    for one in stake.workstreams:
        yield Section(f"{one.code} {one.row.title}", list(_workstream(one)))


def _workstream(stream: WorkstreamRead) -> Iterator[Block]:
    if stream.row.success:
        words = " · ".join(stream.row.success.splitlines())
        yield Paragraph([Strong(_("We will have succeeded if…")), f" {words}"])
    rows: list[list[Cell]] = [
        [str(kind.label), " · ".join(one.text for one in lines)]
        for kind, lines in stream.groups
    ]
    if stream.row.feasibility:
        rows.append([_("Feasibility"), stream.row.feasibility])
    if stream.row.qualities:
        rows.append([_("Qualities"), ", ".join(stream.row.qualities)])
    if stream.row.themes:
        rows.append([_("Themes"), ", ".join(stream.row.themes)])
    if rows:
        caption = _("%(code)s: who, with what") % {"code": stream.code}
        yield Table(caption, [_("What"), _("In this workstream")], rows)
    if stream.actions:
        yield _actions(stream)
    else:
        yield Paragraph(_("No action is written yet."))
    if tried := list(stream.row.inspirations.all()):
        yield _tried(stream.code, tried)


def _tried(code: str, tried: Sequence[Inspiration]) -> Table:
    return Table(
        _("%(code)s: what others tried, and what we make of it") % {"code": code},
        [_("Experience"), _("Where"), _("Kept or not, and why")],
        [
            [
                one.title,
                one.carried_by or "–",
                _("%(verdict)s: %(reason)s")
                % {"verdict": one.get_verdict_display(), "reason": one.reason},
            ]
            for one in tried
        ],
    )


def _actions(stream: WorkstreamRead) -> Table:
    return Table(
        _("%(code)s: the actions") % {"code": stream.code},
        [_("Action"), _("Who"), _("When"), _("Status"), _("Budget")],
        [_action(one) for one in stream.actions],
    )


def _action(action: ActionRead) -> list[Cell]:
    row = action.row
    who = [row.lead or _("nobody leads it yet"), *action.partners]
    if row.referent:
        who.append(_("Elected contact: %(who)s") % {"who": row.referent})
    days = [whole_day(one) for one in (row.starts_on, row.ends_on) if one]
    status = action.late.label if action.late else row.get_status_display()
    money = [f"{one.funder} {euros(one.amount)}" for one in action.budget]
    return [
        f"{action.code} {row.description}",
        " · ".join(who),
        " → ".join(days) or "–",
        str(status),
        " · ".join(money) or _("nothing said"),
    ]


def budget(plan: Plan) -> Table:
    whole = FunderTotal(
        _("Total"), plan.total, sum(one.to_be_costed for one in plan.funders)
    )
    return Table(
        _("What each funder brings, in euros"),
        [_("Funder"), _("Amount in euros"), _("Lines to be costed")],
        [
            [
                one.funder,
                Number(euros(one.amount), _plain(one.amount)),
                Number(str(one.to_be_costed), one.to_be_costed),
            ]
            for one in [*plan.funders, whole]
        ],
        ("start", "end", "end"),
        note=_counted(plan),
    )


def _counted(plan: Plan) -> str:
    """Why the total may not be the sum of the amounts read elsewhere."""
    words = _("An amount to be costed counts for nothing in the total.")
    if any(one.budget for one in plan.actions if one.is_given_up):
        apart = _(
            "Nor does that of an action given up: it is read beside the action only."
        )
        return f"{words} {apart}"
    return words


def _plain(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def sources(plan: Plan) -> Iterator[Block]:
    """Where lines come from; nothing when all were written here."""
    if origins := list(_origins(plan)):
        yield Table(
            _("What was reused"),
            [_("Line"), _("Comes from"), _("Reused on")],
            [
                [code, one.source, date_format(timezone.localdate(one.adopted_at))]
                for code, one in origins
            ],
        )


def _origins(plan: Plan) -> Iterator[tuple[str, Origin]]:
    for stake in plan.stakes:
        if stake.origin:
            yield str(stake.number), stake.origin
        for one in stake.workstreams:
            if one.origin:
                yield one.code, one.origin
