"""The host of the site: chosen, written, published; each version stays readable."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.hosts import figures
from jalons.hosts.models import ONLY, Host, Profile
from jalons.spaces.models import Space


class NotACentre(Exception):
    """Only a recognised resource centre may host the site."""


class NothingToPublish(Exception):
    """No draft waits."""


@transaction.atomic
def name_host(space: Space, *, by: User | None) -> Host:
    """This centre answers for the site from now on; `by` is None for the command."""
    if space.kind != Space.Kind.RESOURCE_CENTRE or not space.is_recognised:
        raise NotACentre(space)
    host, _created = Host.objects.update_or_create(
        pk=ONLY,
        defaults={"space": space, "named_at": timezone.now(), "named_by": by},
    )
    audit.record("host.named", space, by=by, space_id=space.pk)
    transaction.on_commit(figures.forget)
    return host


@transaction.atomic
def write_draft(space: Space, values: Mapping[str, object], *, by: User) -> Profile:
    """Keep what the host would say; nobody reads it before it is published.

    `values` holds fields of `Profile.KEPT`; those left out keep what the draft says,
    or what is published.
    """
    _lock(space)
    draft = space.host_profiles.drafts().first() or _copy_of_current(space)
    for field in Profile.KEPT:
        if field in values:
            setattr(draft, field, values[field])
    draft.written_at, draft.written_by = timezone.now(), by
    draft.save()
    audit.record("host.written", draft, by=by)
    return draft


@transaction.atomic
def publish_draft(space: Space, *, by: User) -> Profile:
    """Everybody reads it; the version before stays in the history. Raises
    NothingToPublish."""
    _lock(space)
    draft: Profile | None = space.host_profiles.drafts().first()
    if draft is None:
        raise NothingToPublish(space)
    now = timezone.now()
    current = space.host_profiles.published().filter(replaced_at=None)
    current.update(replaced_at=now)
    draft.published_at, draft.published_by = now, by
    draft.save(update_fields=["published_at", "published_by"])
    audit.record("host.published", draft, by=by)
    transaction.on_commit(figures.forget)
    return draft


@transaction.atomic
def bring_back(version: Profile, *, by: User) -> Profile:
    """Start again from a former version: a draft, to be read over and published."""
    values = {field: getattr(version, field) for field in Profile.KEPT}
    draft = write_draft(version.space, values, by=by)
    audit.record("host.brought_back", draft, by=by)
    return draft


def _lock(space: Space) -> None:
    Host.objects.select_for_update().get(space=space)


def _copy_of_current(space: Space) -> Profile:
    current = space.host_profiles.published().filter(replaced_at=None).first()
    if current is None:
        return Profile(space=space)
    values = {field: getattr(current, field) for field in Profile.KEPT}
    return Profile(space=space, **values)
