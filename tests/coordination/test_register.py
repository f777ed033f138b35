"""What each college gives: sums checked by hand, where missing is not zero."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from jalons.audit.models import Entry
from jalons.coordination.figures import register_of
from jalons.coordination.models import Contribution, OnlineService
from tests.actors.people import make_actor
from tests.coordination.giving import make_contribution, make_service
from tests.factories import make_space, make_user
from tests.roadmaps.plans import make_roadmap, make_stake, make_workstream

HEAD = "Acteur;Nature;Apport;Année;État;Valeur en euros;Jours de travail;Remarque\n"


@pytest.fixture
def bank(space, officer):
    return make_actor(space, "Banque d’Exemple", by=officer, family="entreprises")


@pytest.fixture
def town(space, officer):
    return make_actor(space, "Ville d’Exemple", by=officer, family="communes")


@pytest.fixture
def filled(actor, bank, town, officer):
    """Two colleges that give, one that does not, over two years."""
    make_contribution(town, 1000, by=officer, state="given")
    make_contribution(
        town, None, by=officer, state="given", kind="staff", days=Decimal("12.5")
    )
    make_contribution(town, 300, by=officer, kind="equipment")
    make_contribution(bank, None, by=officer, state="given", kind="premises")
    make_contribution(bank, 0, by=officer, state="given", kind="communication")
    make_contribution(town, 7000, by=officer, state="given", year=2025)


def test_sums_are_those_of_the_values_known_and_the_others_are_counted(space, filled):
    found = register_of(space, year=2026)

    told = {one.code: (one.actors, one.given, one.promised) for one in found.colleges}
    actors, given, promised = told["institutionnel"]
    assert (1, 2, Decimal(1000), 1, Decimal("12.5")) == (
        *(actors, given.count, given.value),
        *(given.unvalued, given.days),
    )
    assert (1, Decimal(300), 0, None) == (
        *(promised.count, promised.value),
        *(promised.unvalued, promised.days),
    )
    # A value of zero is known; one that nobody worked out is not zero.
    actors, given, promised = told["prive"]
    assert (2, Decimal(0), 1) == (given.count, given.value, given.unvalued)
    assert (0, None) == (promised.count, promised.value)
    actors, given, promised = told["mediation"]
    assert (0, 0, None, None) == (actors, given.count, given.value, given.days)
    assert (4, Decimal(1000), 2) == (
        *(found.given.count, found.given.value),
        found.given.unvalued,
    )
    assert Decimal(8000) == register_of(space).given.value
    assert [2026, 2025] == found.years
    kinds = {one.words: one.given.count for one in found.kinds}
    assert (1, 1, 0) == (kinds["argent"], kinds["locaux"], kinds["compétences"])


def test_whoever_puts_procedures_online_and_gives_nothing_is_named(
    space, filled, actor, bank, officer
):
    make_service(actor, by=officer)
    make_service(bank, by=officer)

    assert [actor.name] == register_of(space, year=2026).silent
    # What was given another year is not given this year.
    assert {actor.name, bank.name} == set(register_of(space, year=2025).silent)


def test_the_page_tells_a_year_and_its_files_hold_the_same(desk, space, filled):
    address = reverse("coordination:register", args=[space.pk])
    page = desk.get(address, {"annee": "2026"}).content.decode()
    assert "4 apports, 1\u00a0000\u00a0€, jours de travail\u00a0: 12,5" in page
    assert "rien de noté" in page
    assert "8\u00a0000" in desk.get(address, {"annee": "1990"}).content.decode()

    file = reverse("coordination:file", args=[space.pk, "xlsx"])
    book = CalamineWorkbook.from_filelike(
        BytesIO(desk.get(file, {"annee": "2026"}).content)
    )
    lines, totals = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    assert 6 == len(lines)
    by_college = {line[0]: line[1:] for line in totals}
    assert [1, 2, 1000, 1, 12.5, 1, 300, 0, ""] == by_college["Institutionnel"]
    assert [0, 0, "", 0, "", 0, "", 0, ""] == by_college["Médiation numérique"]
    csv = desk.get(reverse("coordination:file", args=[space.pk, "csv"]))
    assert 7 == len(csv.getvalue().decode().strip().splitlines())
    assert (
        404
        == desk.get(reverse("coordination:file", args=[space.pk, "pdf"])).status_code
    )


def test_a_contribution_is_noted_changed_and_its_mistakes_are_told(
    desk, space, town, officer
):
    give = reverse("coordination:give", args=[space.pk])
    said = {"actor": town.pk, "kind": "staff", "what": "Un conseiller", "year": "2026"}
    said |= {"state": "promised", "value": "12 500,50", "days": "100", "source": ""}
    desk.post(give, said)
    row = Contribution.objects.get()
    assert (Decimal("12500.50"), Decimal(100)) == (row.value, row.days)

    change = reverse("coordination:change", args=[space.pk, row.pk])
    elsewhere = make_actor(make_space(owner=officer), by=officer)
    for wrong in (
        {"value": "beaucoup"},
        {"days": "-1"},
        {"year": "1999"},
        {"kind": "cash"},
        {"what": "Mme Martin"},
        {"what": "<b>Bus</b>"},
        {"actor": elsewhere.pk},
    ):
        page = desk.post(change, said | wrong).content.decode()
        assert "field faulty" in page, wrong
    desk.post(change, said | {"value": "", "state": "given"})

    row.refresh_from_db()
    assert (None, "given") == (row.value, row.state)
    desk.post(reverse("coordination:drop", args=[space.pk, row.pk]))
    assert not Contribution.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="contribution.")
    assert 3 == verbs.count()


def test_a_procedure_put_online_is_noted_then_removed(desk, space, town):
    address = reverse("coordination:note_service", args=[space.pk])
    wrong = desk.post(address, {"actor": town.pk, "what": ""}).content.decode()
    assert "field faulty" in wrong
    desk.post(address, {"actor": town.pk, "what": "Inscrire à la cantine"})
    row = OnlineService.objects.get()

    desk.post(reverse("coordination:drop_service", args=[space.pk, row.pk]))

    assert not OnlineService.objects.exists()


def test_a_file_fills_the_register_or_nothing_is_written(
    space, town, officer, tmp_path, capsys
):
    path = tmp_path / "apports.csv"
    path.write_text(
        HEAD
        + "Inconnue;argent;Une part;2026;donné;;;\n"
        + "Ville d’Exemple;troc;Une part;2026;donné;;;\n"
        + "Ville d’Exemple;argent;Une part;2026;peut-être;;;\n"
        + "Ville d’Exemple;argent;Une part;26;donné;;;\n"
        + "Ville d’Exemple;argent;Une part;2026;donné;beaucoup;;\n"
        + "Ville d’Exemple;argent;Une part;2026;donné;;3;\n"
        + "Ville d’Exemple;temps de travail;Une part;2026;donné;;trois;\n"
        + "Ville d’Exemple;argent;Mme Martin;2026;donné;;;\n"
        + "Ville d’Exemple;argent;;2026;donné;;;\n"
        + "Ville d’Exemple;argent;Bus;2026;donné;500;;\n"
        + "ville d'exemple;argent;bus;2026;donné;500;;\n"
    )
    asked = [str(path), f"--space={space.pk}", f"--by={officer.email}"]

    with pytest.raises(CommandError):
        call_command("import_contributions", *asked)
    told = json.loads(capsys.readouterr().out)
    fields = "actor kind state year value days days what what what"
    assert fields.split() == [one["field"] for one in told["refused"]]
    assert [*range(2, 11), 12] == [one["line"] for one in told["refused"]]
    assert ["Remarque"] == told["unread_columns"]
    assert not Contribution.objects.exists()

    path.write_text(
        HEAD
        + "Ville d’Exemple;argent;Bus;2026;donné;12 500,50 €;;\n"
        + "ville d'exemple;temps de travail;Un agent;2026;promis;;12,5;\n"
    )
    call_command("import_contributions", *asked, "--dry-run")
    assert not Contribution.objects.exists()
    call_command("import_contributions", *asked)
    assert {("cash", Decimal("12500.50"), None), ("staff", None, Decimal("12.5"))} == {
        (one.kind, one.value, one.days) for one in Contribution.objects.all()
    }
    with pytest.raises(CommandError):
        call_command("import_contributions", *asked)
    stranger = make_user("Ailleurs")
    with pytest.raises(CommandError, match="éditrice|adresse"):
        call_command("import_contributions", *asked[:2], f"--by={stranger.email}")


def test_the_page_reads_a_file_first_then_writes_all_of_it(desk, space, town, officer):
    roadmap = make_roadmap(space, by=officer)
    stream = make_workstream(make_stake(roadmap, by=officer), "Un bus", by=officer)
    head = HEAD.replace("Remarque", "Chantier")
    page = reverse("coordination:load", args=[space.pk])

    def sent(lines: str, **more: str):
        file = SimpleUploadedFile("apports.csv", (head + lines).encode())
        return desk.post(page, {"file": file, **more})

    good = "Ville d’Exemple;argent;Carburant;2026;donné;500;;un BUS\n"
    read = sent(good, dry_run="on").content.decode()
    assert "Rien n’est encore écrit" in read
    wrong = sent(good + "Ville d’Exemple;argent;Pneus;2026;donné;5;;Un train\n")
    assert "aucun chantier" in wrong.content.decode().lower()
    assert not Contribution.objects.exists()

    assert sent(good).status_code == 302

    assert (stream, town) == (
        Contribution.objects.get().workstream,
        Contribution.objects.get().actor,
    )
    shown = desk.get(reverse("coordination:register", args=[space.pk]))
    assert "Pour le chantier" in shown.content.decode()


def test_a_file_that_is_no_table_is_refused_beside_its_field(desk, space):
    page = reverse("coordination:load", args=[space.pk])

    answer = desk.post(page, {"file": SimpleUploadedFile("apports.csv", b"\x00\x01")})

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_workstream_of_another_space_is_not_offered(desk, space, town, officer):
    other = make_space()
    stake = make_stake(make_roadmap(other, by=officer), by=officer)
    theirs = make_workstream(stake, by=officer)
    said = {"actor": town.pk, "kind": "cash", "what": "Une part", "year": 2026}
    said |= {"state": "given", "workstream": theirs.pk}

    answer = desk.post(reverse("coordination:give", args=[space.pk]), said)

    assert answer.context["form"].errors["workstream"]
    assert not Contribution.objects.exists()
