"""Lists of people: what is read, refused, given back, exported, told."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.core import mail as mailbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from jalons.audit.models import Entry
from jalons.files.tables import read_table
from jalons.invitations import figures, loaders, operations
from jalons.invitations.forms import ListForm
from jalons.invitations.models import Contact, OptOut, digest_of
from jalons.mail.models import Message
from jalons.mail.operations import say_dead
from jalons.privacy.operations import purge
from jalons.territories.models import Membership, Territory
from tests.factories import make_campaign, make_space, make_territory, make_user
from tests.invitations.lists import add_lines, make_list, sort_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    """A space on a département of two EPCI, and its editor signed in."""
    editor = make_user()
    departement = make_territory("Creuse", Territory.Kind.DEPARTEMENT, "23")
    for name, code in (
        ("CC Creuse Confluence", "200067544"),
        ("CC du Pays", "222222222"),
    ):
        epci = make_territory(name, code=code)
        Membership.objects.create(member=epci, group=departement, since=2026)
    client.force_login(editor)
    return make_space(territory=departement, editor=editor)


@pytest.mark.parametrize(
    ("line", "email", "name"),
    [
        ("une@exemple.fr", "une@exemple.fr", ""),
        ("Une Personne <Une@Exemple.fr>", "une@exemple.fr", "Une Personne"),
        ("Une Personne;une@exemple.fr", "une@exemple.fr", "Une Personne"),
        ("une@exemple.fr\tUne Personne", "une@exemple.fr", "Une Personne"),
    ],
)
def test_people_are_pasted_as_people_write_them(team, line, email, name):
    (person,) = sort_lines(make_list(team), line).people

    assert (person.email, person.name) == (email, name)


def test_a_whole_line_is_read_with_its_territory_by_name_and_its_profile(team):
    line = "Une;une@exemple.fr;Directrice;cc creuse confluence;Décideur"

    (person,) = sort_lines(make_list(team), line).people

    assert person.function == "Directrice"
    assert person.territory_code == "200067544"
    assert person.profile == "decision_maker"


def test_a_profile_may_be_written_as_the_pages_of_a_survey_write_it(team):
    make_campaign(space=team)
    lines = ["Une;une@exemple.fr;;;Décision locale", "Deux;d@exemple.fr;;;Décidons"]

    found = sort_lines(make_list(team), *lines)

    assert ["decision_maker"] == [one.profile for one in found.people]
    assert ["Décidons"] == [one.value for one in found.refused]


def test_a_more_complete_line_completes_somebody_known_and_replaces_nothing(
    client, team
):
    contact_list = make_list(team)
    add_lines(contact_list, "Une;une@exemple.fr;Directrice", "deux@exemple.fr")
    lines = [
        "Une Autre;une@exemple.fr;;cc creuse confluence;Décideur",
        ";deux@exemple.fr;Maire",
        ";deux@exemple.fr;Adjoint",
        "Trois;trois@exemple.fr",
        ";trois@exemple.fr;Élue",
    ]

    url = reverse("invitations:add", args=[team.pk, contact_list.pk])
    page = client.post(url, {"text": "\n".join(lines)}).content.decode()

    found = contact_list.contacts.order_by("email").values_list(
        "email", "name", "function", "territory", "profile"
    )
    assert [
        ("deux@exemple.fr", "", "Maire", None, ""),
        ("trois@exemple.fr", "Trois", "Élue", None, ""),
        ("une@exemple.fr", "Une", "Directrice", "200067544", "decision_maker"),
    ] == list(found)
    kept = "Déjà dans la liste, complété\u00a0: territoire, profil\u202f; "
    assert f"{kept}diffère, et reste tel quel\u00a0: nom." in page
    assert "1 ligne diffère de ce qui est gardé" in page
    assert "Déjà là avec une autre valeur (fonction)" in page
    assert "répète une personne" not in page


def test_people_completed_are_written_and_counted_once_each(
    team, django_assert_max_num_queries
):
    known = [f"p{n}@exemple.fr" for n in range(20)]
    contact_list = make_list(team, *known)
    lines = [f";{email};Maire" for email in known]
    lines += ["Zéro;p0@exemple.fr", "Neuf;neuf@exemple.fr", ";neuf@exemple.fr;Élue"]
    found = sort_lines(contact_list, *lines)

    with django_assert_max_num_queries(12):
        operations.add_people(
            contact_list, found.people, completed=found.completed, by=make_user()
        )

    kept = contact_list.contacts.order_by("email").values_list("name", "function")
    assert ("Zéro", "Maire") == kept.get(email="p0@exemple.fr")
    assert ("Neuf", "Élue") == kept.get(email="neuf@exemple.fr")
    told = Entry.objects.filter(verb="contacts.added").latest("pk")
    # The last line completes somebody of the same file, who was added.
    assert {"count": 1, "completed": 20} == told.details


def test_who_asked_for_no_more_mails_is_not_completed(client, team):
    contact_list = make_list(team)
    add_lines(contact_list, "une@exemple.fr")
    operations.opt_out(team, digest_of(team.pk, "une@exemple.fr"))

    found = sort_lines(contact_list, "Une;une@exemple.fr;Maire")

    assert not found.completed
    assert "ne plus recevoir" in found.known[0].reason


def test_an_address_beside_a_territory_is_no_person_of_that_name(team):
    found = sort_lines(
        make_list(team),
        "une@exemple.fr;CC Creuse Confluence",
        "222222222;deux@exemple.fr",
        "trois@exemple.fr;CC Inconnue",
    )

    assert [("", "200067544"), ("", "222222222")] == [
        (one.name, one.territory_code) for one in found.people
    ]
    assert ["territory"] == [one.field for one in found.refused]
    assert ";trois@exemple.fr;;CC Inconnue;" == found.text_refused


def test_columns_copied_from_a_spreadsheet_are_read_by_their_titles(team):
    found = sort_lines(
        make_list(team),
        "Prénom\tNom\tAdresse e-mail\tCode SIREN\tFonction",
        "Une\tPersonne\tune@exemple.fr\t\tDGS",
    )

    (person,) = found.people
    assert (person.name, person.email) == ("Une Personne", "une@exemple.fr")
    assert person.function == "DGS"


def test_under_headings_an_empty_first_cell_holds_its_place(team):
    found = sort_lines(
        make_list(team),
        "\tNom\tCourriel\tFonction",
        "1\tUne Personne\tune@exemple.fr\tDGS",
        "\tDeux Personnes\tdeux@exemple.fr\t",
    )

    assert () == found.refused
    assert [("une@exemple.fr", "DGS"), ("deux@exemple.fr", "")] == [
        (one.email, one.function) for one in found.people
    ]


def test_a_cell_with_a_semicolon_or_two_lines_is_read_as_one_once_mended(team):
    content = (
        "nom,courriel,fonction,territoire\n"
        '"Une\nPersonne",une@,Élue ; présidente,CC du Pays\n'
    )
    contact_list = make_list(team)
    table = read_table(BytesIO(content.encode()), name="liste.csv")
    entries = loaders.read_rows(table, name="liste.csv")
    (refused,) = loaders.sort_out(contact_list, entries).refused

    text = refused.entry.text.replace("une@", "une@exemple.fr")
    (person,) = sort_lines(contact_list, text).people

    assert ("Une Personne", "une@exemple.fr") == (person.name, person.email)
    assert ("Élue , présidente", "222222222") == (
        person.function,
        person.territory_code,
    )


def test_each_refused_line_says_where_why_and_how_to_mend_it(team):
    contact_list = make_list(team, "deja@exemple.fr")
    OptOut.objects.create(space=team, digest=digest_of(team.pk, "non@exemple.fr"))
    say_dead("morte@exemple.fr", "partie", by=make_user())

    found = sort_lines(
        contact_list,
        "bonne@exemple.fr",
        "pas une adresse",
        "bonne@exemple.fr",
        "deja@exemple.fr",
        "non@exemple.fr",
        "morte@exemple.fr",
        "A;a@exemple.fr;;Nulle Part",
        "B;b@exemple.fr;;;astronaute",
    )

    assert [one.email for one in found.people] == ["bonne@exemple.fr"]
    assert [(one.entry.line, one.field) for one in found.refused] == [
        (2, "email"),
        (5, "email"),
        (6, "email"),
        (7, "territory"),
        (8, "profile"),
    ]
    assert [one.entry.line for one in found.known] == [3, 4]
    assert all(one.reason for one in (*found.refused, *found.known))
    assert found.line_count == 8


def test_a_name_borne_twice_is_asked_never_guessed(team):
    twin = make_territory("CC du Pays", code="333333333")
    group = Territory.objects.get(code="23")
    Membership.objects.create(member=twin, group=group, since=2026)

    (refused,) = sort_lines(make_list(team), "A;a@exemple.fr;;CC du Pays").refused

    assert "222222222" in refused.reason
    assert "333333333" in refused.reason


def test_nothing_is_lost_of_a_file_partly_wrong(client, team):
    contact_list = make_list(team)
    content = "nom;courriel\nUne;une@exemple.fr\nDeux;deux@\nTrois;trois@exemple.fr\n"
    url = reverse("invitations:add", args=[team.pk, contact_list.pk])

    page = client.post(url, {"file": SimpleUploadedFile("liste.csv", content.encode())})

    html = page.content.decode()
    assert contact_list.contacts.count() == 2
    assert "Ligne 3" in html
    assert "Deux;deux@;;;" in html


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("liste.csv", b"nom;telephone\nUne;0102030405\n"),
        ("liste.csv", b""),
        ("liste.xlsx", b"PK\x03\x04 abime"),
    ],
)
def test_a_file_that_holds_no_address_is_told_beside_its_field(
    client, team, name, content
):
    contact_list = make_list(team)
    url = reverse("invitations:add", args=[team.pk, contact_list.pk])

    page = client.post(url, {"file": SimpleUploadedFile(name, content)})

    assert page.context["form"].errors["file"]
    assert not contact_list.contacts.exists()


@pytest.mark.parametrize("given", [{"text": ""}, {"text": "  \n "}])
def test_nothing_given_is_told(client, team, given):
    url = reverse("invitations:add", args=[team.pk, make_list(team).pk])

    assert client.post(url, given).context["form"].errors


def test_the_export_is_read_back_by_the_import(client, team):
    line = "Une;une@exemple.fr;Directrice;200067544;decision_maker"
    contact_list = make_list(team, line)
    url = reverse("invitations:export", args=[team.pk, contact_list.pk])
    text = client.get(url).getvalue().decode("utf-8-sig")

    other = make_list(team, title="Autre")
    (person,) = loaders.sort_out(other, loaders.read_lines(text)).people

    assert person.email == "une@exemple.fr"
    assert person.territory_code == "200067544"
    assert person.profile == "decision_maker"


def test_people_are_to_be_informed_within_a_month(team):
    contact_list = make_list(team, "une@exemple.fr", "deux@exemple.fr")
    Contact.objects.filter(email="deux@exemple.fr").update(informed_on=date.today())

    state = figures.list_state(contact_list, today=timezone.localdate())

    assert state.to_inform_count == 1
    assert state.inform_before == timezone.now().date() + timedelta(days=30)


def test_once_informed_nobody_is_told_again_before_a_year(
    team, django_capture_on_commit_callbacks
):
    contact_list = make_list(team, "une@exemple.fr")
    today = timezone.localdate()

    with django_capture_on_commit_callbacks(execute=True):
        assert operations.tell_people(contact_list, by=make_user(), today=today) == 1

    assert figures.list_state(contact_list, today=today).to_inform_count == 0
    assert "Annuaire public" in mailbox.outbox[0].body
    assert "/ne-plus-recevoir/" in mailbox.outbox[0].body
    Message.objects.update(sent_at=timezone.now() - timedelta(days=366))
    assert figures.list_state(contact_list, today=today).to_inform_count == 1


@pytest.mark.parametrize(("days", "is_accepted"), [(0, False), (1, True)])
def test_a_list_is_not_made_to_be_erased_at_once(team, days, is_accepted):
    told = {"title": "Élus", "purpose": "Enquête", "source": "Annuaire"}
    day = timezone.localdate() + timedelta(days=days)
    form = ListForm({**told, "basis": "public_task", "purge_on": day}, space=team)

    assert ("purge_on" not in form.errors) is is_accepted


def test_on_its_last_day_a_list_loses_its_people_and_keeps_its_refusals(team):
    contact_list = make_list(team, "une@exemple.fr")
    operations.opt_out(team, digest_of(team.pk, "une@exemple.fr"))
    contact_list.purge_on = date.today() - timedelta(days=2)
    contact_list.save()

    purge(timezone.now(), dry_run=False)

    assert not Contact.objects.exists()
    assert OptOut.objects.count() == 1


def test_a_corrected_address_is_known_by_its_new_print(client, team):
    contact_list = make_list(team, "ancienne@exemple.fr")
    contact = contact_list.contacts.get()
    url = reverse(
        "invitations:edit_contact", args=[team.pk, contact_list.pk, contact.pk]
    )

    client.post(url, {"email": "Nouvelle@exemple.fr", "place": "CC Creuse Confluence"})

    contact.refresh_from_db()
    assert contact.digest == digest_of(team.pk, "nouvelle@exemple.fr")
    assert contact.territory_id == "200067544"


def command(tmp_path, contact_list, editor, *options: str) -> dict:
    file = tmp_path / "liste.csv"
    file.write_text("nom;courriel\nUne;une@exemple.fr\nDeux;deux@\n")
    out = StringIO()
    call_command(
        "import_contacts",
        str(file),
        "--list",
        str(contact_list.pk),
        "--by",
        editor,
        "--json",
        *options,
        stdout=out,
    )
    return json.loads(out.getvalue())


def test_the_command_reports_line_by_line_and_writes_nothing_on_trial(tmp_path, team):
    contact_list = make_list(team)
    editor = team.members.get().email

    report = command(tmp_path, contact_list, editor, "--dry-run")

    assert (report["added"], len(report["refused"])) == (1, 1)
    assert report["refused"][0]["line"] == 3
    assert report["refused"][0]["field"] == "email"
    assert not contact_list.contacts.exists()

    command(tmp_path, contact_list, editor)
    assert contact_list.contacts.get().email == "une@exemple.fr"


def test_the_command_refuses_somebody_who_may_not_fill_the_list(tmp_path, team):
    with pytest.raises(CommandError):
        command(tmp_path, make_list(team), make_user().email)


def test_an_address_stands_once_in_a_list_whatever_its_capitals(team):
    contact_list = make_list(team)
    add_lines(contact_list, "une@exemple.fr")

    (known,) = sort_lines(contact_list, "UNE@exemple.fr").known

    assert known.reason
