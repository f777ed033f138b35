"""What a territory answered to a survey of maturity, as its roadmap may take it up.

A roadmap is read by everybody: it is offered what a return to the territory says, and
no more (docs/decisions/0070-a-roadmap-is-offered-what-a-return-says.md). What people
find hard, ask for or put first is offered when enough of them said it, never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import get_language

from jalons.analysis.grid import ticked
from jalons.analysis.secrecy import PROFESSIONALS
from jalons.diagnosis.maturity import maturity_of
from jalons.indicators.definitions import Text
from jalons.observatory.words import Words
from jalons.questionnaires.definitions import Definition, Question
from jalons.returns.content import Content, Detail, Reach, content_of, reaches
from jalons.returns.definitions import proposals_for, stakes_for
from jalons.returns.reading import PointsRead, dimensions, lead, without_detail
from jalons.roadmaps.models import Roadmap
from jalons.surveys.access import ENOUGH_RESPONDENTS, readable_by_territory
from jalons.surveys.figures import answered_by_territory
from jalons.surveys.models import Campaign
from jalons.territories.models import Territory

MOST_SURVEYS = 3
"""The latest: what was answered years ago is no longer what a territory lives."""
NO_THEME = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that may become a stake: its words there, and the question it asks."""

    code: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class AnswerOffered:
    """A survey and a territory: what it says of its level, what may be taken up.

    `is_public` when its level is published today: only then may a document show its
    points by dimension.
    """

    campaign: Campaign
    territory: Territory
    lead: str
    dimensions: Sequence[PointsRead]
    stakes: Sequence[Said]
    themes: Sequence[str]
    is_public: bool
    is_shown: bool
    # Why less is offered than was answered; empty when everything is.
    note: str

    @property
    def key(self) -> str:
        return f"{self.campaign.pk}-{self.territory.pk}"

    @property
    def may_be_shown(self) -> bool:
        return self.is_public and bool(self.dimensions) and not self.is_shown

    @property
    def left(self) -> int:
        return len(self.stakes) + len(self.themes) + self.may_be_shown


def answers_of(roadmap: Roadmap) -> list[AnswerOffered]:
    """The latest surveys of its territories that its space may read, newest first."""
    taken = {
        (one.campaign_id, one.said)
        for one in roadmap.origins.exclude(campaign=None).only("campaign", "said")
    }
    return [
        offered
        for campaign, territory in _asked(roadmap)
        if (offered := _offered(roadmap, campaign, territory, taken))
    ]


def points_shown(roadmap: Roadmap) -> Sequence[PointsRead]:
    """The points by dimension that the team chose to show, while they may be shown."""
    campaign = roadmap.maturity
    if campaign is None:
        return ()
    for asked, territory in _asked(roadmap):
        if asked == campaign and _is_public(campaign, territory):
            found = _content(campaign, territory)
            if found and found.detail:
                return dimensions(_words(campaign), found.detail)
    return ()


def _asked(roadmap: Roadmap) -> Iterator[tuple[Campaign, Territory]]:
    """Surveys of the space on its perimeter; those of others on its own territory.

    An invented survey is offered to an invented roadmap, a true one to a true one.
    """
    space, perimeter = roadmap.space, list(roadmap.perimeter.order_by("name"))
    surveys = space.campaigns.of_institutions().filter(territories__in=perimeter)
    found = [*surveys.distinct().order_by("-opens_on")]
    if space.territory in perimeter:
        found += readable_by_territory(space)
    same = [one for one in found if one.is_simulated == roadmap.is_simulated]
    for one in sorted(same, key=lambda one: one.opens_on, reverse=True)[:MOST_SURVEYS]:
        if one.version.read().grid is None:
            continue
        is_ours = one.space_id == space.pk
        for territory in one.territories.filter(pk__in=[each.pk for each in perimeter]):
            if is_ours or territory == space.territory:
                yield one, territory


