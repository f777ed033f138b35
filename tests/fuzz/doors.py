"""Every way by which the site takes a file or a form of somebody it does not know.

`tests/fuzz/test_doors.py` reads the code: a form with a file, a command that reads one
or a public form that is not here fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jalons.surveys.models import Campaign
from tests.fuzz.hostile import CORPUS
from tests.house.world import World

TABLES = (".csv", ".xlsx", ".ods")
PICTURES = (".png", ".svg")


NOT_SEALED = "n’est pas un atelier sorti de Jalons"


@dataclass(frozen=True, slots=True)
class Door:
    """A page with a file: its URL, who may send it, its field, the kinds it takes.

    `sound` is a file of the corpus that it takes, or refuses in the words `says` of
    what reads it; `post` and the files `beside` are what the rest of its form needs.
    """

    url: str
    kinds: tuple[str, ...]
    sound: str
    post: dict[str, object] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    field: str = "file"
    column: str = "owner"
    says: str = ""


NAMED = {"list_name": "Liste"}
TIMES = {"name": "En voiture", "source": "Calcul", "vintage": "2026"}
FILES = {
    "jalons.actors.forms.FileForm": [Door("actors:load", TABLES, "acteurs.csv")],
    "jalons.adoption.forms.LogoForm": [Door("adoption:logos", PICTURES, "point.png")],
    "jalons.coordination.forms.ContributionsFileForm": [
        Door("coordination:load", TABLES, "apports.csv")
    ],
    "jalons.coverage.forms.TimesForm": [
        Door("coverage:times", TABLES, "temps.csv", post=TIMES)
    ],
    "jalons.curation.forms.GiveForm": [
        Door("curation:create", (*TABLES, ".json"), "lieux.csv", post=NAMED),
        Door(
            "curation:create",
            (".json",),
            "structures.json",
            field="services",
            post=NAMED,
            beside={"file": "structures.json"},
        ),
    ],
    "jalons.evaluation.indicator_forms.MeasuresFileForm": [
        Door("evaluation:load", TABLES, "mesures.csv")
    ],
    "jalons.funding.forms.CatalogueForm": [
        Door("funding:load", (*TABLES, ".json"), "aides.csv")
    ],
    "jalons.gazette.forms.ArticleForm": [
        Door(
            "gazette:add",
            PICTURES,
            "point.png",
            field="picture_file",
            post={"picture_alt": "Un point"},
        )
    ],
    "jalons.groups.forms.FileForm": [Door("groups:load", TABLES, "membres.csv")],
    "jalons.hosts.forms.ProfileForm": [
        Door(
            "hosts:edit",
            PICTURES,
            "point.png",
            field="picture",
            post={"logo_alt": "Un point"},
        )
    ],
    "jalons.imports.forms.GiveForm": [
        Door("imports:create", TABLES, "reponses.csv"),
        Door(
            "imports:create",
            (".toml",),
            "association.toml",
            field="mapping",
            beside={"file": "reponses.csv"},
        ),
    ],
    "jalons.indicators.forms.AddForm": [
        Door("indicators:add", (*TABLES, ".zip"), "chiffres.csv")
    ],
    "jalons.indicators.forms.LoadForm": [
        Door(
            "indicators:load",
            (*TABLES, ".zip"),
            "programmes.csv",
            column="administrator",
            post={"source": "anct_programmes", "vintage": "2026", "is_part": "on"},
        )
    ],
    "jalons.invitations.forms.AddForm": [
        Door("invitations:add", TABLES, "contacts.csv", post={"text": ""})
    ],
    "jalons.pocket.forms.BringForm": [
        Door(
            "pocket:bring",
            (".json",),
            "terrain.json",
            says="n’a pas été exporté par l’enquête",
        )
    ],
    "jalons.professionals.forms.FileForm": [
        Door("professionals:load", TABLES, "professionnels.csv")
    ],
    "jalons.questionnaires.form_file_views.FormFileForm": [
        Door("questionnaires:import_form", (".xlsx",), "formulaire.xlsx")
    ],
    "jalons.resources.forms.OwnResourceForm": [
        Door("resources:add", (*PICTURES, ".json"), "point.png")
    ],
    "jalons.resources.forms.ResourceProposalForm": [
        Door(
            "resources:propose_resource",
            (*PICTURES, ".json"),
            "point.png",
            column="anonymous",
        )
    ],
    "jalons.rooms.forms.ReturnForm": [
        Door("rooms:outing", (".zip", ".json"), "salle.zip", says=NOT_SEALED)
    ],
    "jalons.rounds.population_views.PopulationForm": [
        Door(
            "rounds:population",
            (".csv", ".zip"),
            "population.csv",
            column="administrator",
            post={"year": "2021"},
        )
    ],
}
"""By the class of the form."""

NOT_A_DOOR = {"jalons.resources.forms.ResourceFields": "the fields of two others"}

Options = Callable[[World], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that reads a file; `sound` and `says` are those of a door."""

    kinds: tuple[str, ...]
    sound: str
    options: Options
    before: Callable[[World], list[str]] = lambda world: []
    """What stands before the path."""
    says: str = ""


