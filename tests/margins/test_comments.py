"""Comments beside lines: settled, opened again, taken back by who wrote them only."""

from __future__ import annotations

from django.urls import reverse

from jalons.audit.models import Entry
from jalons.margins.figures import margins_of
from jalons.margins.models import Comment
from jalons.margins.operations import settle_comment, write_comment
from jalons.roadmaps import operations
from jalons.roadmaps.figures import plan_of
from jalons.spaces.models import Role
from tests.factories import make_space, make_user
from tests.funding.money import make_grant
from tests.roadmaps.plans import make_action, make_roadmap, make_stake


def test_a_comment_stands_beside_its_line_until_it_is_settled(
    signed_in, roadmap, workstream, officer, django_assert_max_num_queries
):
    action = make_action(workstream, "Un bus", by=officer)
    line = reverse("margins:line", args=[roadmap.pk, f"action-{action.pk}"])
    whole = reverse("margins:list", args=[roadmap.pk])

    empty = signed_in.post(line, {"text": "  "})
    marked = signed_in.post(line, {"text": "<b>Vraiment</b>"})
    signed_in.post(line, {"text": "Qui conduit ?\r\nEt quand ?"})
    comment = Comment.objects.get()

    assert "obligatoire" in empty.content.decode()
    assert 200 == marked.status_code
    with django_assert_max_num_queries(20):
        page = signed_in.get(whole).content.decode()
    assert "1 commentaire attend une réponse" in page
    assert "Qui conduit ?<br>Et quand ?" in page
    signed_in.post(whole, {"settle": comment.pk})
    signed_in.post(whole, {"settle": comment.pk})
    assert (
        "Aucun commentaire n’attend de réponse" in signed_in.get(whole).content.decode()
    )
    assert "réglé par" in signed_in.get(line).content.decode()
    signed_in.post(line, {"reopen": comment.pk})
    assert 1 == margins_of(plan_of(roadmap)).open
    assert 1 == Entry.objects.filter(verb="comment.settled").count()


def test_the_words_of_the_line_then_are_kept_even_once_it_is_removed(
    signed_in, roadmap, officer
):
    stake = make_stake(roadmap, "Comment aider ?", by=officer)
    write_comment(stake, "Qui ?", by=officer)
    stake.text = "Comment aider les aînés ?"
    operations.save_stake(stake, version=stake.version, by=officer)
    address = reverse("margins:list", args=[roadmap.pk])
    changed = signed_in.get(address).content.decode()

    operations.remove(stake, by=officer)

    page = signed_in.get(address).content.decode()
    assert "disait alors «\u00a0Comment aider ?\u00a0»" in changed
    assert "lignes supprimées" in page
    assert "Comment aider ?" in page


def test_only_who_wrote_a_comment_takes_it_back_and_a_reader_writes_none(
    client, space, roadmap, officer
):
    stake = make_stake(roadmap, by=officer)
    comment = write_comment(stake, "Qui ?", by=officer)
    reader, colleague = make_user("Lectrice"), make_user("Collègue")
    space.memberships.create(user=reader, role=Role.READER)
    space.memberships.create(user=colleague, role=Role.CONTRIBUTOR)
    line = reverse("margins:line", args=[roadmap.pk, f"stake-{stake.pk}"])

    client.force_login(reader)
    assert "Qui ?" in client.get(line).content.decode()
    assert 403 == client.post(line, {"text": "Moi"}).status_code
    client.force_login(colleague)
    assert 403 == client.post(line, {"remove": comment.pk}).status_code
    assert 404 == client.post(line, {"other": comment.pk}).status_code
    client.force_login(officer)
    client.post(line, {"remove": comment.pk})
    assert not Comment.objects.exists()


def test_a_comment_of_another_roadmap_is_not_found(signed_in, roadmap):
    stranger = make_user("Autre")
    other = make_roadmap(make_space(owner=stranger), by=stranger)
    theirs = make_stake(other, by=stranger)
    comment = write_comment(theirs, "Qui ?", by=stranger)
    whole = reverse("margins:list", args=[roadmap.pk])
    line = reverse("margins:line", args=[roadmap.pk, f"stake-{theirs.pk}"])

    assert 404 == signed_in.post(whole, {"settle": comment.pk}).status_code
    assert 404 == signed_in.get(line).status_code
    assert 404 == signed_in.get(line.replace("stake-", "space-")).status_code


def test_comments_and_requests_for_money_leave_in_no_file_of_the_roadmap(
    signed_in, roadmap, workstream, officer
):
    action = make_action(workstream, "Un bus", by=officer)
    write_comment(workstream, "Trop cher pour nous", by=officer)
    grant = make_grant(action, "Fondation discrète", 10, by=officer)
    address = {
        "roadmaps:export_json": (),
        "roadmaps:export_csv": (),
        "roadmaps:national_file": ("json",),
    }
    told = [
        b"".join(signed_in.get(reverse(name, args=[roadmap.pk, *more]))).decode()
        for name, more in address.items()
    ]

    for text in told:
        assert "Un bus" in text
        assert "Trop cher" not in text
        assert grant.funder not in text


def test_each_line_says_how_many_comments_wait_and_leads_to_them(
    client, roadmap, workstream, officer
):
    action = make_action(workstream, by=officer)
    for text in ("Qui ?", "Quand ?"):
        write_comment(workstream, text, by=officer)
    settled = write_comment(workstream, "Où ?", by=officer)
    settle_comment(settled, by=officer)
    write_comment(action, "Combien ?", by=officer)
    reader = make_user("Lectrice")
    roadmap.space.memberships.create(user=reader, role=Role.READER)
    pages = (
        reverse("roadmaps:show", args=[roadmap.pk]),
        reverse("roadmaps:workstream", args=[roadmap.pk, workstream.pk]),
    )
    for person in (officer, reader):
        client.force_login(person)
        whole, one = (client.get(page).content.decode() for page in pages)
        of_stream = reverse(
            "margins:line", args=[roadmap.pk, f"workstream-{workstream.pk}"]
        )
        of_action = reverse("margins:line", args=[roadmap.pk, f"action-{action.pk}"])
        assert f'<a href="{of_stream}">2 commentaires<' in whole
        assert f'<a href="{of_stream}">2 commentaires<' in one
        assert f'<a href="{of_action}">1 commentaire<' in one


def test_a_comment_settled_and_opened_again_says_by_whom(
    client, signed_in, roadmap, officer
):
    stake = make_stake(roadmap, by=officer)
    comment = write_comment(stake, "Qui ?", by=officer)
    colleague = make_user("Luc")
    roadmap.space.memberships.create(user=colleague, role=Role.CONTRIBUTOR)
    line = reverse("margins:line", args=[roadmap.pk, f"stake-{stake.pk}"])
    client.force_login(colleague)

    client.post(line, {"settle": comment.pk})
    settled = client.get(line).content.decode()
    client.post(line, {"reopen": comment.pk})
    again = client.get(line).content.decode()

    assert "par Luc" in settled
    assert "Chargée de mission" in settled
    assert "par Luc" not in again
    assert "C’est réglé" in again or 'name="settle"' in again
