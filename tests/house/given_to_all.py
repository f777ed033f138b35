"""What everybody may read of what a space holds, and why: all the rest is the space's.

A text found elsewhere by a stranger, and that is not here, is a leak. `rows` says which
rows of the table are public; all of those of our space when it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from jalons.actors.models import Actor
from jalons.adoption.models import Adoption, Publication, Version
from jalons.community.models import News
from jalons.directory.models import Place, PlaceList
from jalons.evaluation.models import Story
from jalons.events.models import Event
from jalons.gazette.models import Article, Edition, Letter
from jalons.groups.models import Group
from jalons.impact import models as impact
from jalons.library.models import Sheet
from jalons.meetings.models import Meeting
from jalons.resources.models import Resource
from jalons.tours.models import Tour
from tests.house.canaries import Planted

PLACE = """name address address_more locality description summary phone opening
    access_page booking_page other_labels collected_by"""


@dataclass(frozen=True, slots=True)
class ToAll:
    """Fields of one table, why everybody reads them, and in which rows."""

    fields: str
    why: str
    rows: Callable[[], QuerySet] | None = None


def _published(model: str) -> Callable[[], QuerySet]:
    """Those whose embargo is over and that were not withdrawn."""
    return lambda: apps.get_model(model).objects.filter(
        withdrawn_at=None, public_from__lte=timezone.now()
    )


def _adoptions() -> QuerySet:
    public = Publication.objects.filter(withdrawn_at=None)
    return Adoption.objects.filter(pk__in=public.values("adoption"))


TO_ALL = {
    "spaces.Space": ToAll("name", "who signs what a team publishes or asks"),
    "surveys.Campaign": ToAll(
        """title sponsor notice_purpose notice_legal_basis notice_retention
        notice_rights notice_publication""",
        "the notice, read before the first question by whoever has the address",
    ),
    "statements.Audit": ToAll(
        "auditor sample faults report", "the law asks that an audit be declared"
    ),
    "observatory.Publication": ToAll(
        "figures", "results made public", _published("observatory.Publication")
    ),
    "synthesis.Edition": ToAll(
        "content", "a synthesis made public", _published("synthesis.Edition")
    ),
    "publications.Issue": ToAll(
        "content", "a regional document made public", _published("publications.Issue")
    ),
    "impact.Publication": ToAll(
        "told", "an impact page made public", _published("impact.Publication")
    ),
    "evaluation.Story": ToAll(
        "teller domain text",
        "quoted by an impact page, its teller having agreed",
        lambda: Story.objects.filter(
            is_agreed=True,
            review__evaluation__roadmap__in=impact.Publication.objects.filter(
                withdrawn_at=None
            ).values("page__roadmap"),
        ),
    ),
    "adoption.Version": ToAll(
        "document",
        "a roadmap adopted, made public",
        lambda: Version.objects.filter(pk__in=_adoptions().values("version")),
    ),
    "adoption.Adoption": ToAll(
        "body deliberation",
        "who adopted a public roadmap, and by which act",
        _adoptions,
    ),
    "community.News": ToAll(
        "title text done", "news that a recognised team shows", News.objects.public
    ),
    "directory.PlaceList": ToAll(
        "name licence", "a list of a recognised team", PlaceList.objects.shown
    ),
    "directory.Place": ToAll(
        PLACE, "a place of a public list", lambda: Place.objects.open_to_all()
    ),
    "tours.Tour": ToAll("title summary", "a tour announced", Tour.objects.published),
    "actors.Actor": ToAll(
        "name",
        "who holds a tour announced",
        lambda: Actor.objects.filter(tours__in=Tour.objects.published()),
    ),
    "groups.Group": ToAll(
        "name purpose",
        "a group that shows itself",
        lambda: Group.objects.exclude(shows=Group.Shows.NOTHING),
    ),
    "meetings.Meeting": ToAll(
        "title purpose place",
        "an event of the public agenda",
        lambda: Meeting.objects.filter(event__in=Event.objects.shown()),
    ),
    "events.Event": ToAll(
        "description audience replay_url",
        "an event of the public agenda",
        Event.objects.shown,
    ),
    "gazette.Edition": ToAll(
        "title summary text",
        "the current version of an article",
        lambda: Edition.objects.filter(
            pk__in=Article.objects.public().values("current")
        ),
    ),
    "gazette.Letter": ToAll("title text", "a letter sent", Letter.objects.public),
    "library.Sheet": ToAll("title summary", "a sheet published", Sheet.objects.public),
    "resources.Resource": ToAll(
        "title summary url made_by", "a resource published", Resource.objects.public
    ),
    "files.StoredFile": ToAll(
        "name content",
        "the file of a resource published",
        lambda: apps.get_model("files.StoredFile").objects.filter(
            Q(pk__in=Resource.objects.public().values("stored"))
        ),
    ),
}


class GivenToAll:
    """Tells what is public from what is not, the rows being read once."""

    def __init__(self) -> None:
        self.rows = {
            model: {*given.rows().values_list("pk", flat=True)}
            for model, given in TO_ALL.items()
            if given.rows
        }

    def but(self, found: Iterable[Planted]) -> set[Planted]:
        """What of this everybody may not read."""
        return {one for one in found if not self._has(one)}

    def _has(self, one: Planted) -> bool:
        given = TO_ALL.get(one.model)
        if given is None or one.field not in given.fields.split():
            return False
        return one.model not in self.rows or one.pk in self.rows[one.model]
