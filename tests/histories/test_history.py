"""What was written before is read in words, and put back without losing the rest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.adoption.operations import save_part
from jalons.histories import operations as histories
from jalons.privacy.operations import purge
from jalons.roadmaps import adopting, operations, ordering
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Action, Line, Revision, Roadmap, Stake, Workstream
from jalons.roadmaps.operations import Budgeted
from jalons.spaces.models import Membership, Role
from tests.factories import make_space, make_user
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)
from tests.workshops.rooms import make_table, make_workshop

Fate = Revision.Fate
HALF = Budgeted("Région", Decimal("12500.5"))


def fates(roadmap: Roadmap) -> list[str]:
    return [one.fate for one in roadmap.revisions.order_by("pk")]


def words_of(client, name: str, *args: object) -> str:
    """What the page says, without its markup."""
    page = client.get(reverse(name, args=args)).content.decode()
    text = re.sub(r"<[^>]+>", "", page.partition("<main")[2])
    return " ".join(text.split())


def test_a_date_changed_is_told_with_who_and_from_what_to_what(
    signed_in, roadmap, workstream
):
    amina = make_user("Amina")
    action = make_action(workstream, by=amina, ends_on=date(2027, 3, 12))
    action.ends_on = date(2027, 6, 30)
    operations.save_action(action, [HALF], version=1, by=amina)

    told = words_of(signed_in, "histories:list", roadmap.pk)

    assert "Amina a changé" in told
    assert "Fin : 12 mars 2027 → 30 juin 2027" in told.replace("\u202f", " ").replace(
        "\u00a0", " "
    )
    assert "Région 12" in told


def test_a_long_text_is_told_word_by_word(signed_in, roadmap, workstream, officer):
    before = "Les habitants éloignés du bourg savent où demander de l’aide, près d’eux"
    for text in (before, before.replace("du bourg", "des services publics")):
        workstream.success = text
        operations.save_workstream(
            workstream, {}, version=workstream.version, by=officer
        )

    line = reverse("histories:line", args=[roadmap.pk, f"workstream-{workstream.pk}"])
    page = signed_in.get(line).content.decode()

    assert "<del>du bourg </del><ins>des services publics </ins>" in page
    assert "Les habitants éloignés <del>" in page


def test_a_writing_that_changes_nothing_leaves_no_trace_and_a_place_is_no_word(
    roadmap, workstream, officer
):
    stake = workstream.stake
    other = make_stake(roadmap, "Comment former ?", by=officer)
    count = roadmap.revisions.count()

    operations.save_stake(stake, version=1, by=officer)
    ordering.move(other, up=True, by=officer)

    assert [Fate.MOVED] == fates(roadmap)[count:]
    assert "position" not in roadmap.revisions.first().state


def test_the_history_of_an_older_line_begins_with_what_it_was(
    roadmap, workstream, officer
):
    stake = workstream.stake
    roadmap.revisions.all().delete()

    stake.text = "Comment faire mieux ?"
    operations.save_stake(stake, version=1, by=officer)

    known, changed = roadmap.revisions.order_by("pk")
    assert (Fate.KNOWN, None, 1) == (known.fate, known.written_by, known.version)
    assert "Comment aller vers les habitants ?" == known.state["text"]
    assert (Fate.CHANGED, officer) == (changed.fate, changed.written_by)


def test_an_earlier_state_is_put_back_by_a_change_like_another(
    signed_in, roadmap, workstream, officer
):
    action = make_action(
        workstream, "Un bus", HALF, by=officer, starts_on=date(2027, 1, 1), needs=["x"]
    )
    action.description, action.starts_on = "Un taxi", None
    operations.save_action(action, [], version=1, by=officer)
    first = roadmap.revisions.get(kind="action", fate=Fate.WRITTEN)
    address = reverse("histories:state", args=[roadmap.pk, first.pk])
    shown = signed_in.get(address).content.decode()

    answer = signed_in.post(address, {"version": 2}, follow=True)

    stored = Action.objects.get()
    assert "<del>Un taxi</del> → <ins>Un bus</ins>" in shown
    assert "l’historique garde les deux" in answer.content.decode()
    assert ("Un bus", date(2027, 1, 1)) == (stored.description, stored.starts_on)
    assert (3, ["x"]) == (stored.version, stored.needs)
    assert Decimal("12500.50") == stored.budget.get().amount
    last = roadmap.revisions.first()
    assert (Fate.RESTORED, first) == (last.fate, last.source)
    assert [3, 2] == [one.version for one in roadmap.revisions.all()[:2]]


def test_what_somebody_wrote_meanwhile_is_shown_before_it_is_replaced(
    signed_in, roadmap, workstream, officer
):
    stake = workstream.stake
    first = roadmap.revisions.get(kind="stake")
    for text in ("Comment un ?", "Comment deux ?"):
        stake.text = text
        operations.save_stake(stake, version=stake.version, by=officer)
    address = reverse("histories:state", args=[roadmap.pk, first.pk])

    refused = signed_in.post(address, {"version": 2})

    stake.refresh_from_db()
    assert "Comment deux ?" == stake.text
    assert "quelqu’un a écrit ici entre-temps" in refused.content.decode()
    assert "<del>Comment deux ?" in refused.content.decode()
    assert 'name="version" value="3"' in refused.content.decode()
    assert 302 == signed_in.post(address, {"version": 3}).status_code
    stake.refresh_from_db()
    assert "Comment aller vers les habitants ?" == stake.text


def test_a_state_that_is_the_one_of_today_is_not_put_back(
    signed_in, roadmap, workstream
):
    only = roadmap.revisions.get(kind="stake")
    address = reverse("histories:state", args=[roadmap.pk, only.pk])

    answer = signed_in.post(address, {"version": 1}, follow=True)

    assert "rien n’a changé" in answer.content.decode()
    assert 1 == Stake.objects.get().version
    assert [Fate.WRITTEN] * 2 == fates(roadmap)


def test_lines_removed_come_back_from_the_top_with_their_source_and_their_number(
    signed_in, roadmap, space, officer
):
    workshop = make_workshop(space, by=officer)
    table, _offered, _row = make_table(workshop, by=officer)
    adopting.adopt_table(roadmap, table, by=officer)
    stream = Workstream.objects.select_related("stake__roadmap").get()
    stake, origin = stream.stake, stream.origin.words
    lines = {Line.Kind.LEADS: ["CCAS"], Line.Kind.OBSTACLE: ["Le temps"]}
    operations.save_workstream(stream, lines, version=1, by=officer)
    for action in list(stream.actions.all()):
        operations.remove(action, by=officer)
    stream_pk, stake_pk = stream.pk, stake.pk
    operations.remove(stream, by=officer)
    operations.remove(Stake.objects.get(pk=stake_pk), by=officer)
    gone = {one.kind: one for one in roadmap.revisions.filter(fate=Fate.REMOVED)}

    early = signed_in.post(
        reverse("histories:state", args=[roadmap.pk, gone["workstream"].pk])
    )
    for kind in ("stake", "workstream"):
        address = reverse("histories:state", args=[roadmap.pk, gone[kind].pk])
        assert "Faire revenir la ligne" in signed_in.get(address).content.decode()
        assert 302 == signed_in.post(address).status_code

    back = Workstream.objects.get(pk=stream_pk)
    assert "la ligne sous laquelle elle était a été retirée" in early.content.decode()
    assert (stake_pk, origin) == (back.stake_id, back.origin.words)
    assert {"CCAS", "Le temps"} == {one.text for one in back.lines.all()}
    assert back.origin.item is not None
    told = words_of(signed_in, "histories:line", roadmap.pk, f"workstream-{stream_pk}")
    assert "a remis comme avant" in told
    assert "a retiré" in told


def test_words_of_the_document_are_put_back_even_emptied_by_the_same_page(
    signed_in, roadmap, officer
):
    page = uuid4()
    kept = {"is_shown": True, "written_from": page, "by": officer}
    for text in ("Un", "Un cap", "Un cap pour tous et pour chacun"):
        save_part(roadmap, "course", words=text, version=1, **kept)
    part = save_part(roadmap, "course", words="", version=1, **kept)

    said = [one.state["words"] for one in roadmap.revisions.order_by("pk")]
    assert ["", "Un cap pour tous et pour chacun", ""] == said
    full = roadmap.revisions.order_by("pk")[1]
    address = reverse("histories:state", args=[roadmap.pk, full.pk])
    assert 302 == signed_in.post(address, {"version": part.version}).status_code
    part.refresh_from_db()
    assert "Un cap pour tous et pour chacun" == part.words


def test_a_page_that_goes_on_for_long_leaves_several_states(roadmap, officer):
    kept = {"is_shown": True, "written_from": uuid4(), "by": officer}
    save_part(roadmap, "course", words="Un cap", version=1, **kept)
    earlier = timezone.now() - timedelta(minutes=6)
    roadmap.revisions.update(written_at=earlier)
    save_part(roadmap, "course", words="Un cap partagé", version=1, **kept)

    said = [one.state["words"] for one in roadmap.revisions.order_by("pk")]
    assert ["", "Un cap", "Un cap partagé"] == said


def test_a_reader_reads_a_contributor_puts_lines_back_an_editor_the_document(
    client, roadmap, workstream, officer
):
    part = save_part(
        roadmap,
        "course",
        words="Un cap",
        is_shown=True,
        version=1,
        written_from=uuid4(),
        by=officer,
    )
    of_line = roadmap.revisions.get(kind="stake")
    of_text = roadmap.revisions.filter(kind="part").last()
    for role, line_code, text_code in (
        (Role.READER, 403, 403),
        (Role.CONTRIBUTOR, 302, 403),
        (Role.EDITOR, 302, 302),
    ):
        person = make_user(role.value)
        Membership.objects.create(space=roadmap.space, user=person, role=role)
        client.force_login(person)
        for one, code in ((of_line, line_code), (of_text, text_code)):
            address = reverse("histories:state", args=[roadmap.pk, one.pk])
            page = client.get(address)
            version = part.version if one == of_text else 1
            assert 200 == page.status_code
            can = one.kind == "part" and code == 302
            assert can == ('name="version"' in page.content.decode())
            assert code == client.post(address, {"version": version}).status_code


def test_the_history_of_another_roadmap_opens_nothing(signed_in, roadmap):
    stranger = make_user("Autre")
    theirs = make_roadmap(make_space(owner=stranger), by=stranger)
    make_stake(theirs, by=stranger)
    revision = theirs.revisions.get()

    for pk in (roadmap.pk, theirs.pk):
        address = reverse("histories:state", args=[pk, revision.pk])
        assert 404 == signed_in.get(address).status_code
        assert 404 == signed_in.post(address, {"version": 1}).status_code
    for name in ("space-1", "stake-x", "action-"):
        line = reverse("histories:line", args=[roadmap.pk, name])
        assert 404 == signed_in.get(line).status_code


def test_the_names_of_writers_end_and_their_words_stay(roadmap, workstream, officer):
    at = timezone.now() + timedelta(days=1096)

    purge(at, dry_run=False)

    assert {None} == {one.written_by for one in roadmap.revisions.all()}
    assert 2 == roadmap.revisions.count()


def test_an_action_moved_tells_from_which_workstream_to_which(
    signed_in, roadmap, workstream, officer
):
    other = make_workstream(workstream.stake, "Des relais", by=officer)
    action = make_action(workstream, by=officer)

    ordering.put(action, other, by=officer)

    told = words_of(signed_in, "histories:line", roadmap.pk, f"action-{action.pk}")
    assert "1.a Des services itinérants → 1.b Des relais" in told
    assert "1.b.1" == plan_of(roadmap).actions[0].code


def test_a_line_is_not_brought_back_twice(roadmap, workstream, officer):
    operations.remove(workstream, by=officer)
    gone = roadmap.revisions.get(fate=Fate.REMOVED)
    histories.restore(gone, version=0, by=officer)

    with pytest.raises(operations.ChangedMeanwhile):
        histories.restore(gone, version=0, by=officer)
    assert 1 == Workstream.objects.count()
