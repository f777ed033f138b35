"""An evaluation begun from its roadmap; a theory, questions, indicators chosen."""

from __future__ import annotations

from django.urls import reverse

from jalons.audit.models import Entry
from jalons.evaluation import operations
from jalons.evaluation.figures import read_evaluation
from jalons.evaluation.models import Box, Evaluation, Followed, Question
from jalons.roadmaps import operations as roadmaps
from jalons.spaces.models import Role
from tests.evaluation.plans import make_evaluation, make_question
from tests.factories import make_user
from tests.roadmaps.plans import make_roadmap, make_stake, make_workstream


def page_of(name, roadmap, *more):
    return reverse(f"evaluation:{name}", args=[roadmap.pk, *more])


def test_an_evaluation_begins_with_what_the_roadmap_says(signed_in, roadmap, officer):
    stake = make_stake(roadmap, "Comment aller vers les habitants ?", by=officer)
    stream = make_workstream(stake, "Un bus", by=officer)
    stream.success = "Chacun est aidé\nprès de chez lui"
    roadmaps.save_workstream(stream, {}, version=stream.version, by=officer)

    asked = signed_in.get(page_of("show", roadmap), follow=True).content.decode()
    signed_in.post(
        page_of("start", roadmap), {"purpose": "Décider", "codes": ["O1", "R4"]}
    )
    read = read_evaluation(roadmap)

    assert 12 == asked.count('name="codes"') == asked.count("checked")
    assert ["O1", "R4"] == [one.row.code for one in read.indicators]
    need, activity, outcome = (
        read.boxes[kind][0] for kind in ("need", "activity", "outcome")
    )
    assert "Chacun est aidé près de chez lui" == outcome.row.text
    assert [activity.row] == outcome.sources
    assert [need.row] == activity.sources
    assert 1 == Entry.objects.filter(verb="evaluation.started").count()


def test_a_roadmap_has_one_evaluation(signed_in, roadmap, officer):
    make_evaluation(roadmap, by=officer, purpose="Le premier")

    again = signed_in.post(page_of("start", roadmap), {"purpose": "Le second"})

    assert page_of("show", roadmap) == again.url
    assert "Le premier" == Evaluation.objects.get().purpose
    try:
        make_evaluation(roadmap, by=officer)
    except operations.AlreadyStarted:
        assert 1 == Evaluation.objects.count()
    else:
        raise AssertionError("A second evaluation was begun.")


def test_the_theory_is_written_one_question_at_a_time(signed_in, roadmap, evaluation):
    kinds = [kind.value for kind in Box.Kind]

    page = page_of("boxes", roadmap, "need")
    for rank, kind in enumerate(kinds):
        sent = {"lines": f"Énoncé {kind}", "version": rank + 1, "next": "1"}
        page = signed_in.post(page_of("boxes", roadmap, kind), sent).url

    assert page_of("theory", roadmap) == page
    assert kinds == [one.kind for one in Box.objects.order_by("pk")]
    shown = signed_in.get(page).content.decode()
    assert 2 == shown.count('<svg xmlns="http://www.w3.org/2000/svg" id="theory-')
    assert 404 == signed_in.get(page_of("boxes", roadmap, "dream")).status_code


def test_a_statement_that_stays_keeps_its_ties_and_two_writers_are_told(
    signed_in, roadmap, evaluation, officer
):
    operations.write_boxes(
        evaluation, Box.Kind.ACTIVITY, ["Un bus"], version=1, by=officer
    )
    operations.write_boxes(
        evaluation, Box.Kind.OUTPUT, ["40 arrêts", "300 aides"], version=2, by=officer
    )
    bus, stops = Box.objects.get(text="Un bus"), Box.objects.get(text="40 arrêts")
    other = Box.objects.get(text="300 aides")
    sent = {f"box-{stops.pk}": [bus.pk], "version": 3}
    signed_in.post(page_of("links", roadmap), sent)

    outputs = page_of("boxes", roadmap, "output")
    late = signed_in.post(outputs, {"lines": "Rien", "version": 3}).content.decode()
    signed_in.post(outputs, {"lines": "40 arrêts\n\nUn livret", "version": 4})

    assert "quelqu’un a modifié" in late
    assert [bus] == list(stops.comes_from.all())
    assert not Box.objects.filter(pk=other.pk).exists()
    assert "Un livret" in signed_in.get(page_of("theory", roadmap)).content.decode()


def test_a_statement_cannot_come_from_a_later_one(
    signed_in, roadmap, evaluation, officer
):
    operations.write_boxes(
        evaluation, Box.Kind.OUTPUT, ["Arrêts"], version=1, by=officer
    )
    operations.write_boxes(
        evaluation, Box.Kind.ACTIVITY, ["Bus"], version=2, by=officer
    )
    bus, stops = Box.objects.get(text="Bus"), Box.objects.get(text="Arrêts")

    sent = {f"box-{bus.pk}": [stops.pk], f"box-{stops.pk}": [stops.pk], "version": 3}
    answer = signed_in.post(page_of("links", roadmap), sent)

    assert 200 == answer.status_code
    assert not bus.comes_from.exists()
    assert not stops.comes_from.exists()


