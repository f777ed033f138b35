"""The territories followed, as a table; what is unknown is blank or says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from jalons.network.cockpit import Cockpit, Row
from jalons.network.proposals import proposals_for
from jalons.network.words import LEVELS, step_words


def header(cockpit: Cockpit) -> list[str]:
    """Sources and vintages stand in the headings, so that the file says them alone."""
    survey = cockpit.survey.campaign.title if cockpit.survey else _("no survey")
    return [
        _("code"),
        _("EPCI"),
        _("département"),
        _("inhabitants"),
        _("level of progress (%s)") % survey,
        _("vulnerability by income (%s)") % (cockpit.income_source or "–"),
        _("share of the ways of computing the index that say it is fragile (%s)")
        % (cockpit.index_title or "–"),
        _("to support first"),
        _("called fragile by us, because"),
        _("inclusion strand"),
        _("roadmaps shared"),
        _("posts that end within six months"),
        _("last contact"),
        _("next step"),
        _("before"),
        _("proposals"),
    ]


def lines_of(rows: Iterable[Row], cockpit: Cockpit) -> Iterator[list[object]]:
    for row in rows:
        follow_up, coming = row.follow_up, row.next
        yield [
            row.code,
            row.name,
            row.departement.name if row.departement else "",
            row.population,
            cockpit.class_words(row) or _("no answer"),
            str(LEVELS[row.vulnerability]) if row.vulnerability else _("unknown"),
            round(row.rank.fragile_share, 2) if row.rank else "",
            _("yes") if row.is_target(cockpit.classes) else _("no"),
            follow_up.flag_reason if follow_up and follow_up.is_flagged else "",
            _strand(row),
            " ; ".join(f"{one.roadmap}: {step_words(one)}" for one in row.progress),
            row.posts_ending if row.progress else "",
            row.last.day if row.last else "",
            coming.next_step if coming else "",
            coming.next_on if coming else "",
            " ; ".join(str(one) for one in proposals_for(row, cockpit)),
        ]


def _strand(row: Row) -> str:
    if row.follow_up is None or not row.strand:
        return _("unknown")
    return row.follow_up.get_strand_display()