def _of_space(world: World) -> dict[str, object]:
    return {"space": world.ours.space.pk, "by": world.ours.owner.email}


def _by(**objects: Callable[[World], object]) -> Options:
    """Options drawn from the world, with who runs the command."""

    def options(world: World) -> dict[str, object]:
        found = {name: find(world) for name, find in objects.items()}
        return {"by": world.ours.owner.email} | found

    return options


def _asked(world: World) -> Campaign:
    """The survey of the pages of imports: its questions are those of the mapping."""
    found: Campaign = world.ours.space.campaigns.get(
        pk=world.call("imports:create").kwargs["pk"]
    )
    return found


def _nothing(world: World) -> dict[str, object]:
    return {}


COMMANDS: dict[str, Command] = {
    "bring_back": Command((".zip", ".json"), "salle.zip", _by(), says=NOT_SEALED),
    "import_actors": Command(TABLES, "acteurs.csv", _of_space),
    "import_contacts": Command(
        TABLES,
        "contacts.csv",
        _by(list=lambda world: world.ours.space.contact_lists.first().pk),
    ),
    "import_contributions": Command(TABLES, "apports.csv", _of_space),
    "import_events": Command(TABLES, "evenements.csv", _of_space),
    "import_members": Command(
        TABLES,
        "membres.csv",
        _by(group=lambda world: world.ours.space.groups.first().pk),
    ),
    "import_places": Command(
        (*TABLES, ".json"), "lieux.csv", lambda world: {"list": "Liste"}
    ),
    "import_professionals": Command(TABLES, "professionnels.csv", _of_space),
    "import_responses": Command(
        TABLES,
        "reponses.csv",
        lambda world: {
            "campaign": _asked(world).slug,
            "mapping": CORPUS / "association.toml",
            "dry_run": True,
        },
    ),
    "import_xlsform": Command(
        (".xlsx",),
        "formulaire.xlsx",
        lambda world: {"code": "essai", "to": Path(os.devnull)},
    ),
    "load": Command(
        (*TABLES, ".zip"),
        "programmes.csv",
        lambda world: {"vintage": "2026", "part": True},
        lambda world: ["anct_programmes"],
    ),
    "load_indices": Command((".toml",), "indice.toml", _nothing),
    "load_library": Command((".toml",), "retenir.toml", _nothing),
    "load_population": Command(
        (".csv", ".zip"), "population.csv", lambda world: {"year": 2021}
    ),
    "load_questionnaires": Command((".toml",), "questionnaire.toml", _nothing),
    "load_schemes": Command((*TABLES, ".json"), "aides.csv", _of_space),
    "load_travel_times": Command(
        TABLES, "temps.csv", lambda world: {"vintage": "2026"}
    ),
    "measures": Command(
        TABLES,
        "mesures.csv",
        _by(roadmap=lambda world: world.call("evaluation:load").kwargs["pk"]),
    ),
    "panel_answers": Command(
        TABLES,
        "panel.csv",
        _by(panel=lambda world: world.call("panels:show").kwargs["panel_pk"]),
    ),
    "read_bounces": Command((".eml",), "bounce.eml", _nothing),
    "roadmap_logo": Command(
        PICTURES,
        "point.png",
        _by(alt=lambda world: "Région"),
        lambda world: [str(world.call("adoption:logos").kwargs["pk"])],
    ),
}
LEAD_ELSEWHERE = {
    "backup": "writes",
    "export_exchanges": "writes",
    "export_places": "writes",
    "export_responses": "writes",
    "export_roadmap": "writes",
    "nation": "writes",
    "messages": "texts of the code, given by who writes it",
    "person": "writes",
    "print_workshop": "writes",
    "restore": "replaces the database; its archive is read in tests/cli/test_backup.py",
    "score_at_scale": "definitions, as load_questionnaires and load_indices read them",
    "room": "starts a site of its own from the archive that bring_back reads",
}
"""Commands with the path of a file that is not read here."""


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / f"hostile{Path(name).suffix}"
    path.write_bytes(content)
    return path
