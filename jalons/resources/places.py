"""A place that somebody proposes: what it looks like, and how it enters a list.

It enters by the same reading as a file of the national schema: a mobile number is kept
apart, a text without markup, hours read or shown as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.accounts.models import User
from jalons.analysis.matching import Described, Likeness, compare
from jalons.curation import correcting
from jalons.curation.keeping import kept_by
from jalons.directory.cells import BadRow
from jalons.directory.communes import Communes
from jalons.directory.models import Place, PlaceList
from jalons.directory.naming import list_name
from jalons.directory.operations import SERVICES, Order, import_places
from jalons.directory.reading import Draft, Reader
from jalons.directory.records import Records
from jalons.directory.vocabulary import read_vocabulary
from jalons.directory.words import opening_said
from jalons.resources.models import Proposal
from jalons.spaces.models import Space
from jalons.territories.models import Territory

LIST, SIMULATED_LIST = "Lieux proposés", "Lieux proposés (simulés)"
MOST_TWINS, LEAST_SCORE = 5, 0.6
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Telephone"),
    "mailboxes": gettext_lazy("E-mail of the place"),
    "websites": gettext_lazy("Site"),
    "opening": gettext_lazy("Opening hours"),
    "summary": gettext_lazy("In a few words"),
    "kinds": gettext_lazy("Kind of place"),
    SERVICES: gettext_lazy("Help given"),
}
"""What may be taken from a proposal into a place that is there already."""


class NotAPlace(Exception):
    """What was proposed cannot enter a list; its text says why."""


class NotOurs(Exception):
    """The place is in a list that the team does not keep."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A place that looks like the one proposed, and how much."""

    place: Place
    likeness: Likeness
    is_ours: bool

    @property
    def percent(self) -> int:
        return round(100 * self.likeness.score)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a place says of a field, and what is proposed."""

    name: str
    title: str
    now: str
    proposed: str


def twins_of(
    content: dict[str, object], commune: Territory, space: Space | None = None
) -> list[Twin]:
    """Places of the commune that look like it, the most alike first."""
    proposed = Described(
        key="",
        name=str(content["name"]),
        address=str(content.get("address", "")),
        commune=commune.name,
        commune_code=commune.pk,
    )
    found = [
        Twin(place, compare(proposed, _described(place)), is_ours=False)
        for place in _around(commune, space)
    ]
    close = [one for one in found if one.likeness.score >= LEAST_SCORE]
    return sorted(close, key=lambda one: -one.likeness.score)[:MOST_TWINS]


def twins_for(proposal: Proposal, space: Space) -> list[Twin]:
    """The same, with those that the team may change; its own, though it waits."""
    found = twins_of(proposal.content, proposal.commune, space)
    theirs = Place.objects.filter(
        kept_by(space), pk__in=[one.place.pk for one in found]
    )
    ours = set(theirs.values_list("pk", flat=True))
    return [Twin(one.place, one.likeness, one.place.pk in ours) for one in found]


def create_place(proposal: Proposal, space: Space, *, by: User) -> Place:
    """A new place in the list of what was proposed to this team, its origin noted.

    Raises NotAPlace.
    """
    columns = read_vocabulary().schema.columns_read
    kind = SIMULATED_LIST if proposal.is_simulated else LIST
    order = Order(
        list_name(kind, space),
        space=space,
        is_simulated=proposal.is_simulated,
    )
    rows = iter([(1, _cells(proposal, space))])
    records = Records(order.name, columns, rows, ())
    report = import_places(records, order, by=by)
    if report.refused:
        raise NotAPlace(report.refused[0].reason)
    return Place.objects.get(place_list__name=order.name, ref=_ref(proposal))


def change_place(
    proposal: Proposal, place: Place, names: Collection[str], *, space: Space, by: User
) -> None:
    """Take some fields of a proposal into a place of the team. Raises NotAPlace."""
    draft = _draft(proposal)
    services = [one.kind for one in place.services.all()]
    if SERVICES in names:
        services = list(draft.services)
    values = {
        name: getattr(draft.place, name)
        for name in FIELDS
        if name in names and name != SERVICES
    }
    correcting.correct_place(place, values, services, space=space, by=by)


def differences(proposal: Proposal, place: Place) -> list[Difference]:
    """The fields that the proposal says otherwise. Raises NotAPlace."""
    draft = _draft(proposal)
    services = sorted(one.kind for one in place.services.all())
    rows = []
    for name, title in FIELDS.items():
        if name == SERVICES:
            now, proposed = services, sorted(draft.services)
        else:
            now, proposed = getattr(place, name), getattr(draft.place, name)
        if proposed and proposed != now:
            said = _said(name, now), _said(name, proposed)
            rows.append(Difference(name, str(title), *said))
    return rows


def _draft(proposal: Proposal) -> Draft:
    """What the schema makes of a proposal. Raises NotAPlace."""
    reader = Reader(read_vocabulary(), Communes())
    try:
        return reader.read(1, _cells(proposal, proposal.space))
    except BadRow as error:
        raise NotAPlace(error.reason) from error


def _said(name: str, value: object) -> str:
    if name == "opening":
        return opening_said(str(value))
    if not isinstance(value, list):
        return str(value)
    columns = {"kinds": "typologie", SERVICES: "services"}
    if name in columns:
        return ", ".join(read_vocabulary().said(columns[name], value))
    return ", ".join(map(str, value))


def _cells(proposal: Proposal, space: Space | None) -> dict[str, str]:
    """A row of the national schema."""
    given = proposal.content
    known = read_vocabulary()
    cells = dict.fromkeys(known.schema.columns_read, "")
    cells |= {
        "id": _ref(proposal),
        "nom": str(given["name"]),
        "commune": proposal.commune.name,
        "code_insee": proposal.commune.pk,
        "code_postal": str(given.get("postcode", "")),
        "adresse": str(given.get("address", "")),
        "typologie": _labels("typologie", given.get("kinds")),
        "telephone": str(given.get("phone", "")),
        "courriels": str(given.get("mailbox", "")),
        "site_web": str(given.get("website", "")),
        "horaires": str(given.get("opening", "")),
        "presentation_resume": str(given.get("summary", "")),
        "services": _labels("services", given.get("services")),
        "source": _origin(proposal, space),
        "date_maj": timezone.localdate().isoformat(),
    }
    return cells


def _origin(proposal: Proposal, space: Space | None) -> str:
    """Where it comes from, in the column of the schema that says so."""
    said = _("Proposed by a reader on %(day)s, read by %(team)s")
    day = timezone.localdate(proposal.sent_at).isoformat()
    return said % {"day": day, "team": space.name if space else "Jalons"}


def _labels(column: str, codes: object) -> str:
    terms = read_vocabulary().terms[column]
    wanted = codes if isinstance(codes, list) else []
    return "|".join(terms[code].label for code in wanted if code in terms)


def _ref(proposal: Proposal) -> str:
    return f"proposition-{proposal.pk}"


def _around(commune: Territory, space: Space | None) -> QuerySet[Place]:
    """Those of a commune that everybody reads, and those of a team."""
    read = Q(place_list__in=PlaceList.objects.shown())
    ours = Q(place_list__space=space) if space else Q()
    places = Place.objects.in_their_list().filter(read | ours, commune=commune)
    return places.select_related("place_list", "organisation").order_by("pk")


def _described(place: Place) -> Described:
    return Described(
        key=str(place.pk),
        name=place.name,
        address=place.address,
        commune=place.locality,
        commune_code=place.commune_id,
    )


def rows_of(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """What was proposed, field by field, as the team reads it."""
    given = proposal.content
    shown = {
        "name": given.get("name"),
        "address": given.get("address"),
        "phone": given.get("phone"),
        "mailboxes": given.get("mailbox"),
        "websites": given.get("website"),
        "opening": given.get("opening"),
        "summary": given.get("summary"),
        "kinds": given.get("kinds"),
        SERVICES: given.get("services"),
    }
    for name, value in shown.items():
        if value:
            yield str(FIELDS[name]), _said(name, value)