def test_a_question_asks_something_and_goes_without_its_indicators(
    signed_in, roadmap, evaluation, officer
):
    questions = page_of("questions", roadmap)
    refused = signed_in.post(questions, {"text": "Oui", "kind": "normative"})
    signed_in.post(questions, {"text": "Qui vient ?", "kind": "descriptive"})
    question = Question.objects.get()
    followed = Followed.objects.get(code="O1")
    followed.question = question
    operations.save_followed(followed, (), version=1, by=officer)

    signed_in.post(page_of("remove_question", roadmap, question.pk))

    assert 200 == refused.status_code
    followed.refresh_from_db()
    assert followed.question is None


def test_an_indicator_is_chosen_once_with_its_words_of_that_day(
    signed_in, roadmap, evaluation
):
    choose = page_of("choose", roadmap)
    nothing = signed_in.post(choose, {"csrf": "x"}).content.decode()
    unknown = signed_in.post(choose, {"output": ["O99"]}).status_code
    signed_in.post(choose, {"process": ["P1"], "output": ["O3"]})
    again = signed_in.post(choose, {"process": ["P1"]}).status_code

    assert "un indicateur au moins" in nothing
    assert 200 == unknown == again
    assert {"O1", "R4", "P1", "O3"} == {
        one.code for one in Followed.objects.filter(catalogue_version=1)
    }


def test_no_target_is_set_on_a_relative_index(signed_in, roadmap, evaluation):
    own = {
        "name": "Indice de fragilité numérique",
        "level": "impact",
        "definition": "Celui du territoire",
        "formula": "la valeur publiée",
        "unit": "points",
        "direction": "lower",
        "source": "Mednum",
        "frequency": "year",
    }
    signed_in.post(page_of("own", roadmap), own)
    index = Followed.objects.get(code="")
    aimed = {"target": "3", "target_on": "2028-12-31", "frequency": "year"}
    sent = aimed | {"version": "1"}

    refused = signed_in.post(page_of("edit", roadmap, index.pk), sent)
    signed_in.post(page_of("choose", roadmap), {"context": ["M3"]})
    context = Followed.objects.get(code="M3")
    also = signed_in.post(page_of("edit", roadmap, context.pk), sent)
    counted = Followed.objects.get(code="O1")
    taken = signed_in.post(page_of("edit", roadmap, counted.pk), sent)

    assert "Pas de cible ici" in refused.content.decode()
    assert "Pas de cible ici" in also.content.decode()
    assert 302 == taken.status_code
    counted.refresh_from_db()
    assert 3 == counted.target


def test_a_target_has_its_day_and_its_unit(signed_in, roadmap, evaluation):
    followed = Followed.objects.get(code="O1")
    edit = page_of("edit", roadmap, followed.pk)

    alone = signed_in.post(edit, {"target": "300", "frequency": "year", "version": 1})
    wrong = signed_in.post(
        edit,
        {"target": "30 %", "target_on": "2028-12-31", "frequency": "year"},
    )

    assert "Pour quand" in alone.content.decode()
    assert "autre unité" in wrong.content.decode()


def test_each_stake_finds_what_tells_that_it_moves(
    signed_in, roadmap, evaluation, officer
):
    first = make_stake(roadmap, "Comment aider ?", by=officer)
    make_stake(roadmap, "Comment durer ?", by=officer)
    gave_up = Followed.objects.get(code="R4")

    signed_in.post(page_of("stakes", roadmap), {f"stake-{first.pk}": [gave_up.pk]})
    delivered = Followed.objects.get(code="O1")
    refused = signed_in.post(
        page_of("stakes", roadmap), {f"stake-{first.pk}": [delivered.pk]}
    )

    assert 200 == refused.status_code
    assert [2] == [number for number, _stake in read_evaluation(roadmap).bare_stakes]


def test_what_is_left_is_said_in_order(signed_in, roadmap, evaluation):
    page = signed_in.get(page_of("show", roadmap)).content.decode()

    left = [
        page.index(words)
        for words in ("Que manque-t-il", "Une question suffit", "Notez d’où part")
    ]
    assert sorted(left) == left


def test_a_reader_reads_and_writes_nothing(client, space, roadmap, officer):
    evaluation = make_evaluation(roadmap, "O1", by=officer)
    make_question(evaluation, "Qui vient ?", by=officer)
    reader = make_user("Lectrice")
    space.memberships.create(user=reader, role=Role.READER)
    client.force_login(reader)

    page = client.get(page_of("show", roadmap)).content.decode()
    questions = client.get(page_of("questions", roadmap)).content.decode()

    assert "Personnes accompagnées" in page
    assert "Une question de plus" not in questions
    assert 403 == client.get(page_of("purpose", roadmap)).status_code


def test_an_indicator_of_another_roadmap_is_not_found(signed_in, space, officer):
    one, other = make_roadmap(space, by=officer), make_roadmap(space, by=officer)
    make_evaluation(one, "O1", by=officer)
    make_evaluation(other, "O1", by=officer)
    theirs = Followed.objects.get(evaluation__roadmap=other)

    for name in ("indicator", "edit", "baseline", "measure", "retire"):
        assert 404 == signed_in.get(page_of(name, one, theirs.pk)).status_code
