"""The diagnosis in one hour: what is asked is noted, kept, and said in the document."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from jalons.audit.models import Entry
from jalons.diagnosis import hour, operations
from jalons.diagnosis.board import board_of
from jalons.diagnosis.models import Note, Visit
from jalons.diagnosis.notebook import notebook_of
from tests.factories import make_space, make_user


@pytest.fixture
def officer():
    return make_user("Chargée de mission")


@pytest.fixture
def team(client, officer):
    client.force_login(officer)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


@pytest.fixture
def diagnosis(land, officer):
    space = make_space(territory=land.number(9), owner=officer)
    return operations.start_diagnosis(space, space.territory, by=officer)


def url(name: str, diagnosis, **more) -> str:
    return reverse(f"diagnosis:{name}", kwargs={"pk": diagnosis.pk, **more})


def words(text: str) -> str:
    """Without spaces of any kind."""
    return "".join(text.split())


def sheet(team, diagnosis) -> str:
    """The team's page for elected members, which holds on one."""
    made = team.get(url("team_brief", diagnosis)).content
    (page,) = PdfReader(io.BytesIO(made)).pages
    return words(page.extract_text())


def test_however_much_the_team_says_the_sheet_holds_on_one_page(
    team, diagnosis, officer, land
):
    long = "Des habitants viennent de loin pour leurs démarches. " * 8
    for finding in diagnosis.findings.all():
        operations.review_finding(
            finding, state="confirmed", wording=long, comment=long, by=officer
        )
    team.post(url("step", diagnosis, step="lire"), READ | {"doubt_text": long})
    visit = Visit(
        diagnosis=diagnosis,
        commune=land.commune,
        visited_on="2026-01-15",
        roles_met="la secrétaire de mairie, un agent de la médiathèque, deux habitants",
        learnt=long,
    )
    operations.log_visit(visit, [], by=officer)

    found = sheet(team, diagnosis)

    assert words("Trois questions à poser") in found
    assert words("À lire avec précaution") in found


def path(diagnosis) -> hour.Path:
    return hour.path_of(diagnosis, board_of(diagnosis))


def progress(diagnosis) -> dict[str, str]:
    return {one.step.code: one.progress for one in path(diagnosis).lines}


READ = {
    "surprise": "poverty_rate",
    "surprise_text": "Plus haut que chez les voisins",
    "doubt": "none",
}


def test_the_hour_takes_sixty_minutes(team, diagnosis):
    assert 60 == hour.MINUTES
    assert {"missing"} == set(progress(diagnosis).values())


def test_what_a_step_asks_to_note_is_kept_and_the_hour_goes_on(team, diagnosis):
    page = team.post(url("step", diagnosis, step="lire"), READ, follow=True)

    note = diagnosis.notes.get(question="surprise")
    about = "Taux de pauvreté : 18,0\u202f% (2021)"
    assert about == note.about.replace("\u00a0:", " :")
    assert "done" == progress(diagnosis)["lire"]
    assert "publics" == path(diagnosis).next.step.code
    assert hour.MINUTES - 10 == path(diagnosis).minutes_left
    assert "Qui est concerné" in page.content.decode()


def test_what_was_chosen_is_read_in_the_language_of_each(team, diagnosis):
    team.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    team.post(url("step", diagnosis, step="lire"), READ)
    note = diagnosis.notes.get(question="surprise")

    assert note.about.startswith("Taux de pauvreté")
    with override("en"):
        assert "Poverty rate: 18.0% (2021)" == note.said_about
        assert ["Poverty rate", "None of them"] == [
            one.about.partition(":")[0] for one in notebook_of(diagnosis).lines
        ]
    # A choice that no page offers any more keeps what was read of it, in each.
    note.choice = "ended"
    note.save()
    team.post(url("step", diagnosis, step="lire"), READ | {"surprise": "ended"})
    kept = diagnosis.notes.get(question="surprise")
    assert (note.about, note.otherwise) == (kept.about, kept.otherwise)
    assert "Taux" == Note(about="Taux").said_about


