from __future__ import annotations

from django.core.files.base import ContentFile

from jalons.curation.models import PlaceImport, Resemblance
from jalons.directory.models import Place, PlaceList
from jalons.directory.report import Report
from jalons.files.models import StoredFile
from tests.directory.places import make_place
from tests.house.calls.call import Call, Side

PAGES = (
    *("show", "columns", "values", "confirm", "resume", "forget", "undo"),
    "quarantine",
)


def calls(side: Side) -> dict[str, Call]:
    """A list of the team, a file that waits, two places alike, a report."""
    space = {"space_pk": side.space.pk}
    place, twin = _place(side), _place(side)
    pair = Resemblance.objects.create(
        space=side.space, first=place, second=twin, score=0.9
    )
    report = place.reports.create(kind="hours", text=f"Fermé {side.mark}")
    waiting = space | {"import_pk": _waiting(side).pk}
    names = ("list", "create", "to_complete", "to_complete_csv", "twins", "reports")
    return {
        **{f"curation:{name}": Call(space) for name in names},
        **{f"curation:{name}": Call(waiting) for name in PAGES},
        "curation:correct": Call(space | {"place_pk": place.pk}),
        "curation:compare": Call(space | {"pair_pk": pair.pk}),
        "curation:part": Call(space | {"pair_pk": pair.pk}),
        "curation:close": Call(space | {"report_pk": report.pk}),
        "curation:report": Call({"pk": make_place().pk}),
    }


def _place(side: Side) -> Place:
    place_list, _is_new = PlaceList.objects.get_or_create(
        name=f"Lieux {side.mark}", space=side.space, is_simulated=False
    )
    return make_place(place_list=place_list, name=f"Lieu {side.mark}")


def _waiting(side: Side) -> PlaceImport:
    """A file given, whose report is not confirmed."""
    name = f"{side.mark}.csv"
    content = ContentFile(b"Lieu;Ville\nEspace;Bordeaux\n", name=name)
    stored = StoredFile.objects.create(
        name=name,
        size=content.size,
        checksum="0" * 64,
        content_type="text/csv",
        kind="places",
        file=content,
    )
    return PlaceImport.objects.create(
        space=side.space,
        stored=stored,
        file_name=name,
        list_name=f"Lieux {side.mark}",
        report=Report().as_json(),
        state=PlaceImport.State.CHECKED,
        given_by=side.owner,
    )
