"""Every link of a map as lines: those that stand, and those they replaced."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.ecosystems.models import Link, Resource, ResourceMap


def header() -> list[str]:
    return [
        _("Centre"),
        _("Category"),
        _("Resource"),
        _("Link"),
        _("Who sees to it"),
        _("Since"),
        _("Said by"),
        _("Counted"),
        _("Received at"),
        _("Actor of the table"),
    ]


def lines_of(map: ResourceMap) -> Iterator[list[object]]:
    """Links in the order in which they were said, then resources never linked."""
    links = Link.objects.filter(resource__map=map)
    linked = set()
    for one in links.select_related("resource__actor", "centre").order_by("pk"):
        resource = one.resource
        linked.add(resource.pk)
        stands = one.is_current and not resource.withdrawn_at
        yield [
            str(one.centre),
            resource.get_category_display(),
            resource.name,
            one.get_status_display(),
            one.owner,
            one.since,
            one.by,
            _("yes") if stands else _("no"),
            one.said_at,
            resource.actor.name if resource.actor else "",
        ]
    alone = map.resources.exclude(pk__in=linked).select_related("actor")
    yield from (_without_link(one) for one in alone.order_by("pk"))


def _without_link(one: Resource) -> list[object]:
    return [
        "",
        one.get_category_display(),
        one.name,
        str(Link.Status.NONE.label),
        "",
        None,
        "",
        _("no") if one.withdrawn_at else _("yes"),
        one.added_at,
        one.actor.name if one.actor else "",
    ]
