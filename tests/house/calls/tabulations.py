from __future__ import annotations

from jalons.tabulations import operations
from jalons.tabulations.operations import Line
from jalons.tabulations.query import Query
from tests.factories import make_campaign, make_response
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A survey with an answer, a table kept and a code book."""
    campaign = make_campaign(space=side.space, title=f"Analyse {side.mark}")
    response = make_response(campaign, P2="yes", operators="Une association.")
    query = Query("profile", "P2")
    kept = operations.keep_table(
        campaign, query, title=f"Tableau {side.mark}", by=side.owner
    )
    book = operations.create_book(
        campaign,
        question="operators",
        title=f"Livre {side.mark}",
        lines=[Line("Moyens")],
        by=side.owner,
    )
    survey = {"pk": campaign.pk}
    of_book = survey | {"book_pk": book.pk}
    asked = {"lignes": "profile", "colonnes": "P2"}
    codes = {"codes": "Moyens\nTemps"}
    new = {"question": "operators", "title": "Autre", **codes}
    return {
        "tabulations:show": Call(survey, query=asked),
        "tabulations:csv": Call(survey, query=asked),
        "tabulations:xlsx": Call(survey, query=asked),
        "tabulations:keep": Call(survey, query=asked, post={"title": "Parrainage"}),
        "tabulations:list": Call(survey),
        "tabulations:remove": Call(survey | {"kept_pk": kept.pk}),
        "tabulations:books": Call(survey, post=new),
        "tabulations:code": Call(of_book, post={"read": [response.pk]}),
        "tabulations:codes": Call(of_book, post=codes),
        "tabulations:agreement": Call(of_book),
    }