def test_a_step_half_noted_stays_open_and_says_what_is_left(team, diagnosis):
    half = {"surprise": "poverty_rate"}

    nothing = team.post(url("step", diagnosis, step="lire"), {}, follow=True)
    said = nothing.content.decode()
    assert "Rien n’est noté. À faire à cette étape" in said
    assert not Entry.objects.filter(verb="notes.written").exists()
    assert "surprend · Le chiffre auquel" in said
    page = team.post(url("step", diagnosis, step="lire"), half, follow=True)

    assert "started" == progress(diagnosis)["lire"]
    said = page.content.decode()
    assert "C’est gardé. Reste à faire" in said
    assert "<li>Le chiffre auquel vous ne croyez pas</li>" in said


def test_a_step_is_not_done_because_somebody_says_so(team, diagnosis):
    for code in hour.CODES:
        team.post(url("step", diagnosis, step=code))

    assert {"missing"} == set(progress(diagnosis).values())
    page = team.get(url("step", diagnosis, step="constats")).content.decode()
    assert "3 constats à discuter" in page


def test_a_step_is_passed_over_with_its_reason_only(team, diagnosis):
    address = url("skip", diagnosis, step="constats")

    team.post(address, {"reason": ""})
    assert "missing" == progress(diagnosis)["constats"]

    team.post(address, {"reason": "Discutés en bureau le mois dernier"})
    assert "skipped" == progress(diagnosis)["constats"]
    page = team.get(url("step", diagnosis, step="constats")).content.decode()
    assert "Discutés en bureau le mois dernier" in page

    team.post(url("resume", diagnosis, step="constats"))
    assert "missing" == progress(diagnosis)["constats"]


def test_steps_read_their_progress_from_what_was_really_done(diagnosis, officer, land):
    first, *others = diagnosis.findings.all()
    operations.review_finding(first, state="discussed", by=officer)
    assert "started" == progress(diagnosis)["constats"]

    for one in others:
        operations.review_finding(one, state="set_aside", by=officer)
    visit = Visit(
        diagnosis=diagnosis,
        commune=land.commune,
        visited_on="2026-01-15",
        roles_met="maire",
        learnt="Une connexion faible",
    )
    operations.log_visit(visit, [], by=officer)
    assert ("done", "started") == (
        progress(diagnosis)["constats"],
        progress(diagnosis)["terrain"],
    )

    operations.change_visit(visit, [first], by=officer)
    assert "done" == progress(diagnosis)["terrain"]


@pytest.mark.parametrize(
    ("step", "given", "said"),
    [
        ("publics", {"first_public": "older", "second_public": "older"}, "un autre"),
        ("comparer", {"call": "none"}, "Nommez le territoire"),
        ("comparer", {"call_text": "Mme Martin"}, "désigne une personne"),
        ("remettre", {"handed_text": "a.b@exemple.fr"}, "adresse électronique"),
    ],
)
def test_a_note_that_will_not_do_says_what_to_mend(team, diagnosis, step, given, said):
    page = team.post(url("step", diagnosis, step=step), given).content.decode()

    assert said in page
    assert not diagnosis.notes.exists()


def test_a_view_and_a_visit_come_back_to_the_step_they_were_asked_from(team, diagnosis):
    finding = diagnosis.findings.get(indicator="poverty_rate")
    page = team.get(url("step", diagnosis, step="constats")).content.decode()
    view = url("finding", diagnosis, finding_pk=finding.pk)
    visits = f"{url('visits', diagnosis)}?etape=terrain"
    met = {"place": "bourg d exemple", "visited_on": "2026-01-15"}
    met |= {"roles_met": "maire", "learnt": "Une connexion faible"}

    assert f"{view}?etape=constats" in page
    assert visits in team.get(url("step", diagnosis, step="terrain")).content.decode()
    for address, given, then in (
        (f"{view}?etape=constats", {"state": "discussed"}, "step constats"),
        (visits, met, "step terrain"),
        (f"{view}?etape=https://exemple.fr", {"state": "discussed"}, "findings"),
    ):
        name, *step = then.split()
        wanted = url(name, diagnosis, **({"step": step[0]} if step else {}))
        assert wanted == team.post(address, given).headers["Location"]


