"""The parts of the synthesis of a région as plain values: what page and files read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.indices.words import whole
from jalons.library.figures import caution
from jalons.library.models import Sheet
from jalons.network.cockpit import Cockpit
from jalons.network.models import Exchange
from jalons.pairing.models import Pairing
from jalons.publications.figures import LEAST, Place, Told, whole_of
from jalons.steps.definitions import read_method
from jalons.synthesis.content import Column, Fact, Facts, Piece, Table, Text, Value

SECRET = gettext_lazy("secret: not told")
MOST_ON_SLIDES = 15


def territories(cockpit: Cockpit, places: Sequence[Place]) -> list[Piece]:
    """How many territories the centre follows, from public figures alone."""
    every = whole_of(cockpit)
    facts = [Fact(_("EPCI followed"), whole(every.epci), "", "")]
    if cockpit.income_source:
        note = _("Lowest third of median incomes. %(source)s.")
        said = note % {"source": cockpit.income_source}
        facts.append(
            Fact(_("of high vulnerability"), whole(every.vulnerable), _("EPCI"), said)
        )
    if cockpit.index_title:
        note = _("In the most fragile third in most ways of computing “%(title)s”.")
        said = note % {"title": cockpit.index_title}
        fragile = whole(every.fragile)
        facts.append(Fact(_("fragile by the index"), fragile, _("EPCI"), said))
    lead = _("The resource centre follows each EPCI of the région.")
    found: list[Piece] = [Facts(lead, tuple(facts))]
    if places:
        found.append(_by_departement(places, cockpit))
    return found


def _by_departement(places: Sequence[Place], cockpit: Cockpit) -> Table:
    titles = [_("Département"), _("EPCI"), _("High vulnerability"), _("Fragile")]
    rows = [(one.name, one.epci, one.vulnerable, one.fragile) for one in places]
    note = _(
        "Number of EPCI; a département is no rank. Vulnerability: %(income)s. "
        "Fragility: %(index)s."
    ) % {
        "income": cockpit.income_source or _("not known"),
        "index": cockpit.index_title or _("not known"),
    }
    return _table("departements", _("The EPCI, by département"), titles, rows, note)


def steps(told: Told) -> list[Piece]:
    """How far the roadmaps are, of those whose teams let the centre see it."""
    words = read_method().step
    titles = {
        str(number): f"{number}. {title}" for number, title in enumerate(words, 1)
    }
    titles["0"] = _("The seven steps are done")
    rows = [(titles[code], count) for code, count in told.counts.items()]
    if not told.is_told:
        return [_lead(told, "roadmap")]
    return [
        _lead(told, "roadmap"),
        _counted(
            "etapes",
            _("The roadmaps, by step"),
            (_("Step under way"), _("Roadmaps")),
            rows,
            _(
                "Only the roadmaps whose teams agreed to show their step to the "
                "centre. The number of the step is no mark."
            ),
        ),
    ]


def support(told: Told) -> list[Piece]:
    """What the centre gave, and to how many territories."""
    labels = {str(one.value): str(one.label) for one in Exchange.Support}
    rows = [(labels[code].capitalize(), count) for code, count in told.counts.items()]
    if not told.is_told:
        return [_lead(told, "support")]
    return [
        _lead(told, "support"),
        _counted(
            "appuis",
            _("The support given, by kind"),
            (_("Support"), _("Territories")),
            rows,
            _("A territory counts once a kind: the lines do not add up."),
        ),
    ]


def pairings(told: Told) -> list[Piece]:
    """How many pairs of territories exchange."""
    labels = {str(one.value): str(one.label) for one in Pairing.State}
    rows = [(labels[code].capitalize(), count) for code, count in told.counts.items()]
    if not told.is_told:
        return [_lead(told, "pairing")]
    return [
        _lead(told, "pairing"),
        _counted(
            "mises-en-lien",
            _("The territories put in touch"),
            (_("Where they are"), _("Pairings")),
            rows,
            _("Only those that both teams agreed to."),
        ),
    ]


def _lead(told: Told, what: str) -> Text:
    """The total in a sentence; why it is not told otherwise."""
    if told.total is None:
        line = _("Fewer than %(least)s: the number is not told.")
        return Text(line % {"least": LEAST})
    n = told.total
    sentences = {
        "roadmap": ngettext(
            "%(n)s roadmap shows its step to the centre.",
            "%(n)s roadmaps show their step to the centre.",
            n,
        ),
        "support": ngettext(
            "%(n)s territory was in touch with the centre.",
            "%(n)s territories were in touch with the centre.",
            n,
        ),
        "pairing": ngettext(
            "%(n)s pair of territories has exchanged.",
            "%(n)s pairs of territories have exchanged.",
            n,
        ),
    }
    return Text(sentences[what] % {"n": whole(n)})


def _counted(
    code: str,
    caption: str,
    titles: Sequence[str],
    rows: Sequence[tuple[str, int | None]],
    note: str,
) -> Table:
    why = _("A number under %(least)s, or that would give one, is not told.")
    return _table(code, caption, titles, rows, f"{note} {why % {'least': LEAST}}")


def schemes(sheets: Sequence[Sheet], standings: Mapping[str, str]) -> list[Piece]:
    """The schemes, each with its state and the day on which it was read."""
    found = [one for one in sheets if one.kind == Sheet.Kind.SCHEME]
    rows = [
        (
            _marked(one),
            standings.get(one.read.standing, "") or _("to be checked"),
            one.read.said_reading,
            one.said_summary,
        )
        for one in found
    ]
    titles = [_("Scheme"), _("State"), _("Read on"), _("In a few words")]
    note = _("Sheets of the library. A state may have changed since it was read.")
    return [_table("dispositifs", _("The schemes"), titles, rows, note)] if rows else []


def initiatives(sheets: Sequence[Sheet]) -> list[Piece]:
    """What territories of the région tried, as the library tells it."""
    kinds = (Sheet.Kind.INITIATIVE, Sheet.Kind.STORY)
    rows = [
        (
            _marked(one),
            one.territory.name if one.territory else "",
            one.read.said_date,
            one.said_summary,
        )
        for one in sheets
        if one.kind in kinds
    ]
    titles = [_("What was tried"), _("Where"), _("Date"), _("In a few words")]
    note = _("Sheets of the library about territories of the région.")
    caption = _("The initiatives of the région")
    return [_table("initiatives", caption, titles, rows, note)] if rows else []


def key_figures(sheets: Sequence[Sheet]) -> list[Piece]:
    """The key figures, each with what it measures and where it comes from."""
    rows = [
        (_marked(one), one.said_summary, one.read.document, one.read.said_date)
        for one in sheets
        if one.kind == Sheet.Kind.FIGURE
    ]
    titles = [_("Figure"), _("What it measures"), _("Document"), _("Date")]
    note = caution(Sheet.Kind.FIGURE)
    caption = _("The key figures of the library")
    return [_table("chiffres-cles", caption, titles, rows, note)] if rows else []


def _marked(sheet: Sheet) -> str:
    title = sheet.said_title
    return f"{title} ({_('SIMULATED')})" if sheet.is_simulated else title


def _table(
    code: str,
    caption: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str | int | None]],
    note: str,
) -> Table:
    """A column is of numbers when each of its values is one, or is not told."""
    numbers = [
        all(isinstance(row[at], int | None) for row in rows)
        for at in range(len(titles))
    ]
    columns = zip(titles, numbers, strict=True)
    records: list[tuple[Value, ...]] = [tuple(row) for row in rows]
    return Table(
        code=code,
        caption=caption,
        note=note,
        columns=tuple(Column(title, is_number) for title, is_number in columns),
        rows=tuple(tuple(map(_said, row)) for row in rows),
        header=tuple(titles),
        records=tuple(records),
        is_detail=len(rows) > MOST_ON_SLIDES,
    )


def _said(value: str | int | None) -> str:
    if value is None:
        return str(SECRET)
    return whole(value) if isinstance(value, int) else value
