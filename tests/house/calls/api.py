from __future__ import annotations

from jalons.adoption.models import Publication as Roadmap
from jalons.directory.models import Place
from jalons.indicators.models import Indicator
from jalons.library.models import Sheet
from jalons.observatory.models import Publication as Survey
from tests.house.calls.call import Call, Side

WRITTEN = ("api:write_measures", "api:write_responses", "api:write_places")
CSV = {"format": "csv"}
LISTED = (
    *("territories", "indicators", "indices", "surveys", "place_lists", "places"),
    *("roadmaps", "library"),
)


def calls(side: Side) -> dict[str, Call]:
    """What others published: read by everybody, whoever asks."""
    territory = {"code": side.space.territory_id}
    indicator = {"code": Indicator.objects.filter(source__space=None).first().pk}
    survey = {"slug": Survey.objects.get(campaign__space=side.space).campaign.slug}
    place = Place.objects.open_to_all().first()
    public = Roadmap.objects.get(roadmap__space=side.space)
    sheet = Sheet.objects.public().first()
    return {
        "api:territory_search": Call(query={"q": "Bordeaux"}),
        "api:territory": Call(territory),
        "api:members": Call(territory),
        "api:territory_figures": Call(territory),
        "api:indicator": Call(indicator),
        "api:values": Call(indicator),
        "api:values_file": Call(indicator | CSV),
        "api:scores": Call({"code": "quatre-axes"}),
        "api:scores_file": Call({"code": "quatre-axes"} | CSV),
        "api:territory_figures_file": Call(territory | CSV),
        "api:survey_table_file": Call(survey | {"table": "classes"} | CSV),
        **{f"api:{name}_file": Call(CSV) for name in LISTED},
        "api:survey": Call(survey),
        "api:survey_table": Call(survey | {"table": "classes"}),
        "api:list_places_file": Call({"number": place.place_list_id} | CSV),
        "api:place": Call({"number": place.pk}),
        "api:roadmap": Call({"slug": public.slug}),
        "api:roadmap_document": Call({"slug": public.slug}),
        "api:library_search": Call(query={"q": "fracture numérique"}),
        **{name: Call({"number": 1}) for name in WRITTEN},
        "api:unknown": Call({"address": "rien"}),
        "api:sheet": Call({"code": sheet.code}),
    }