def _offered(
    roadmap: Roadmap,
    campaign: Campaign,
    territory: Territory,
    taken: set[tuple[int | None, str]],
) -> AnswerOffered | None:
    content = _content(campaign, territory)
    if content is None:
        return None
    words, detail = _words(campaign), content.detail
    said = _said(roadmap, campaign, territory, detail) if detail else []
    themes = _themes(roadmap, campaign, territory) if detail and detail.lines else []
    return AnswerOffered(
        campaign=campaign,
        territory=territory,
        lead=lead(words, territory, content),
        dimensions=dimensions(words, detail) if detail else (),
        stakes=[one for one in said if (campaign.pk, one.code) not in taken],
        themes=[one for one in themes if one not in roadmap.theme_names],
        is_public=_is_public(campaign, territory),
        is_shown=roadmap.maturity_id == campaign.pk,
        note=without_detail(detail),
    )


def _content(campaign: Campaign, territory: Territory) -> Content | None:
    """As a return would say it today; the level alone once answers are erased."""
    reach = reaches(campaign).get(territory.pk, Reach.NOTHING)
    if campaign.has_erased_answers and reach is not Reach.NOTHING:
        reach = Reach.CLASS
    return content_of(campaign, territory.pk, reach)


def _is_public(campaign: Campaign, territory: Territory) -> bool:
    shown = maturity_of(territory)
    return shown.state == "published" and shown.slug == campaign.slug


def _said(
    roadmap: Roadmap, campaign: Campaign, territory: Territory, detail: Detail
) -> list[Said]:
    """What its points call for, then what its people said; a question comes once."""
    if not detail.lines:
        return []
    definition = campaign.version.read()
    asked = {one.code: one.stake for one in proposals_for(definition)}
    found = [
        Said(
            f"proposal.{one.code}",
            one.title[_which()],
            _told(asked[one.code]),
        )
        for one in detail.proposals
        if one.code in asked
    ]
    words, counts = _words(campaign), _counted(campaign, territory)
    for question, stake in stakes_for(definition):
        if counts[question.code, stake.answer] >= _enough(roadmap, campaign):
            told = words.option(question.code, stake.answer)
            code = f"{stake.role}.{stake.answer}"
            found.append(Said(code, told, _told(stake.text)))
    once = {one.question: one for one in reversed(found)}
    return list(reversed(once.values()))


def _themes(roadmap: Roadmap, campaign: Campaign, territory: Territory) -> list[str]:
    question = campaign.version.read().with_role("themes")
    if question is None:
        return []
    words, counts = _words(campaign), _counted(campaign, territory)
    least = _enough(roadmap, campaign)
    return [
        words.option(question.code, one)
        for one in question.option_codes
        if one != NO_THEME and counts[question.code, one] >= least
    ]


def _counted(campaign: Campaign, territory: Territory) -> Counter[tuple[str, str]]:
    """How many people of the territory gave each answer to what is asked of opinion."""
    answered = answered_by_territory(campaign, [territory.pk]).get(territory.pk)
    return Counter(
        (question.code, option)
        for sheet in (answered.answers if answered else ())
        for question in _opinions(campaign.version.read())
        for option in ticked(sheet.get(question.code))
    )


def _opinions(definition: Definition) -> list[Question]:
    roles = (definition.with_role(one) for one in ("difficulties", "needs", "themes"))
    return [one for one in roles if one is not None]


def _enough(roadmap: Roadmap, campaign: Campaign) -> int:
    """People who must have said the same; fewer where the space reads every answer."""
    is_ours = campaign.space_id == roadmap.space_id
    return ENOUGH_RESPONDENTS if is_ours else PROFESSIONALS


def _words(campaign: Campaign) -> Words:
    return Words(campaign.version.read(), _language())


def _told(text: Text) -> str:
    return text.en if _which() == "en" else text.fr


def _which() -> Literal["fr", "en"]:
    return "en" if _language().startswith("en") else "fr"


def _language() -> str:
    return get_language() or "fr"
