from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from jalons.api.answers import (
    About,
    Limit,
    Listed,
    Number,
    Row,
    Slug,
    Survey,
    SurveyRead,
    Table,
)
from jalons.api.exports import ROOT, Export, Format, by_key, send, told_apart
from jalons.api.paging import USUAL, page_of
from jalons.api.words import GROUPS
from jalons.files.exports import SIMULATED
from jalons.files.licences import common_to, name_of
from jalons.observatory.access import get_public
from jalons.observatory.figures import published_figures
from jalons.observatory.models import Publication
from jalons.observatory.restitution import Restitution, builders, restitution_of
from jalons.observatory.results import Figures
from jalons.observatory.sheets import Sheet

router, files = Router(), Router()


@router.get("", response=Listed[Survey], url_name="surveys")
def every(request: HttpRequest, after: Number | None = None, limit: Limit = USUAL):
    """The surveys whose results are public today, in the order of their publication."""
    rows, following = page_of(request, _public(), "pk", after, limit)
    items = [_survey(request, one) for one in rows]
    return {"about": _about_all(items), "items": items, "next": following}


@files.get("/surveys.{format}", url_name="surveys_file")
def every_file(request: HttpRequest, format: Format):
    """The same, whole, as a file."""
    items = [
        *by_key(_public(), "pk", lambda found: (_survey(request, one) for one in found))
    ]
    title, about = str(GROUPS["surveys"]), _about_all(items)
    return send(request, format, Export("surveys", title, Survey, about, items))


def _public() -> QuerySet[Publication]:
    public = Publication.objects.public(at=timezone.now()).defer("figures")
    return public.select_related("campaign__space__territory")


def _about_all(items: list[Survey]) -> About:
    return About(
        licence=common_to(one.licence for one in items),
        source="; ".join(dict.fromkeys(one.sponsor for one in items)),
        simulated=any(one.simulated for one in items),
    )


@router.get("/{slug}", response=SurveyRead, url_name="survey")
def one(request: HttpRequest, slug: Slug):
    """What the public page says first, and the tables that it lets download."""
    publication, shown = _opened(slug)
    base = shown.figures.base
    return SurveyRead(
        about=_about(publication, shown),
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
    publication, shown = _opened(slug)
    sheet = _sheet(shown, table)
    return Table(
        about=_about(publication, shown),
        code=table,
        caption=sheet.caption,
        note=sheet.note,
        header=sheet.header,
        rows=[[*row] for row in sheet.records()],
    )


@files.get("/surveys/{slug}/tables/{slug:table}.{format}", url_name="survey_table_file")
def table_file(request: HttpRequest, slug: Slug, table: Slug, format: Format):
    """The same, as a file: a line for each row, by the headers of the columns."""
    publication, shown = _opened(slug)
    sheet, about = _sheet(shown, table), _about(publication, shown)
    said = [SIMULATED] if shown.campaign.is_simulated else []
    header = told_apart([*([_("notice")] if said else []), *sheet.header])
    rows = ([*said, *row] for row in sheet.records())
    lines = (Row(dict(zip(header, row, strict=True))) for row in rows)
    within = {ROOT: header}
    export = Export(f"{slug}-{table}", sheet.caption, Row, about, lines, within)
    return send(request, format, export)


def tables_of(publication: Publication, found: Figures) -> list[tuple[str, str]]:
    """The tables that the public page lets download: the code of each, its caption."""
    shown = restitution_of(publication.campaign, found)
    made = ((code, build()) for code, build in sorted(builders(shown).items()))
    return [(code, sheet.caption) for code, sheet in made if sheet]


def _sheet(shown: Restitution, table: str) -> Sheet:
    builder = builders(shown).get(table)
    sheet = builder() if builder else None
    if sheet is None:
        raise Http404
    return sheet


def _opened(slug: str) -> tuple[Publication, Restitution]:
    """The same door as the public page, and the figures that were checked."""
    publication = get_public(slug, timezone.now())
    found = published_figures(publication)
    return publication, restitution_of(publication.campaign, found)


def _about(publication: Publication, shown: Restitution) -> About:
    licence, simulated = name_of(publication.licence), shown.campaign.is_simulated
    return About(licence=licence, source=shown.source, simulated=simulated)


def _survey(request: HttpRequest, publication: Publication) -> Survey:
    campaign = publication.campaign
    page = reverse("observatory:public", args=[campaign.slug])
    return Survey(
        slug=campaign.slug,
        title=campaign.title,
        sponsor=campaign.sponsor,
        territory=campaign.space.territory.code,
        published_on=timezone.localdate(publication.public_from),
        licence=name_of(publication.licence),
        simulated=campaign.is_simulated,
        url=request.build_absolute_uri(page),
    )
