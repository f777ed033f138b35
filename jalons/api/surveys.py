from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from jalons.api.answers import (
    About,
    Limit,
    Listed,
    Number,
    Slug,
    Survey,
    SurveyRead,
    Table,
)
from jalons.api.paging import USUAL, page_of
from jalons.observatory.access import get_public
from jalons.observatory.figures import published_figures
from jalons.observatory.models import Publication
from jalons.observatory.restitution import Restitution, builders, restitution_of

router = Router()


@router.get("", response=Listed[Survey], url_name="surveys")
def every(request: HttpRequest, after: Number | None = None, limit: Limit = USUAL):
    """The surveys whose results are public today, in the order of their publication."""
    public = Publication.objects.public(at=timezone.now()).defer("figures")
    related = public.select_related("campaign__space__territory")
    rows, following = page_of(request, related, "pk", after, limit)
    items = [_survey(request, one) for one in rows]
    sources = "; ".join(dict.fromkeys(one.sponsor for one in items))
    simulated = any(one.simulated for one in items)
    about = About(licence=None, source=sources, simulated=simulated)
    return {"about": about, "items": items, "next": following}


@router.get("/{slug}", response=SurveyRead, url_name="survey")
def one(request: HttpRequest, slug: Slug):
    """What the public page says first, and the tables that it lets download."""
    publication, shown = _opened(slug)
    base = shown.figures.base
    return SurveyRead(
        about=_about(shown),
        survey=_survey(request, publication),
        sentence=shown.lead,
        respondents=base.responses,
        territories_answering=base.responding,
        territories_asked=base.perimeter,
        tables=sorted(code for code, made in builders(shown).items() if made()),
    )


@router.get("/{slug}/tables/{table}", response=Table, url_name="survey_table")
def table(request: HttpRequest, slug: Slug, table: Slug):
    """One table, cell for cell as its CSV file."""
    _publication, shown = _opened(slug)
    builder = builders(shown).get(table)
    sheet = builder() if builder else None
    if sheet is None:
        raise Http404
    return Table(
        about=_about(shown),
        code=table,
        caption=sheet.caption,
        note=sheet.note,
        header=sheet.header,
        rows=[[*row] for row in sheet.records()],
    )


def _opened(slug: str) -> tuple[Publication, Restitution]:
    """The same door as the public page, and the figures that were checked."""
    publication = get_public(slug, timezone.now())
    found = published_figures(publication)
    return publication, restitution_of(publication.campaign, found)


def _about(shown: Restitution) -> About:
    simulated = shown.campaign.is_simulated
    return About(licence=None, source=shown.source, simulated=simulated)


def _survey(request: HttpRequest, publication: Publication) -> Survey:
    campaign = publication.campaign
    page = reverse("observatory:public", args=[campaign.slug])
    return Survey(
        slug=campaign.slug,
        title=campaign.title,
        sponsor=campaign.sponsor,
        territory=campaign.space.territory.code,
        published_on=timezone.localdate(publication.public_from),
        simulated=campaign.is_simulated,
        url=request.build_absolute_uri(page),
    )
