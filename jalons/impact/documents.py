"""What a roadmap changed as a document, for elected members, funders and the press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Document,
    Items,
    Lead,
    Number,
    Paragraph,
    Quote,
    Section,
    Table,
)
from jalons.followup import words as followup_words
from jalons.followup.documents import money_table
from jalons.impact import words
from jalons.impact.changes import ChangeTold
from jalons.impact.models import StoryCard
from jalons.impact.telling import ActionTold, ImpactTold

day = followup_words.day


def impact_document(told: ImpactTold, cards: Sequence[StoryCard]) -> Document:
    """The same as the page, in the same order."""
    return Document(
        title=_("%(name)s: what did the roadmap change?") % {"name": told["territory"]},
        subtitle=told["title"],
        sections=list(_sections(told, cards)),
        language=get_language() or "fr",
        source_line=_("Figures kept by %(team)s in Jalons") % {"team": told["team"]},
        date_line=_("As it stands on %(day)s") % {"day": day(told["told_on"])},
        author=told["team"],
        watermark=_("SIMULATED") if told["is_simulated"] else None,
    )


def _sections(told: ImpactTold, cards: Sequence[StoryCard]) -> Iterator[Section]:
    yield Section(_("What was done"), list(_done(told)))
    yield Section(_("What changed"), list(_changed(told)))
    if cards:
        quotes = [Quote(one.story.text, _teller(one)) for one in cards]
        yield Section(_("Stories"), quotes)
    yield Section(_("What did not work"), list(_failed(told)))
    yield Section(_("The money"), [money_table(told["money"])])
    yield Section(_("Beside the national targets"), list(_national(told)))
    if told["further"]:
        yield Section(_("What comes next"), [Paragraph(told["further"])])
    if told["figures"]:
        yield Section(_("Figures to quote"), [_figures(told)])


def _teller(one: StoryCard) -> str:
    return words.joined((one.story.teller, one.story.domain))


def _done(told: ImpactTold) -> Iterator[Block]:
    yield Lead(words.lead(told))
    yield Paragraph(told["done"])
    if told["actions_done"]:
        yield Items([f"{one['code']} {one['words']}" for one in told["actions_done"]])


def _changed(told: ImpactTold) -> Iterator[Block]:
    yield Callout(words.caution(), tone="caution")
    if not told["changes"]:
        yield Paragraph(_("No indicator was measured in this period."))
        return
    yield Table(
        _("Before and after"),
        [
            *(_("Indicator"), _("Before"), _("After"), _("On how many")),
            _("What one may say"),
        ],
        [_change(one) for one in told["changes"]],
        alignments=("start", "end", "end", "end", "start"),
        note=words.reading(),
    )


def _change(one: ChangeTold) -> list[Cell]:
    return [
        one["name"],
        _dated(one["before_shown"], one["before"], one["before_on"]),
        _dated(one["after_shown"], one["after"], one["after_on"]),
        Number(f"{one['n']}" if one["n"] else "–", one["n"]),
        words.joined(
            (one["sentence"], "" if one["interval"] == "–" else one["interval"])
        ),
    ]


def _dated(shown: str, value: str | None, on: str | None) -> Number:
    told = f"{shown} ({day(on)})" if on else shown
    return Number(told, _float(value))


def _float(told: str | None) -> float | None:
    return None if told is None else float(Decimal(told))


def _failed(told: ImpactTold) -> Iterator[Block]:
    yield Paragraph(told["failed"])
    lines = [_stopped(one) for one in told["actions_stopped"]]
    for one in told["judged"]:
        lines += [text for text in (one["negative"], one["unexpected"]) if text]
    if lines:
        yield Items(lines)


def _stopped(one: ActionTold) -> str:
    return words.joined((f"{one['code']} {one['words']}", one["status"], one["reason"]))


def _national(told: ImpactTold) -> Iterator[Block]:
    national = told["national"]
    yield Table(
        _("France Numérique Ensemble and this territory"),
        [
            *(_("Target"), _("For France"), _("Part of this territory")),
            _("What it has itself"),
        ],
        [
            [
                one["label"],
                Number(words.number(one["target"]), one["target"]),
                Number(words.number(one["part"]), one["part"]),
                Number(one["why"] or _own(one["own"], one["own_on"]), one["own"]),
            ]
            for one in national["rows"]
        ],
        alignments=("start", "end", "end", "end"),
        note=f"{words.method(national)} {words.targets_source()}",
    )


def _own(value: int | None, on: str | None) -> str:
    return f"{words.number(value)} ({day(on)})" if on else words.number(value)


def _figures(told: ImpactTold) -> Table:
    return Table(
        _("Figures to quote, each with its source"),
        [_("Figure"), _("Value"), _("Of"), _("Source")],
        [
            [
                one["label"],
                Number(
                    one["value"],
                    float(Decimal(one["number"])) if one["number"] else None,
                ),
                words.joined((one["vintage"], f"n = {one['n']}" if one["n"] else "")),
                f"{one['source']}. {one['definition']}",
            ]
            for one in told["figures"]
        ],
    )
