"""The pages of a team: findings, visits, communications."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.diagnosis import operations
from jalons.diagnosis.models import Communication, Diagnosis, Visit
from jalons.diagnosis.own import own_sheet
from jalons.indicators.models import Indicator, Observation, Release, Source
from jalons.territories.models import Membership, Territory
from tests.factories import make_space, make_territory, make_user


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def space(land, officer):
    return make_space(territory=land.number(9), owner=officer)


@pytest.fixture
def team(client, officer):
    client.force_login(officer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


@pytest.fixture
def diagnosis(space, officer):
    return operations.start_diagnosis(space, space.territory, by=officer)


def url(name: str, diagnosis, **more) -> str:
    return reverse(f"diagnosis:{name}", kwargs={"pk": diagnosis.pk, **more})


def visit(**given) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    usual = {"place": "bourg d exemple", "visited_on": today, "roles_met": "maire"}
    return usual | {"learnt": "Une connexion faible au nord"} | given


def test_a_team_starts_on_its_own_territory_or_inside_it(team, space, land):
    address = reverse("diagnosis:list", kwargs={"pk": space.pk})

    # Its name, and not a number that nobody reads.
    proposed = f'value="{space.territory.name}"'
    assert proposed in team.get(address).content.decode()
    refused = team.post(address, {"territory": land.number(1).code})
    assert "n’a ce nom ni ce code" in refused.content.decode()
    assert not Diagnosis.objects.exists()

    team.post(address, {"territory": land.commune.code})
    assert land.commune == Diagnosis.objects.get().territory
    team.post(address, {"territory": land.commune.name.upper()})
    assert 1 == Diagnosis.objects.count()


def test_two_territories_of_the_same_name_are_told_apart_by_their_codes(
    team, space, land
):
    other = make_territory(land.commune.name, Territory.Kind.COMMUNE, "99997")
    Membership.objects.create(member=other, group=space.territory, since=2021)

    page = team.post(
        reverse("diagnosis:list", kwargs={"pk": space.pk}),
        {"territory": land.commune.name},
    ).content.decode()

    assert f"({land.commune.code})" in page
    assert "(99997)" in page
    assert not Diagnosis.objects.exists()


def test_a_finding_is_reviewed_from_its_page(team, diagnosis):
    finding = diagnosis.findings.get(indicator="poverty_rate")
    address = url("finding", diagnosis, finding_pk=finding.pk)
    said = {"state": "contradicted", "wording": "", "comment": "Vu en mairie"}

    page = team.post(address, said, follow=True).content.decode()

    assert "Contredit par le terrain" in page
    assert "Vu en mairie" in page
    assert "plutôt haut" in page


def test_a_state_that_does_not_exist_is_refused(team, diagnosis):
    finding = diagnosis.findings.get(indicator="poverty_rate")

    team.post(url("finding", diagnosis, finding_pk=finding.pk), {"state": "vrai"})

    assert not finding.reviews.exists()


def test_a_visit_names_its_commune_as_it_is_written(team, diagnosis, land):
    finding = diagnosis.findings.get(indicator="poverty_rate")

    team.post(url("visits", diagnosis), visit(findings=[finding.pk]))

    found = Visit.objects.get()
    assert (land.commune, [finding]) == (found.commune, list(found.findings.all()))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"place": "Ailleurs"}, "Aucune commune de CC n° 9"),
        ({"visited_on": "tomorrow"}, "Ce jour n’est pas encore venu"),
        ({"learnt": ""}, "Ce champ est obligatoire"),
        ({"roles_met": "Mme Martin, maire"}, "désigne une personne"),
        ({"roles_met": "maire (06 00 00 00 00)"}, "est un numéro de téléphone"),
        ({"learnt": "Écrire à m.martin@exemple.fr"}, "est une adresse électronique"),
        ({"roles_met": "Jeanne Martin"}, "désigne-t-il une personne"),
    ],
)
def test_a_wrong_visit_says_what_to_mend(team, diagnosis, given, said):
    if given.get("visited_on"):
        given = {"visited_on": timezone.localdate() + timedelta(days=1)}

    page = team.post(url("visits", diagnosis), visit(**given)).content.decode()

    assert said in page
    assert not Visit.objects.exists()


def test_a_visit_that_seems_to_name_somebody_is_kept_once_it_is_said_not_to(
    team, diagnosis
):
    met = visit(roles_met="l’équipe du Fournil Solidaire")

    page = team.post(url("visits", diagnosis), met).content.decode()
    assert "Ces mots ne désignent pas une personne" in page
    assert not Visit.objects.exists()

    team.post(url("visits", diagnosis), met | {"no_person": "on"})
    assert "l’équipe du Fournil Solidaire" == Visit.objects.get().roles_met


def test_a_visit_is_mended_and_linked_with_a_finding_afterwards(
    team, diagnosis, officer
):
    finding = diagnosis.findings.get(indicator="poverty_rate")
    team.post(url("visits", diagnosis), visit())
    address = url("visit", diagnosis, visit_pk=Visit.objects.get().pk)

    assert "Bourg-d’Exemple" in team.get(address).content.decode()
    team.post(address, visit(learnt="Un accès libre", findings=[finding.pk]))

    found = Visit.objects.get()
    assert ("Un accès libre", officer) == (found.learnt, found.logged_by)
    assert [finding] == list(found.findings.all())


def test_a_communication_is_recorded(team, diagnosis):
    said = {"said_on": "2026-01-15", "channel": "press", "message": "Un article"}

    page = team.post(url("communications", diagnosis), said, follow=True)

    assert "Un article" in page.content.decode()
    assert "press" == Communication.objects.get().channel


def test_the_team_s_document_holds_its_words_and_visits(team, diagnosis, officer):
    finding = diagnosis.findings.get(indicator="poverty_rate")
    operations.review_finding(
        finding, state="confirmed", wording="Trois hameaux isolés", by=officer
    )
    team.post(url("visits", diagnosis), visit())

    made = team.get(url("team_file", diagnosis, format="pdf")).content
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages)

    assert "Trois hameaux isolés" in text
    assert "Une connexion faible au nord" in text
    assert "SIMUL" not in text


def test_what_a_team_writes_is_not_on_the_public_portrait(client, diagnosis, officer):
    operations.add_finding(
        diagnosis, kind="weakness", wording="Un mot de l’équipe", by=officer
    )

    page = client.get(reverse("diagnosis:show", args=[diagnosis.territory_id]))

    assert "Un mot de l’équipe" not in page.content.decode()


@pytest.fixture
def own_figure(space):
    """A figure that only the team has, as its page of files writes it."""
    words = {"fr": "Adhérents de l’espace numérique"}
    source = Source.objects.create(
        code="own-1",
        title="Fichier des adhérents",
        producer="Association d’Exemple",
        licence="Usage interne",
        space=space,
    )
    indicator = Indicator.objects.create(
        code="own-1",
        source=source,
        title=words,
        question=words,
        limits=words,
        unit="count",
        direction="neither",
        formula="published",
        author=space.name,
    )
    release = Release.objects.create(
        source=source, vintage="2025", file="any/own-1", retrieved_at=timezone.now()
    )
    return Observation.objects.create(
        release=release,
        indicator=indicator,
        territory=space.territory,
        value=170,
        status="published",
    )


@pytest.mark.parametrize("format", ["", "pdf"])
def test_a_team_s_own_figures_are_in_its_diagnosis_marked_as_its_own(
    team, diagnosis, own_figure, format
):
    if format:
        made = team.get(url("team_file", diagnosis, format=format)).content
        text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages)
        text = " ".join(text.split())
    else:
        text = team.get(url("findings", diagnosis)).content.decode()

    assert "Adhérents de l’espace numérique" in text
    assert "170" in text
    assert "2025" in text
    assert "et non par un producteur public" in text


def test_an_own_figure_says_one_day_in_words_and_in_files(diagnosis, own_figure):
    after_midnight = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    Release.objects.update(retrieved_at=after_midnight)

    sheet = own_sheet(diagnosis)

    assert sheet
    said = sheet.rows[0].cells[-1]
    assert ("1er avril 2026", ("2026-04-01",)) == (said.text, said.raw)


def test_the_first_step_of_the_hour_shows_the_team_s_own_figures_too(
    team, diagnosis, own_figure
):
    text = team.get(url("step", diagnosis, step="lire")).content.decode()

    assert "Adhérents de l’espace numérique" in text
    # What the step asks for is not called optional; a reason beside it is.
    assert "Le chiffre qui vous surprend</label>" in text
    assert "Pourquoi vous surprend-il\u202f? <small>(facultatif)</small>" in text


def test_each_sheet_of_the_workbook_says_its_own_source_and_the_status_of_its_values(
    team, diagnosis, own_figure
):
    made = team.get(url("team_file", diagnosis, format="xlsx")).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    sheets = [book.get_sheet_by_name(one).to_python() for one in book.sheet_names[1:]]

    figures, own, *_rest = sheets
    said = [row[0] for row in own if str(row[0]).startswith("Source")]
    assert ["Source\u00a0: Fichier des adhérents, Association d’Exemple."] == said
    assert not any("adhérents" in str(cell) for row in figures for cell in row)
    header = next(row for row in figures if "statut" in row)
    poverty = next(row for row in figures if row[0] == "Taux de pauvreté")
    told = dict(zip(header, poverty, strict=True))
    assert ("publié", "Fichier d’Exemple, INSEE, 2021") == (
        told["statut"],
        told["source"],
    )


def test_a_team_s_own_figures_are_on_no_public_page(client, diagnosis, own_figure):
    code = diagnosis.territory_id
    pages = [
        reverse("diagnosis:show", args=[code]),
        reverse("diagnosis:block", args=[code]),
        reverse("indicators:show"),
    ]

    assert not [
        page for page in pages if "Adhérents" in client.get(page).content.decode()
    ]
    definition = reverse("indicators:definition", args=[own_figure.indicator_id])
    assert 404 == client.get(definition).status_code


def test_a_stranger_reads_neither_the_diagnosis_nor_the_own_figures(
    client, space, diagnosis, own_figure
):
    client.force_login(make_user())

    for address in (
        url("findings", diagnosis),
        url("team_file", diagnosis, format="pdf"),
        reverse("indicators:own", args=[space.pk]),
        reverse("indicators:definition", args=[own_figure.indicator_id]),
    ):
        assert 404 == client.get(address).status_code


def test_another_team_s_figures_are_not_in_this_diagnosis(team, diagnosis, own_figure):
    other = make_space(territory=diagnosis.territory, owner=make_user())
    Source.objects.filter(pk="own-1").update(space=other)

    assert "Adhérents" not in team.get(url("findings", diagnosis)).content.decode()


def test_the_first_word_of_a_name_is_enough_when_one_name_begins_so(
    team, space, diagnosis
):
    start = reverse("diagnosis:list", kwargs={"pk": space.pk})

    assert 302 == team.post(url("visits", diagnosis), visit(place="Bourg")).status_code
    assert "91001" == Visit.objects.get().commune_id
    assert 302 == team.post(start, {"territory": "Bourg"}).status_code


def test_a_name_misspelt_is_refused_with_those_that_look_like_it(
    team, space, diagnosis
):
    start = reverse("diagnosis:list", kwargs={"pk": space.pk})
    asked = "Vouliez-vous dire\u00a0: Bourg-d’Exemple"

    for address, given in (
        (url("visits", diagnosis), visit(place="Bour d Exemlpe")),
        (start, {"territory": "Bour d Exemlpe"}),
    ):
        assert asked in team.post(address, given).content.decode()
    refused = team.post(start, {"territory": "Zyx"}).content.decode()
    assert "Vouliez-vous dire" not in refused
