from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from jalons.api.orders import KeyRead, Target
from jalons.api.writing import ByKey
from jalons.evaluation.models import Evaluation
from jalons.spaces.access import Right, right_in
from jalons.tokens.models import Scope, Token

router = Router()


@router.get("", response=KeyRead, url_name="key", auth=ByKey())
def read_key(request: HttpRequest):
    """What this key may do, until when, and the number of each thing it writes in."""
    token: Token = request.auth  # type: ignore[attr-defined]
    return KeyRead(
        title=token.title,
        space=token.space.name,
        scopes=token.scopes,
        expires_on=token.expires_on,
        evaluations=_evaluations(token),
        surveys=_surveys(token),
        place_lists=_lists(token),
    )


def _may(token: Token, scope: Scope, right: Right) -> bool:
    return scope in token.scopes and right_in(token.made_by, token.space, right)


def _evaluations(token: Token) -> list[Target]:
    """By roadmap, with the codes of its indicators, or their names without any."""
    if not _may(token, Scope.MEASURES, Right.EDIT):
        return []
    found = Evaluation.objects.filter(roadmap__space=token.space)
    return [
        Target(
            number=one.roadmap_id,
            title=one.roadmap.title,
            codes=[row.code or row.name for row in one.indicators.all()],
        )
        for one in found.select_related("roadmap")
        .prefetch_related("indicators")
        .order_by("roadmap")
    ]


def _surveys(token: Token) -> list[Target]:
    """Those that are not closed, with the codes of their questions."""
    if not _may(token, Scope.RESPONSES, Right.CONTRIBUTE):
        return []
    found = token.space.campaigns.filter(closed_at=None).order_by("pk")
    return [
        Target(
            number=one.pk,
            title=one.title,
            codes=[question.code for question in one.version.read().questions],
        )
        for one in found.select_related("version")
    ]


def _lists(token: Token) -> list[Target]:
    if not _may(token, Scope.PLACES, Right.EDIT):
        return []
    found = token.space.place_lists.order_by("pk")
    return [Target(number=one.pk, title=one.name, codes=[]) for one in found]
