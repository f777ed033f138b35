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

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from jalons.analysis.grid import ticked
from jalons.analysis.secrecy import PROFESSIONALS
from jalons.diagnosis.maturity import Maturity, maturities_of
from jalons.indicators.definitions import Text
from jalons.observatory.words import Words
from jalons.questionnaires.definitions import Definition, Question
from jalons.returns.content import (
    Content,
    Detail,
    Held,
    Reach,
    content_of,
    held_by,
    reaches,
)
from jalons.returns.definitions import proposals_for, stakes_for
from jalons.returns.reading import PointsRead, dimensions, lead, without_detail
from jalons.roadmaps.models import Roadmap
from jalons.surveys.access import ENOUGH_RESPONDENTS, readable_by_territory
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A survey and a territory of it, with what the survey holds, read once."""

    campaign: Campaign
    territory: Territory
    holding: Held
    reach: Reach
    is_public: bool

    @property
    def content(self) -> Content | None:
        """As a return would say it today; the level alone once answers are erased."""
        reach = self.reach
        if reach is not Reach.NOTHING and self.campaign.has_erased_answers:
            reach = Reach.CLASS
        return content_of(self.campaign, self.territory.pk, reach, self.holding)


def answers_of(roadmap: Roadmap) -> list[AnswerOffered]:
    """The latest surveys of its territories that its space may read, newest first."""
    taken = {
        (one.campaign_id, one.said)
        for one in roadmap.origins.exclude(campaign=None).only("campaign", "said")
    }
    return [
        offered for one in _asked(roadmap) if (offered := _offered(roadmap, one, taken))
    ]


def points_shown(roadmap: Roadmap) -> Sequence[PointsRead]:
    """The points by dimension that the team chose to show, while they may be shown."""
    campaign = roadmap.maturity
    if campaign is None:
        return ()
    for one in _asked(roadmap):
        if one.campaign == campaign and one.is_public:
            found = one.content
            if found and found.detail:
                return dimensions(_words(campaign), found.detail)
    return ()


def _asked(roadmap: Roadmap) -> Iterator[_Asked]:
    """Surveys of the space on its perimeter; those of others on its own territory."""
    space, perimeter = roadmap.space, list(roadmap.perimeter.order_by("name"))
    latest = _latest(roadmap, perimeter)
    asking = Campaign.territories.through.objects.filter(
        campaign__in=latest, territory__in=perimeter
    )
    pairs = set(asking.values_list("campaign_id", "territory_id"))
    asked = {code for _survey, code in pairs}
    shown = maturities_of([each for each in perimeter if each.pk in asked])
    for one in latest:
        territories = [
            each
            for each in perimeter
            if (one.pk, each.pk) in pairs
            and (one.space_id == space.pk or each == space.territory)
        ]
        holding = held_by(one, [each.pk for each in territories])
        reach = reaches(one, holding)
        for each in territories:
            yield _Asked(
                one,
                each,
                holding,
                reach.get(each.pk, Reach.NOTHING),
                is_public=_is_published(shown[each.pk], one),
            )


def _latest(roadmap: Roadmap, perimeter: list[Territory]) -> list[Campaign]:
    """An invented survey goes to an invented roadmap, a true one to a true one."""
    space = roadmap.space
    surveys = space.campaigns.of_institutions().filter(territories__in=perimeter)
    found = [*surveys.distinct().order_by("-opens_on")]
    if space.territory in perimeter:
        found += readable_by_territory(space)
    same = [one for one in found if one.is_simulated == roadmap.is_simulated]
    latest = sorted(same, key=lambda one: one.opens_on, reverse=True)[:MOST_SURVEYS]
    prefetch_related_objects(latest, "version", "space")
    return [one for one in latest if one.version.read().grid is not None]


def _offered(
    roadmap: Roadmap, one: _Asked, taken: set[tuple[int | None, str]]
) -> AnswerOffered | None:
    campaign, content = one.campaign, one.content
    if content is None:
        return None
    words, detail = _words(campaign), content.detail
    said = _said(roadmap, one, detail) if detail else []
    themes = _themes(roadmap, one) if detail and detail.lines else []
    return AnswerOffered(
        campaign=campaign,
        territory=one.territory,
        lead=lead(words, one.territory, content),
        dimensions=dimensions(words, detail) if detail else (),
        stakes=[each for each in said if (campaign.pk, each.code) not in taken],
        themes=[each for each in themes if each not in roadmap.theme_names],
        is_public=one.is_public,
        is_shown=roadmap.maturity_id == campaign.pk,
        note=without_detail(detail),
    )


def _is_published(shown: Maturity, survey: Campaign) -> bool:
    """Whether it is the survey that says a level to everybody today."""
    return shown.state == "published" and shown.slug == survey.slug


def _said(roadmap: Roadmap, survey: _Asked, detail: Detail) -> list[Said]:
    """What its points call for, then what its people said; a question comes once."""
    if not detail.lines:
        return []
    campaign = survey.campaign
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
    words, counts = _words(campaign), _counted(survey)
    for question, stake in stakes_for(definition):
        if counts[question.code, stake.answer] >= _enough(roadmap, campaign):
            told = words.option(question.code, stake.answer)
            code = f"{stake.role}.{stake.answer}"
            found.append(Said(code, told, _told(stake.text)))
    once = {one.question: one for one in reversed(found)}
    return list(reversed(once.values()))


def _themes(roadmap: Roadmap, survey: _Asked) -> list[str]:
    campaign = survey.campaign
    question = campaign.version.read().with_role("themes")
    if question is None:
        return []
    words, counts = _words(campaign), _counted(survey)
    least = _enough(roadmap, campaign)
    return [
        words.option(question.code, one)
        for one in question.option_codes
        if one != NO_THEME and counts[question.code, one] >= least
    ]


def _counted(survey: _Asked) -> Counter[tuple[str, str]]:
    """How many people of the territory gave each answer to what is asked of opinion."""
    answered = survey.holding.answered.get(survey.territory.pk)
    return Counter(
        (question.code, option)
        for sheet in (answered.answers if answered else ())
        for question in _opinions(survey.campaign.version.read())
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
