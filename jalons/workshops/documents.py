"""The minutes as a document: who came, what was done, what it gave, what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Cell,
    Document,
    Figure,
    Items,
    Number,
    Paragraph,
    Section,
    Table,
)
from jalons.documents.wording import apart, blocks_of, lines_of
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT
from jalons.ecosystems.documents import blocks_of as blocks_of_map
from jalons.workshops import figures, words
from jalons.workshops.exports import family_words
from jalons.workshops.figures import Results
from jalons.workshops.models import Activity, Minutes, Remark, Workshop
from jalons.workshops.plenary import sides_of
from jalons.workshops.worktable import Stake, WorkTable, table_of


def minutes_of(minutes: Minutes) -> Document:
    """The whole document, counted again at each reading."""
    workshop = minutes.workshop
    meeting = workshop.meeting
    said = minutes.remarks.select_related("activity")
    remarks = {one.activity_id: one for one in said}
    return Document(
        title=_("Minutes: %(title)s") % {"title": meeting.title},
        subtitle=" · ".join(
            one for one in (date_format(meeting.day), meeting.place) if one
        ),
        sections=list(_sections(minutes, workshop, remarks)),
        language=get_language() or "fr",
        source_line=meeting.space.name,
        date_line=date_format(meeting.day),
        author=meeting.space.name,
        watermark=_("SIMULATED") if meeting.is_simulated else None,
    )


def written(minutes: Minutes) -> list[Section]:
    """What the team wrote, without what was counted."""
    remarks = minutes.remarks.exclude(text="").select_related("activity")
    said = [
        Section(one.activity.title, _remarked(one))
        for one in remarks.order_by("activity__position")
    ]
    return [*_opening(minutes), *said, *_ending(minutes)]


def _sections(
    minutes: Minutes, workshop: Workshop, remarks: dict[int, Remark]
) -> Iterator[Section]:
    yield from _opening(minutes)
    yield Section(_("Who took part"), list(_people(workshop)))
    activities = list(workshop.activities.all())
    if activities:
        yield Section(_("How it unfolded"), [_run(activities)])
    for one in activities:
        one.workshop = workshop
        if blocks := list(_told(one, remarks.get(one.pk))):
            yield Section(one.title, blocks)
    yield from _ending(minutes)


def _opening(minutes: Minutes) -> Iterator[Section]:
    if minutes.opening:
        title = _("What it was for")
        yield Section(title, blocks_of(apart(minutes.opening), title))


def _ending(minutes: Minutes) -> Iterator[Section]:
    if minutes.decisions:
        yield Section(_("Decisions"), [Items(lines_of(minutes.decisions))])
    if minutes.next_steps:
        yield Section(_("Next steps"), [Items(lines_of(minutes.next_steps))])


def _told(activity: Activity, remark: Remark | None) -> Iterator[Block]:
    """The results unless they are left out, then what was said."""
    if remark is None or not remark.is_left_out:
        yield from _results(activity)
        yield from _retained(activity)
    if remark is not None:
        yield from _remarked(remark)


def _remarked(remark: Remark) -> list[Block]:
    return blocks_of(apart(remark.text), remark.activity.title)


def _retained(activity: Activity) -> Iterator[Block]:
    """What each table wrote, those that wrote nothing said so; nobody is named."""
    sides = sides_of(activity.workshop, activity)
    if any(one.text for one in sides):
        yield Table(
            _("What each table retains"),
            [_("Table of the room"), _("People"), _("What it retains")],
            [
                [one.table.title, _count(len(one.people)), one.text or "–"]
                for one in sides
            ],
            ("start", "end", "start"),
        )


def _people(workshop: Workshop) -> Iterator[Block]:
    """Families, never names: the minutes go round, those who came did not ask it."""
    people = list(workshop.participants.all())
    counted = Counter(family_words(one) for one in people)
    unsaid = counted.pop("", 0)
    n = len(people)
    yield Paragraph(
        ngettext("%(n)s person took part.", "%(n)s people took part.", n) % {"n": n}
    )
    rows: list[list[Cell]] = [[name, _count(k)] for name, k in counted.most_common()]
    if unsaid:
        rows.append([_("family not said"), _count(unsaid)])
    if rows:
        yield Table(
            _("Participants by family of actors"),
            [_("Family"), _("People")],
            rows,
            ("start", "end"),
        )


def _run(activities: Sequence[Activity]) -> Table:
    return Table(
        _("The activities, in their order"),
        [_("Activity"), _("Kind"), _("Question"), _("Minutes planned")],
        [
            [one.title, str(one.definition), one.question, _count(one.minutes)]
            for one in activities
        ],
        ("start", "start", "start", "end"),
    )


def _results(activity: Activity) -> Iterator[Block]:
    if activity.kind == "workstreams":
        yield from _workstreams(table_of(activity, has_grades=True))
        return
    if activity.kind == "resources":
        if activity.map is not None:
            yield from blocks_of_map(activity.map)
        return
    found = figures.results_of(activity)
    if activity.kind == "wall":
        yield from _ideas(found)
    elif activity.kind == "cloud":
        yield from _words(found)
    elif activity.kind == "questions":
        yield from _questions(found)
    elif activity.kind == "matrix":
        yield from _matrix(found)
    elif found.scale:
        yield from _scale(found)
    else:
        yield from _options(found)


def _ideas(found: Results) -> Iterator[Block]:
    if not found.ideas:
        yield Paragraph(_("No idea was written."))
        return
    yield Table(
        _("Ideas, those of most people first"),
        [_("No."), _("Idea"), _("Change or inertia"), _("Category"), _("Voices")],
        [
            [
                str(one.item.number),
                " · ".join([one.item.text, *(other.text for other in one.merged)]),
                one.item.get_direction_display(),
                one.item.get_category_display(),
                _count(one.voices),
            ]
            for one in found.ideas
        ],
        ("end", "start", "start", "start", "end"),
        note=_("An idea is followed by those that were gathered with it."),
    )


def _words(found: Results) -> Iterator[Block]:
    if not found.words:
        yield Paragraph(_("No word was given."))
        return
    yield Figure(
        words.draw(found, PRINT),
        alt=_("The words given, larger when more people gave them; the table has all."),
        caption=_("Word cloud"),
    )
    yield Table(
        _("Words, those of most people first"),
        [_("Word"), _("Rank"), _("People")],
        [[one.text, _count(one.rank), _count(one.people)] for one in found.words],
        ("start", "end", "end"),
        note=_("n = %(n)s. A word counts once a person, however it is spelt.")
        % {"n": found.voters},
    )


def _questions(found: Results) -> Iterator[Block]:
    if not found.lines:
        yield Paragraph(_("No question was asked."))
        return
    yield Table(
        _("Questions, the most supported first"),
        [_("Question"), _("Rank"), _("Supports"), _("Has its answer")],
        [
            [
                one.item.text,
                _count(one.counted.rank),
                _count(one.counted.total),
                _("yes") if one.item.answered_at else _("no"),
            ]
            for one in found.lines
        ],
        ("start", "end", "end", "start"),
        note=_("n = %(n)s people who supported at least one.") % {"n": found.voters},
    )


def _matrix(found: Results) -> Iterator[Block]:
    if not found.rated:
        yield Paragraph(_("Nothing was put to the vote."))
        return
    if drawn := words.draw(found, PRINT):
        yield Figure(
            drawn,
            alt=_("Each item by its mastery and its impact; the table has them all."),
            caption=_("Matrix of impact and mastery"),
            note=words.cut_words(found),
        )
    yield Table(
        _("Order of the items"),
        [
            _("No."),
            _("Name of the item"),
            _("Points of impact"),
            _("Points of mastery"),
            "n",
            _("Quadrant"),
        ],
        [
            [
                str(one.item.number),
                one.item.text,
                _count(one.rated.impact_points if one.rated.n else None),
                _count(one.rated.mastery_points if one.rated.n else None),
                _count(one.rated.n),
                words.quadrant_words(one.rated.quadrant) if one.rated.n else "",
            ]
            for one in found.rated
        ],
        ("end", "start", "end", "end", "end", "start"),
        note=_("By %(order)s; points: sum of (grade − 1); n = %(n)s.")
        % {"order": found.activity.get_order_display(), "n": found.voters},
    )
    if shared := [one.item.text for one in found.rated if one.rated.is_to_discuss]:
        divided = _("To be discussed, opinions are divided or on an axis:")
        yield Callout(f"{divided} {', '.join(shared)}.")


def _scale(found: Results) -> Iterator[Block]:
    assert found.scale
    if found.scale.mean is not None:
        mean = floatformat(found.scale.mean, 1)
        words_of = _("Mean %(mean)s out of 5, n = %(n)s.")
        yield Paragraph(words_of % {"mean": mean, "n": found.scale.n})
    yield Table(
        _("How many gave each grade"),
        [_("Grade"), _("Answers")],
        [[str(grade), _count(n)] for grade, n in found.scale.counts.items()],
        ("start", "end"),
    )
    if found.learning:
        yield Section(
            _("Before and after"),
            [Paragraph(one) for one in words.learning_words(found.learning)],
        )


def _options(found: Results) -> Iterator[Block]:
    if not found.lines:
        yield Paragraph(_("Nothing was put to the vote."))
        return
    yield Table(
        found.activity.question,
        [_("Option"), _("Rank"), _("Count"), _("People")],
        [
            [
                one.item.text,
                _count(one.counted.rank),
                _count(one.counted.total),
                _count(one.counted.voters),
            ]
            for one in found.lines
        ],
        ("start", "end", "end", "end"),
        note=_(
            "n = %(n)s. Options without a vote are kept; equal ones share their rank."
        )
        % {"n": found.voters},
    )


def _workstreams(table: WorkTable) -> Iterator[Block]:
    if not table.stakes:
        yield Paragraph(_("No stake was worded."))
        return
    rows = [row for stake in table.stakes for row in _answers(stake, table.headers)]
    yield Table(_("Key workstreams"), [_("Stake no."), *table.headers], rows)
    if not table.workstreams:
        yield Paragraph(_("No workstream yet."))
        return
    yield Table(
        _("Three qualities"),
        [
            _("Workstream"),
            _("Transversal"),
            _("Strategic"),
            _("Feasible"),
            "n",
            _("Feasibility note"),
        ],
        [
            [
                f"{one.code} {one.item.text}",
                *(_mean(scale.mean) for scale in one.grades.values()),
                _count(one.n),
                one.feasibility,
            ]
            for one in table.workstreams
        ],
        ("start", "end", "end", "end", "end", "start"),
        note=_("Mean of the grades from 1 to 5, and n people."),
    )


def _answers(stake: Stake, headers: Sequence[str]) -> Iterator[list[Cell]]:
    """A row for each workstream of a stake; one that says so when it has none."""
    asked = f"{stake.number}. {stake.item.text}"
    for one in stake.workstreams:
        first, *others = (cell.text for cell in one.row)
        yield [asked, f"{one.code} {first}", *others]
    if not stake.workstreams:
        yield [asked, *["–" for _header in headers]]


def _count(value: int | float | None) -> Number:
    return Number("–" if value is None else floatformat(value, "-1"), value)


def _mean(value: float | None) -> Number:
    return Number("–" if value is None else floatformat(value, 1), value)