def test_the_sheet_of_a_team_leaves_out_what_the_field_contradicts(
    team, diagnosis, officer, land
):
    poverty = diagnosis.findings.get(indicator="poverty_rate")
    asked = words("Qui accompagne aujourd’hui les personnes en difficulté")
    said = {"wording": "", "comment": ""}
    assert asked in sheet(team, diagnosis)
    operations.review_finding(poverty, state="contradicted", by=officer, **said)
    income = diagnosis.findings.get(indicator="median_income")
    said = {"wording": "Les ménages modestes sont au nord", "comment": ""}
    operations.review_finding(income, state="confirmed", by=officer, **said)
    team.post(url("step", diagnosis, step="lire"), READ | {"doubt": "share_65_plus"})
    visit = Visit(
        diagnosis=diagnosis,
        commune=land.commune,
        visited_on="2026-01-15",
        roles_met="cheffe de gare",
        learnt="Une connexion faible",
    )
    operations.log_visit(visit, [], by=officer)

    text = sheet(team, diagnosis)

    assert asked not in text
    assert words("Taux de pauvreté") not in text
    assert words("Les ménages modestes sont au nord") in text
    assert words("L’équipe doute de ce chiffre et le vérifie : 65 ans et plus") in text
    assert words("Une connexion faible") in text
    assert words("cheffe de gare") not in text
    page = team.get(url("step", diagnosis, step="remettre")).content.decode()
    assert url("team_brief", diagnosis) in page


def test_a_question_noted_has_no_full_stop_after_its_mark(team, diagnosis):
    given = {"unseen_public_text": "Les artisans"}
    team.post(url("step", diagnosis, step="publics"), given)

    made = team.get(url("team_file", diagnosis, format="pdf")).content

    text = words(" ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages))
    assert words("ne montre-t-il ici ? Les artisans.") in text


def test_an_unknown_step_is_not_found(team, diagnosis):
    for name in ("step", "skip"):
        address = url(name, diagnosis, step="ailleurs")
        assert 404 == team.post(address, {"reason": "Déjà fait"}).status_code


def test_the_notes_are_in_the_pages_and_the_document_of_the_team_only(
    team, client, diagnosis, officer
):
    team.post(url("step", diagnosis, step="lire"), READ)
    operations.skip_step(diagnosis, "terrain", "Visites en mars", by=officer)

    page = team.get(url("findings", diagnosis)).content.decode()
    made = team.get(url("team_file", diagnosis, format="pdf")).content
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(made)).pages)
    public = client.get(reverse("diagnosis:show", args=[diagnosis.territory_id]))

    for said in ("Plus haut que chez les voisins", "Visites en mars"):
        assert said in page
        assert said in " ".join(text.split())
        assert said not in public.content.decode()


def test_a_figure_chosen_then_withdrawn_stays_as_it_was_noted(team, diagnosis, land):
    team.post(url("step", diagnosis, step="lire"), READ)
    land.set_value("poverty_rate", 9, 25)
    team.post(url("step", diagnosis, step="publics"), {"unseen_public_text": "aucun"})

    page = team.get(url("findings", diagnosis)).content.decode()

    assert "18,0\u202f% (2021)" in page


def test_a_refused_step_says_so_first_and_once(team, diagnosis):
    twice = {"first_public": "older", "second_public": "older"}

    refused = team.post(url("step", diagnosis, step="publics"), twice).content.decode()

    assert 1 == refused.count('role="alert"')
    assert refused.index('role="alert"') < refused.index("<table")
    assert 'href="#id_second_public"' in refused
    page = team.get(url("step", diagnosis, step="publics")).content.decode()
    assert 'role="alert"' not in page


def test_a_visit_to_be_linked_is_shown_with_the_way_to_link_it(
    team, diagnosis, officer, land
):
    step = url("step", diagnosis, step="terrain")
    assert "Les visites notées" not in team.get(step).content.decode()
    visit = Visit(
        diagnosis=diagnosis,
        commune=land.commune,
        visited_on="2026-01-15",
        roles_met="maire",
        learnt="Une connexion faible",
    )
    operations.log_visit(visit, [], by=officer)

    page = team.get(step).content.decode()

    change = url("visit", diagnosis, visit_pk=visit.pk)
    assert "Une connexion faible" in page
    assert f'href="{change}?etape=terrain"' in page
    assert f'href="{change}"' in team.get(url("visits", diagnosis)).content.decode()
