"""Impact pages for the tests, written as a team writes them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from jalons.accounts.models import User
from jalons.evaluation.models import Story
from jalons.evaluation.reviewing import keep_story
from jalons.impact import operations
from jalons.impact.models import ImpactPage, Publication, StoryCard
from jalons.roadmaps.models import Roadmap
from tests.evaluation.plans import make_review

FIRST, LAST = date(2025, 7, 1), date(2026, 6, 30)


def make_page(roadmap: Roadmap, *, by: User, **said: object) -> ImpactPage:
    given = {
        "since": FIRST,
        "until": LAST,
        "done": "Un bus est passé.",
        "failed": "Le jeudi n’a attiré personne.",
        **said,
    }
    page = ImpactPage(roadmap=roadmap, **given)
    return operations.write_page(page, version=1, by=by)


def make_story(evaluation, *, by: User, text: str = "J’ose maintenant.") -> Story:
    review = make_review(evaluation, date(2026, 5, 2), by=by)
    row = Story(review=review, teller="Une habitante", domain="Oser", text=text)
    row.is_agreed = True
    return keep_story(row, by=by)


def make_card(page: ImpactPage, story: Story, *, by: User) -> StoryCard:
    card = StoryCard(page=page, story=story, agreed_on=LAST, agreed_how="written")
    return operations.agree_card(card, by=by)


def publishes(page: ImpactPage, *, by: User) -> Publication:
    return operations.publish(page, public_from=timezone.now(), by=by)
