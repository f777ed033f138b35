"""Every way by which the site takes a file or a form of somebody it does not know.

`tests/fuzz/test_doors.py` reads the code: a form with a file, a command that reads one
or a public form that is not here fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.house.world import World

TABLES = (".csv", ".xlsx")
PICTURES = (".png", ".svg")


@dataclass(frozen=True, slots=True)
class Door:
    """A page with a file: its URL, who may send it, its field, the kinds it takes."""

    url: str
    kinds: tuple[str, ...]
    field: str = "file"
    column: str = "owner"


FILES = {
    "jalons.actors.forms.FileForm": [
        Door("actors:load", TABLES),
        Door("professionals:load", TABLES),
    ],
    "jalons.adoption.forms.LogoForm": [Door("adoption:logos", PICTURES)],
    "jalons.coordination.forms.ContributionsFileForm": [
        Door("coordination:load", TABLES)
    ],
    "jalons.coverage.forms.TimesForm": [
        Door("coverage:times", TABLES, column="administrator")
    ],
    "jalons.curation.forms.GiveForm": [
        Door("curation:create", (*TABLES, ".json")),
        Door("curation:create", (".json",), field="services"),
    ],
    "jalons.evaluation.indicator_forms.MeasuresFileForm": [
        Door("evaluation:load", TABLES)
    ],
    "jalons.funding.forms.CatalogueForm": [Door("funding:load", (*TABLES, ".json"))],
    "jalons.gazette.forms.ArticleForm": [
        Door("gazette:add", PICTURES, field="picture_file")
    ],
    "jalons.groups.forms.FileForm": [Door("groups:load", TABLES)],
    "jalons.hosts.forms.ProfileForm": [
        Door("hosts:edit", PICTURES, field="picture", column="administrator")
    ],
    "jalons.imports.forms.GiveForm": [
        Door("imports:create", TABLES),
        Door("imports:create", (".toml",), field="mapping"),
    ],
    "jalons.indicators.forms.AddForm": [Door("indicators:add", TABLES)],
    "jalons.indicators.forms.LoadForm": [
        Door("indicators:load", TABLES, column="administrator")
    ],
    "jalons.invitations.forms.AddForm": [Door("invitations:add", TABLES)],
    "jalons.pocket.forms.BringForm": [Door("pocket:bring", (".json",))],
    "jalons.professionals.forms.FileForm": [Door("professionals:load", TABLES)],
    "jalons.questionnaires.form_file_views.FormFileForm": [
        Door("questionnaires:import_form", (".xlsx",))
    ],
    "jalons.resources.forms.OwnResourceForm": [
        Door("resources:add", (*PICTURES, ".json"))
    ],
    "jalons.resources.forms.ResourceProposalForm": [
        Door("resources:propose_resource", (*PICTURES, ".json"), column="anonymous")
    ],
    "jalons.rooms.forms.ReturnForm": [Door("rooms:outing", (".zip", ".json"))],
    "jalons.rounds.population_views.PopulationForm": [
        Door("rounds:population", TABLES, column="administrator")
    ],
}
"""By the class of the form."""

NOT_A_DOOR = {"jalons.resources.forms.ResourceFields": "the fields of two others"}

Options = Callable[[World], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that reads a file."""

    kinds: tuple[str, ...]
    options: Options
    before: Callable[[World], list[str]] = lambda world: []
    """What stands before the path."""


def _of_space(world: World) -> dict[str, object]:
    return {"space": world.ours.space.pk, "by": world.ours.owner.email}


def _by(**objects: Callable[[World], object]) -> Options:
    """Options drawn from the world, with who runs the command."""

    def options(world: World) -> dict[str, object]:
        found = {name: find(world) for name, find in objects.items()}
        return {"by": world.ours.owner.email} | found

    return options


def _nothing(world: World) -> dict[str, object]:
    return {}


COMMANDS: dict[str, Command] = {
    "bring_back": Command((".zip", ".json"), _by()),
    "import_actors": Command(TABLES, _of_space),
    "import_contacts": Command(
        TABLES, _by(list=lambda world: world.ours.space.contact_lists.first().pk)
    ),
    "import_contributions": Command(TABLES, _of_space),
    "import_events": Command(TABLES, _of_space),
    "import_members": Command(
        TABLES, _by(group=lambda world: world.ours.space.groups.first().pk)
    ),
    "import_places": Command((*TABLES, ".json"), lambda world: {"list": "Liste"}),
    "import_professionals": Command(TABLES, _of_space),
    "import_responses": Command(
        TABLES,
        lambda world: {
            "campaign": world.ours.space.campaigns.first().slug,
            "dry_run": True,
        },
    ),
    "import_xlsform": Command((".xlsx",), lambda world: {"code": "essai"}),
    "load": Command(TABLES, _nothing, lambda world: ["anct_programmes"]),
    "load_indices": Command((".toml",), _nothing),
    "load_library": Command((".toml",), _nothing),
    "load_population": Command(TABLES, lambda world: {"year": 2021}),
    "load_questionnaires": Command((".toml",), _nothing),
    "load_schemes": Command((*TABLES, ".json"), _of_space),
    "load_travel_times": Command(TABLES, lambda world: {"vintage": "2026"}),
    "measures": Command(
        TABLES, _by(roadmap=lambda world: world.call("evaluation:load").kwargs["pk"])
    ),
    "panel_answers": Command(
        TABLES, _by(panel=lambda world: world.call("panels:show").kwargs["panel_pk"])
    ),
    "read_bounces": Command((".eml",), _nothing),
    "roadmap_logo": Command(
        PICTURES,
        _by(),
        lambda world: [str(world.call("adoption:logos").kwargs["pk"])],
    ),
}
LEAD_ELSEWHERE = {
    "backup": "writes",
    "export_exchanges": "writes",
    "export_places": "writes",
    "export_responses": "writes",
    "export_roadmap": "writes",
    "messages": "texts of the code, given by who writes it",
    "person": "writes",
    "print_workshop": "writes",
    "restore": "replaces the database; its archive is read in test_archives",
    "room": "starts a site of its own from the archive that bring_back reads",
}
"""Commands with the path of a file that is not read here."""


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / f"hostile{Path(name).suffix}"
    path.write_bytes(content)
    return path
