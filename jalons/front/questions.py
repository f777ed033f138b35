"""The five questions with which a collectivité comes, each led to what answers it.

They are those of the introduction of the regional survey of 2022: which roadmaps to
deploy, with which tools, where to begin, which actions, which fragilities here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jalons.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Way:
    """Where the product answers: what one reads there, and its address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, how it is answered, and where."""

    title: str
    text: str
    ways: tuple[Way, ...]


def questions(territory: Territory) -> list[Question]:
    """In the order in which the work goes."""
    return [
        _fragilities(territory),
        _beginning(territory),
        _roadmaps(territory),
        _tools(),
        _actions(territory),
    ]


def _fragilities(here: Territory) -> Question:
    ways = [Way(_("The portrait"), reverse("diagnosis:show", args=[here.code]))]
    if here.kind != Territory.Kind.COMMUNE and not here.until:
        far = reverse("coverage:show", args=[here.code])
        ways.append(Way(_("Where is help far?"), far))
    return Question(
        _("Which fragilities are there here, and how to answer them?"),
        _("Figures with their source and date, people concerned, what is not known."),
        tuple(ways),
    )


def _beginning(here: Territory) -> Question:
    create = reverse("spaces:create") + "?" + urlencode({"territoire": here.code})
    return Question(
        _("Where to begin?"),
        _("Open your team’s space: a diagnosis in an hour, then seven steps."),
        (Way(_("Open a space for this territory"), create),),
    )


def _roadmaps(here: Territory) -> Question:
    schemes = reverse("library:list") + "?" + urlencode({"genre": "scheme"})
    page = reverse("front:territory", args=[here.code])
    return Question(
        _("Which roadmaps to deploy?"),
        _("National schemes with their state today, and what other territories voted."),
        (
            Way(_("The schemes, in the library"), schemes),
            Way(_("Roadmaps adopted elsewhere"), reverse("adoption:public_list")),
            Way(_("What has been decided here"), page),
        ),
    )


def _tools() -> Question:
    return Question(
        _("Which tools to use?"),
        _("Questionnaires ready to send, sheets to lead a workshop, guides."),
        (
            Way(_("The questionnaires"), reverse("questionnaires:list")),
            Way(_("The resources"), reverse("resources:list")),
            Way(_("The indices"), reverse("indices:list")),
        ),
    )


def _actions(here: Territory) -> Question:
    actors = reverse("actors:public_list") + "?" + urlencode({"ici": here.code})
    return Question(
        _("Which actions to put in place?"),
        _("What other territories tried, with whom you may act here."),
        (
            Way(
                _("Initiatives, in the library"),
                reverse("library:list") + "?" + urlencode({"genre": "initiative"}),
            ),
            Way(_("Who acts here?"), actors),
        ),
    )
