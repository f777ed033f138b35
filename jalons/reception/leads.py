"""Where each choice leads at once: what the site already offers, without waiting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.reception.models import Choice
from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Link:
    words: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A choice, and the pages that answer it today."""

    choice: Choice
    links: tuple[Link, ...]


def leads_of(choices: Iterable[Choice], territory: Territory) -> list[Lead]:
    """In the order of the form."""
    every = _every(territory)
    return [Lead(one, every[one]) for one in choices]


def _every(territory: Territory) -> dict[Choice, tuple[Link, ...]]:
    shelf = reverse("library:list")
    code = territory.code
    return {
        Choice.LEARN: (
            Link(_("The method in seven steps"), reverse("steps:method")),
            Link(_("Points of reference in the library"), f"{shelf}?genre=landmark"),
            Link(
                _("Five questions, answered for your territory"),
                f"{reverse('front:collectivity')}?territoire={code}",
            ),
        ),
        Choice.SCHEMES: (
            Link(_("Schemes, with their dates"), f"{shelf}?genre=scheme"),
            Link(_("Bodies to turn to"), f"{shelf}?genre=ecosystem"),
        ),
        Choice.NETWORK: (
            Link(_("News of the networks"), reverse("community:public_list")),
            Link(_("Agenda of events"), reverse("events:agenda")),
        ),
        Choice.PROJECTS: (
            Link(_("Initiatives"), f"{shelf}?genre=initiative"),
            Link(_("Stories of territories"), f"{shelf}?genre=story"),
            Link(_("Roadmaps adopted"), reverse("adoption:public_list")),
        ),
        Choice.SUPPORT: (
            Link(
                _("The portrait of your territory"),
                reverse("diagnosis:show", args=[code]),
            ),
            Link(
                _("Open a space for your territory"),
                f"{reverse('spaces:create')}?territoire={code}",
            ),
        ),
    }
