from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse
from django.utils import timezone

from jalons.accounts.models import Link, User
from jalons.accounts.operations import give_link, revoke_link
from jalons.audit import operations as audit
from jalons.curation.keeping import kept_by
from jalons.directory.models import Place
from jalons.files import operations as files
from jalons.files.models import StoredFile
from jalons.library import operations as library
from jalons.library.definitions import from_store
from jalons.library.models import Sheet
from jalons.mail import operations as mail
from jalons.resources import places
from jalons.resources.models import PROPOSAL_DAYS, Proposal, Resource
from jalons.search.words import line_of, words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory

RECEIVED, ASKED = "proposal-received", "proposal-asked"
ACCEPTED, REFUSED = "proposal-accepted", "proposal-refused"
RESOURCE_FIELDS = (
    *("title", "summary", "url", "kind", "licence", "themes", "made_by"),
)
State = Proposal.State
NEAREST = (
    Territory.Kind.COMMUNE,
    Territory.Kind.EPCI,
    Territory.Kind.DEPARTEMENT,
    Territory.Kind.REGION,
)
"""A proposal goes to the team of the smallest territory that holds its commune."""


class AlreadyProposed(Exception):
    """The same thing waits already; `proposal` is that one."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(str(proposal))
        self.proposal = proposal


class AlreadyDecided(Exception):
    """Somebody answered this proposal meanwhile, or passed it on."""


class NotACentre(Exception):
    """A resource centre alone publishes in the library."""


class Unreachable(Exception):
    """The author left no address, or did not confirm it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody proposes, as a form cleaned it."""

    kind: Proposal.Kind
    title: str
    commune: Territory
    content: dict[str, object]
    email: str = ""
    stored: StoredFile | None = None
    is_simulated: bool = False
    same: tuple[str, ...] = field(default=())
    """By which the same thing proposed twice is known."""


@transaction.atomic
def propose(given: Given) -> Proposal:
    """Keep a proposal for the team of its commune. Raises AlreadyProposed."""
    digest = _digest(given)
    waiting = Proposal.objects.filter(digest=digest, state__in=Proposal.OPEN).first()
    if waiting:
        raise AlreadyProposed(waiting)
    proposal = Proposal.objects.create(
        kind=given.kind,
        content=given.content,
        title=given.title,
        commune=given.commune,
        space=(
            centre_of(given.commune)
            if given.kind == Proposal.Kind.INITIATIVE
            else team_of(given.commune)
        ),
        stored=given.stored,
        digest=digest,
        email=given.email,
        is_simulated=given.is_simulated,
    )
    audit.record("proposal.sent", proposal, by=None)
    if proposal.email:
        _write(proposal, RECEIVED)
    return proposal


def team_of(commune: Territory) -> Space | None:
    """The oldest recognised team of the smallest territory that holds a commune."""
    around = Territory.objects.containing(commune).values_list("pk", flat=True)
    ranks = [
        When(territory__kind=kind, then=Value(n)) for n, kind in enumerate(NEAREST)
    ]
    found: Space | None = (
        Space.objects.recognised()
        .filter(territory__in=[commune.pk, *around])
        .annotate(
            rank=Case(*ranks, default=Value(9), output_field=IntegerField()),
        )
        .order_by("rank", "pk")
        .first()
    )
    return found


def centre_of(commune: Territory) -> Space | None:
    """The recognised resource centre around a commune, which keeps initiatives."""
    around = Territory.objects.containing(commune).values_list("pk", flat=True)
    found: Space | None = (
        Space.objects.recognised()
        .filter(kind=Space.Kind.RESOURCE_CENTRE, territory__in=[commune.pk, *around])
        .order_by("pk")
        .first()
    )
    return found


@transaction.atomic
def confirm_email(proposal: Proposal) -> None:
    """Its author opened the link: they may be written to."""
    if proposal.confirmed_at is None:
        proposal.confirmed_at = timezone.now()
        proposal.save(update_fields=["confirmed_at"])


@transaction.atomic
def ask_more(proposal: Proposal, question: str, *, space: Space, by: User) -> None:
    """Ask its author for more. Raises Unreachable, AlreadyDecided."""
    _take(proposal, space)
    if not proposal.can_be_asked:
        raise Unreachable(proposal)
    proposal.state, proposal.question = State.ASKED, question
    proposal.save(update_fields=["state", "question"])
    _write(proposal, ASKED)
    audit.record("proposal.asked", proposal, by=by)


@transaction.atomic
def complete(proposal: Proposal, text: str) -> None:
    """Its author answers; the team reads it again. Raises AlreadyDecided."""
    _lock_open(proposal)
    proposal.completed, proposal.state = text, State.WAITING
    proposal.save(update_fields=["completed", "state"])
    audit.record("proposal.completed", proposal, by=None)


@transaction.atomic
def pass_on(proposal: Proposal, *, space: Space, to: Space, by: User) -> None:
    """Another team reads it from now on. Raises AlreadyDecided."""
    _lock_open(proposal, space)
    proposal.space = to
    proposal.save(update_fields=["space"])
    details = {"to": to.name}
    for one in (space, to):
        audit.record(
            "proposal.passed_on", proposal, by=by, space_id=one.pk, details=details
        )


@transaction.atomic
def accept_place(proposal: Proposal, *, space: Space, by: User) -> Place:
    """A new place, its origin noted. Raises NotAPlace, AlreadyDecided."""
    _take(proposal, space)
    proposal.place = places.create_place(proposal, space, by=by)
    _accept(proposal, by)
    return proposal.place


@transaction.atomic
def accept_changes(
    proposal: Proposal, place: Place, names: Collection[str], *, space: Space, by: User
) -> None:
    """A place of the team takes what was proposed. Raises NotOurs, AlreadyDecided."""
    _take(proposal, space)
    if not Place.objects.filter(kept_by(space), pk=place.pk).exists():
        raise places.NotOurs(place)
    places.change_place(proposal, place, names, space=space, by=by)
    proposal.place = place
    _accept(proposal, by)


@transaction.atomic
def accept_resource(proposal: Proposal, *, space: Space, by: User) -> Resource:
    """Everybody reads it. Raises AlreadyDecided."""
    _take(proposal, space)
    given = proposal.content
    resource = Resource(
        space=space,
        territory=proposal.commune,
        stored=proposal.stored,
        is_simulated=proposal.is_simulated,
        **{name: given[name] for name in RESOURCE_FIELDS},
    )
    proposal.resource = publish_resource(resource, by=by)
    _accept(proposal, by)
    return proposal.resource


@transaction.atomic
def accept_initiative(proposal: Proposal, *, space: Space, by: User) -> Sheet:
    """A sheet of the library, found by all. Raises AlreadyDecided, NotACentre."""
    if space.kind != Space.Kind.RESOURCE_CENTRE:
        raise NotACentre(space)
    _take(proposal, space)
    new = library.New(Sheet.Kind.INITIATIVE, space, is_simulated=proposal.is_simulated)
    content = from_store(proposal.content)
    proposal.sheet = library.create_sheet(new, content, by=by)
    library.publish_sheet(proposal.sheet, by=by)
    _accept(proposal, by)
    return proposal.sheet


@transaction.atomic
def refuse(proposal: Proposal, reason: str, *, space: Space, by: User) -> None:
    """Its author is told why, when they may be written to. Raises AlreadyDecided."""
    _take(proposal, space)
    proposal.state, proposal.reason = State.REFUSED, reason
    _decide(proposal, by)
    if proposal.stored:
        stored, proposal.stored = proposal.stored, None
        proposal.save(update_fields=["stored"])
        files.discard(stored)
    if proposal.can_be_asked:
        _write(proposal, REFUSED)
    audit.record("proposal.refused", proposal, by=by)


@transaction.atomic
def publish_resource(resource: Resource, *, by: User) -> Resource:
    """Everybody finds it; its file is kept as long as it is."""
    resource.key = line_of(resource.title, resource.summary, resource.made_by)
    resource.published_by = by
    resource.save()
    if resource.stored:
        resource.stored.expires_at = None
        resource.stored.save(update_fields=["expires_at"])
    audit.record("resource.published", resource, by=by)
    return resource


@transaction.atomic
def withdraw_resource(resource: Resource, *, by: User) -> None:
    """Nobody finds it any more; its file is forgotten."""
    stored, resource.stored = resource.stored, None
    resource.withdrawn_at = timezone.now()
    resource.save(update_fields=["withdrawn_at", "stored"])
    if stored:
        files.discard(stored)
    audit.record("resource.withdrawn", resource, by=by)


def _take(proposal: Proposal, space: Space) -> None:
    """Lock a proposal for the team that answers it. Raises AlreadyDecided."""
    _lock_open(proposal, space)
    if proposal.space_id is None:
        proposal.space = space
        proposal.save(update_fields=["space"])


def _lock_open(proposal: Proposal, space: Space | None = None) -> None:
    """Lock a proposal nobody decided nor passed on yet, as it is by now.

    Raises AlreadyDecided.
    """
    proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
    if not proposal.is_open or (space and proposal.space not in (None, space)):
        raise AlreadyDecided(proposal)


def _accept(proposal: Proposal, by: User) -> None:
    proposal.state = State.ACCEPTED
    _decide(proposal, by)
    if proposal.can_be_asked:
        _write(proposal, ACCEPTED)
    audit.record("proposal.accepted", proposal, by=by)


def _decide(proposal: Proposal, by: User) -> None:
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()


def _write(proposal: Proposal, reason: str) -> None:
    """A mail to the author, with a new link that takes the place of the last one."""
    if proposal.link:
        revoke_link(proposal.link)
    end = proposal.sent_at + timedelta(days=PROPOSAL_DAYS)
    proposal.link, secret = give_link(Link.Purpose.PROPOSAL, expires_at=end)
    proposal.save(update_fields=["link"])
    path = reverse("resources:follow", args=[secret])
    mail.queue(
        reason,
        proposal.email,
        period=f"{proposal.pk}-{timezone.now():%Y%m%d%H%M%S}",
        context={
            "proposal": proposal,
            "url": f"{settings.SITE_URL}{path}",
            "page": _page(proposal),
        },
    )


def _page(proposal: Proposal) -> str:
    """Where everybody reads what was accepted."""
    path = ""
    if proposal.place_id:
        path = reverse("directory:show", args=[proposal.place_id])
    elif proposal.resource_id:
        path = reverse("resources:show", args=[proposal.resource_id])
    elif proposal.sheet:
        path = reverse("library:show", args=[proposal.sheet.code])
    return f"{settings.SITE_URL}{path}" if path else ""


def _digest(given: Given) -> str:
    words = [" ".join(words_of(one)) for one in given.same]
    text = "|".join((given.kind, *words))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
