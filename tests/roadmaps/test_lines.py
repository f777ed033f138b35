"""Stakes, workstreams and actions: numbered, late or not, costed, never overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404
from django.urls import reverse

from jalons.audit.models import Entry
from jalons.roadmaps import adopting, operations, ordering
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.forms import StakeForm
from jalons.roadmaps.models import Action, Line, Stake
from jalons.roadmaps.money import NotAnAmount, euros, read_amount
from jalons.roadmaps.operations import Budgeted
from jalons.roadmaps.pages import keep
from jalons.spaces.models import Membership, Role
from tests.actors.people import make_actor
from tests.factories import make_space, make_user
from tests.roadmaps.plans import (
    make_action,
    make_roadmap,
    make_stake,
    make_workstream,
)
from tests.workshops.rooms import make_table, make_workshop

Status, Late = Action.Status, Action.Late
TODAY = date(2027, 3, 10)
NO_BUDGET = {"budget-TOTAL_FORMS": 0, "budget-INITIAL_FORMS": 0}


@pytest.fixture
def workstream(roadmap, officer):
    return make_workstream(make_stake(roadmap, by=officer), by=officer)


def budget(*lines: tuple[str, str]) -> dict[str, object]:
    sent: dict[str, object] = NO_BUDGET | {"budget-TOTAL_FORMS": len(lines)}
    for rank, (funder, amount) in enumerate(lines):
        sent |= {f"budget-{rank}-funder": funder, f"budget-{rank}-amount": amount}
    return sent


def test_numbers_follow_the_order_and_a_move_says_which_changed(
    signed_in, roadmap, officer
):
    first = make_stake(roadmap, "Comment aider ?", by=officer)
    second = make_stake(roadmap, "Comment former ?", by=officer)
    one, two = (make_workstream(second, t, by=officer) for t in ("Un", "Deux"))
    action = make_action(two, by=officer)
    address = reverse("roadmaps:move", args=[roadmap.pk])
    assert "2.b.1" == plan_of(roadmap).action(action).code

    page = signed_in.post(address, {"up": f"stake-{second.pk}"}, follow=True)
    signed_in.post(address, {"down": f"workstream-{one.pk}"})
    end = signed_in.post(address, {"down": f"stake-{first.pk}"}, follow=True)

    plan = plan_of(roadmap)
    assert ("1.a", "1.a.1") == (plan.workstream(two).code, plan.action(action).code)
    assert "1 → 2, 2 → 1" in page.content.decode()
    assert "rien au-delà" in end.content.decode()
    assert 404 == signed_in.post(address, {"up": "space-1"}).status_code
    assert 2 == Entry.objects.filter(verb="roadmap.reordered").count()


def test_a_line_of_another_roadmap_is_not_moved_nor_removed(
    signed_in, roadmap, officer
):
    stranger = make_user("Autre")
    other = make_roadmap(make_space(owner=stranger), by=stranger)
    theirs = make_stake(other, by=stranger)

    for name, sent in (("move", "up"), ("remove", "row")):
        address = reverse(f"roadmaps:{name}", args=[roadmap.pk])
        answer = signed_in.post(address, {sent: f"stake-{theirs.pk}"})
        assert 404 == answer.status_code


def test_a_stake_is_a_question(signed_in, roadmap):
    address = reverse("roadmaps:add_stake", args=[roadmap.pk])

    page = signed_in.post(address, {"text": "Manque de lieux"})
    signed_in.post(address, {"text": "Comment ouvrir des lieux ?"})

    assert "Un enjeu est une question" in page.content.decode()
    assert "Comment ouvrir des lieux ?" == roadmap.stakes.get().text


def test_lines_name_actors_of_the_table_and_keep_their_row(
    signed_in, roadmap, workstream, space, officer
):
    centre = make_actor(space, "Centre Social", by=officer)
    address = reverse("roadmaps:edit_workstream", args=[roadmap.pk, workstream.pk])
    sent = {"title": "Titre", "version": 1, "leads": "centre social\n\nMairies"}
    signed_in.post(address, sent)
    kept = workstream.lines.get(body=centre)

    changed = sent | {"version": 2, "leads": "Mairies\ncentre social"}
    signed_in.post(address, changed | {"obstacle": "Zones blanches"})

    lines = plan_of(roadmap).workstreams[0].lines
    assert ["Mairies", "centre social"] == [one.text for one in lines[Line.Kind.LEADS]]
    assert kept in lines[Line.Kind.LEADS]
    assert "Zones blanches" == lines[Line.Kind.OBSTACLE][0].text


def test_whoever_writes_second_reads_both_and_nothing_is_lost(
    signed_in, roadmap, workstream
):
    address = reverse("roadmaps:edit_workstream", args=[roadmap.pk, workstream.pk])
    opened = {"title": workstream.title, "version": 1}

    signed_in.post(address, opened | {"success": "Cent personnes", "leads": "CCAS"})
    page = signed_in.post(address, opened | {"success": "Dix lieux"})
    alike = signed_in.post(
        address, opened | {"success": "Cent personnes", "leads": "CCAS"}
    )

    workstream.refresh_from_db()
    assert "Cent personnes" == workstream.success
    text = page.content.decode()
    assert "Dix lieux" in text
    assert "Cent personnes" in text
    assert ["Cent personnes", "CCAS"] == [one.theirs for one in page.context["theirs"]]
    assert 302 == alike.status_code


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "status", "late"),
    [
        (None, date(2027, 3, 9), Status.UNDER_WAY, Late.TO_END),
        (None, date(2027, 3, 10), Status.UNDER_WAY, None),
        (None, date(2027, 3, 9), Status.DONE, None),
        (None, date(2027, 3, 9), Status.DROPPED, None),
        (date(2027, 3, 9), date(2027, 4, 1), Status.PLANNED, Late.TO_BEGIN),
        (date(2027, 3, 9), date(2027, 4, 1), Status.UNDER_WAY, None),
        (date(2027, 3, 10), None, Status.PLANNED, None),
        (None, None, Status.PLANNED, None),
    ],
)
def test_an_action_is_late_the_day_after(starts_on, ends_on, status, late):
    action = Action(starts_on=starts_on, ends_on=ends_on, status=status)

    assert late == action.lateness(on=TODAY)


def test_an_action_is_written_with_its_budget_then_changed(
    signed_in, roadmap, workstream, space, officer
):
    centre = make_actor(space, "Centre social", by=officer)
    address = reverse("roadmaps:add_action", args=[roadmap.pk, workstream.pk])
    todo = {"description": "Un bus", "status": "planned", "lead": "Centre social"}
    lines = budget(("Région", "12 500,50 €"), ("CAF", "à chiffrer"), ("", ""))

    signed_in.post(address, todo | lines)
    action = Action.objects.get()
    change = reverse("roadmaps:action", args=[roadmap.pk, action.pk])
    page = signed_in.get(change).content.decode()
    signed_in.post(change, todo | {"version": 1} | budget(("Région", "8000")))
    late = signed_in.post(change, todo | {"version": 1} | budget(("CAF", "1")))

    assert "12\xa0500,50" in page
    assert [("Région", Decimal(8000))] == [
        (one.funder, one.amount) for one in action.budget.all()
    ]
    assert centre == action.lead_body
    assert ["Région\u00a0: 8\xa0000\u00a0€"] == [
        one.theirs for one in late.context["theirs"]
    ]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (budget(("Région", "douze mille")), "un montant"),
        (budget(("Région", "-5")), "un montant"),
        (budget(("Région", "1" * 20)), "un montant"),
        (budget(("Région", "")), "Écrivez un montant"),
        (budget(("", "500")), "qui apporte"),
        (budget(("<b>Région</b>", "500")), "HTML"),
        (budget(("CAF, 05 53 00 00 00", "500")), "écrivez la fonction"),
        (budget(("Mme Martin", "500")), "écrivez la fonction"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "avant le début"),
        ({"referent": "M. Dupont"}, "écrivez la fonction"),
        ({"status": "finie"}, "valide"),
        ({"budget-TOTAL_FORMS": "mille"}, "ManagementForm"),
    ],
)
def test_a_wrong_action_is_told_and_nothing_is_written(
    signed_in, roadmap, workstream, sent, told
):
    address = reverse("roadmaps:add_action", args=[roadmap.pk, workstream.pk])
    todo = {"description": "Un bus", "status": "planned", **NO_BUDGET}

    page = signed_in.post(address, todo | sent)

    assert told in page.content.decode()
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12 500,50", "12500.50"),
        ("12\u202f500\u00a0€", "12500"),
        ("12.500,50", "12500.50"),
        ("1,234,567.8", "1234567.8"),
        ("12500.5", "12500.5"),
        ("0", "0"),
        ("À chiffrer", None),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert (Decimal(amount) if amount else None) == read_amount(typed)


@pytest.mark.parametrize(
    "typed", ["", "12,50,00", "12.500.50", "1e5", "١٢", "12 k€", "99999999999"]
)
def test_what_is_not_an_amount_is_refused(typed):
    with pytest.raises(NotAnAmount):
        read_amount(typed)


def test_totals_by_funder_say_what_remains_to_be_costed(roadmap, workstream, officer):
    region, caf = Budgeted("Région", Decimal("10.5")), Budgeted("CAF", Decimal(30))
    make_action(workstream, "Un", region, caf, by=officer)
    unknown = Budgeted("région", None), Budgeted("Hub", None)
    make_action(workstream, "Deux", *unknown, by=officer)
    make_action(workstream, "Trois", by=officer)
    given_up = Budgeted("CAF", Decimal(900)), Budgeted("Mairie", None)
    make_action(workstream, "Quatre", *given_up, by=officer, status=Status.DROPPED)

    plan = plan_of(roadmap)

    assert ("40,50\u00a0€", 2) == (euros(plan.total), plan.uncosted)
    assert [("CAF", 30, 0), ("Région", Decimal("10.5"), 1), ("Hub", None, 1)] == [
        (one.funder, one.amount, one.to_be_costed) for one in plan.funders
    ]


def test_a_long_roadmap_is_read_in_few_queries(
    roadmap, space, officer, django_assert_num_queries
):
    """Each line of an actor and each origin is read with the others, not alone."""
    make_actor(space, "Centre social", by=officer)
    for _turn in range(2):
        table, *_rows = make_table(make_workshop(space, by=officer), by=officer)
        adopting.adopt_table(roadmap, table, by=officer)
    for stake in roadmap.stakes.all():
        for _turn in range(2):
            led = make_workstream(stake, by=officer, leads=["Centre social"])
            make_action(led, "Agir", Budgeted("CAF", Decimal(1)), by=officer)

    with django_assert_num_queries(8):
        plan = plan_of(roadmap)
        assert (2, 6, 4) == tuple(
            len(each) for each in (plan.stakes, plan.workstreams, plan.actions)
        )
        named = {one.body.name for each in plan.workstreams for one in each.leads}
        assert {"Centre social"} == named
        taken = [each.origin for each in (*plan.stakes, *plan.workstreams)]
        assert 4 == sum(one is not None and bool(one.item.activity) for one in taken)


def test_a_line_worded_again_stays_where_somebody_moved_it(roadmap, officer):
    first = make_stake(roadmap, "Comment aider ?", by=officer)
    second = make_stake(roadmap, "Comment former ?", by=officer)
    opened = Stake.objects.get(pk=second.pk)
    ordering.move(second, up=True, by=officer)

    opened.text = "Comment former les aidants ?"
    operations.save_stake(opened, version=opened.version, by=officer)

    assert [opened, first] == list(roadmap.stakes.all())


def test_a_line_removed_meanwhile_is_neither_kept_nor_moved(roadmap, officer):
    stake = make_stake(roadmap, by=officer)
    operations.remove(Stake.objects.get(pk=stake.pk), by=officer)

    with pytest.raises(operations.RemovedMeanwhile):
        operations.save_stake(stake, version=1, by=officer)
    with pytest.raises(operations.RemovedMeanwhile):
        ordering.move(stake, up=True, by=officer)
    form = StakeForm({"text": "Comment aider ?"}, instance=stake)
    assert form.is_valid()
    with pytest.raises(Http404):
        keep(
            form,
            lambda version: operations.save_stake(stake, version=version, by=officer),
            lambda stored: StakeForm(instance=stored),
        )


def test_the_actor_who_leads_an_action_is_one_link_away(
    signed_in, roadmap, workstream, space, officer
):
    centre = make_actor(space, "Centre social", by=officer)
    make_action(workstream, by=officer, lead="Centre social")
    make_action(workstream, by=officer, lead="Une fonction")
    address = reverse("roadmaps:workstream", args=[roadmap.pk, workstream.pk])

    page = signed_in.get(address).content.decode()

    link = reverse("actors:show", args=[space.pk, centre.pk])
    assert f'<a href="{link}">Centre social</a>' in page
    assert "Une fonction" in page


def test_nobody_is_offered_what_their_role_does_not_open(
    client, roadmap, workstream, space, officer
):
    action = make_action(workstream, by=officer)
    bare = make_stake(roadmap, by=officer)
    forms = (("action", action.pk), ("stake", bare.pk))
    pages = [reverse(f"roadmaps:{name}", args=[roadmap.pk, pk]) for name, pk in forms]
    shown = reverse("roadmaps:show", args=[roadmap.pk])
    adopt, edit = (
        f'href="{reverse(name, args=[roadmap.pk])}"'
        for name in ("roadmaps:adopt", "roadmaps:edit")
    )
    member = Membership.objects.create(space=space, user=make_user(), role=Role.READER)
    client.force_login(member.user)
    page = client.get(shown).content.decode()
    assert adopt not in page
    assert edit not in page

    member.role = Role.CONTRIBUTOR
    member.save()
    page = client.get(shown).content.decode()
    assert adopt in page
    assert edit not in page
    for address in pages:
        assert (
            "Retirer de la feuille de route" not in client.get(address).content.decode()
        )

    client.force_login(officer)
    assert edit in client.get(shown).content.decode()
    for address in pages:
        assert "Retirer de la feuille de route" in client.get(address).content.decode()


def test_what_still_holds_something_is_not_removed(signed_in, roadmap, workstream):
    address = reverse("roadmaps:remove", args=[roadmap.pk])
    stake = workstream.stake

    refused = signed_in.post(address, {"row": f"stake-{stake.pk}"}, follow=True)
    signed_in.post(address, {"row": f"workstream-{workstream.pk}"})
    signed_in.post(address, {"row": f"stake-{stake.pk}"})

    assert "Retirez-le d’abord" in refused.content.decode()
    assert not roadmap.stakes.exists()
    assert operations.next_position(roadmap.stakes.all()) == 1


WORD = (
    "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
    "<style>p.MsoNormal {margin:0cm}</style>"
    '<p class=MsoNormal style="mso-margin-top-alt:auto">Les habitants&nbsp;'
    "<b>savent</b> où\ndemander<o:p></o:p></p>"
    '<p class="MsoListParagraph"><![if !supportLists]>·<![endif]>Un accueil</p>'
)


def test_what_is_pasted_from_a_word_processor_comes_back_as_words_to_read_over(
    signed_in, roadmap, workstream
):
    address = reverse("roadmaps:edit_workstream", args=[roadmap.pk, workstream.pk])
    sent = {
        "title": "<b>Un</b> chantier",
        "success": WORD,
        "leads": "<li>CCAS",
        "version": 1,
    }

    page = signed_in.post(address, sent).content.decode()

    workstream.refresh_from_db()
    assert ("", 1) == (workstream.success, workstream.version)
    assert "collé avec sa mise en forme" in page
    assert "Les habitants savent où demander\n·Un accueil</textarea>" in page
    assert "- CCAS</textarea>" in page
    assert "mso" not in page
    assert "MsoNormal" not in page
    cleaned = {
        "title": "Un chantier",
        "success": "Les habitants savent",
        "leads": "CCAS",
    }
    assert 302 == signed_in.post(address, cleaned | {"version": 1}).status_code


def test_what_the_roadmap_knows_already_is_proposed_in_an_action(
    signed_in, roadmap, officer
):
    roadmap.funders = "Région\nCAF"
    roadmap.save()
    stake = make_stake(roadmap, by=officer)
    led = make_workstream(stake, by=officer, leads=["CCAS"], involved=["Mairies"])
    alone = make_workstream(stake, "Un lieu", by=officer)
    own = make_action(
        led, "Un bus", Budgeted("Fondation", None), by=officer, lead="Centre social"
    )
    bare = make_action(led, "Une salle", by=officer)

    def read(name: str, pk: int) -> tuple[object, str]:
        page = signed_in.get(reverse(f"roadmaps:{name}", args=[roadmap.pk, pk]))
        return page.context["form"]["lead"].value(), page.content.decode()

    proposed, page = read("add_action", led.pk)
    assert "CCAS" == proposed
    for known in ("CCAS", "Mairies", "Centre social", "Région", "CAF", "Fondation"):
        assert f'<option value="{known}">' in page
    assert "" == read("add_action", alone.pk)[0]
    assert "CCAS" == read("action", bare.pk)[0]
    assert "Centre social" == read("action", own.pk)[0]
    bare.refresh_from_db()
    assert "" == bare.lead


def test_lines_of_a_workshop_are_sorted_without_being_typed_again(
    signed_in, roadmap, officer
):
    said = {
        "leads": ["CCAS"],
        "governance": ["Centre social", "Mairies", "Région", "Personne"],
        "resources": ["Une salle"],
    }
    stream = make_workstream(make_stake(roadmap, by=officer), by=officer, **said)
    fields = {one.text: f"part-{one.pk}" for one in stream.lines.all()}
    address = reverse("roadmaps:edit_workstream", args=[roadmap.pk, stream.pk])
    page = signed_in.get(address).content.decode()
    assert "«\xa0Centre social\xa0»" in page

    sent = {"title": stream.title, "version": 1, "leads": "CCAS"}
    parts = {
        "Centre social": "leads",
        "Mairies": "involved",
        "Région": "",
        "Personne": "drop",
        "Une salle": "available",
    }
    signed_in.post(address, sent | {fields[text]: parts[text] for text in parts})

    shown = plan_of(roadmap).workstream(stream)
    told = {kind: [one.text for one in shown.lines[kind]] for kind in shown.lines}
    assert {
        Line.Kind.LEADS: ["CCAS", "Centre social"],
        Line.Kind.INVOLVED: ["Mairies"],
        Line.Kind.GOVERNANCE: ["Région"],
        Line.Kind.AVAILABLE: ["Une salle"],
    } == {kind: lines for kind, lines in told.items() if lines}
    wrong = signed_in.post(address, sent | {"version": 2, fields["Région"]: "chief"})
    assert "field faulty" in wrong.content.decode()
