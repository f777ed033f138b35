"""The table of key workstreams: several hands, nothing overwritten, nothing lost."""

from __future__ import annotations

import csv
import io
import json
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from jalons.workshops import figures, operations
from jalons.workshops.models import Item, Writing
from jalons.workshops.worktable import table_of
from tests.workshops.rooms import comes, make_table, post, votes


def test_two_people_in_one_cell_lose_nothing_and_somebody_puts_both_together(
    client, workshop, officer
):
    activity, stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "write", by=officer)
    (_amina, hers), (_luc, his) = comes(workshop, "Amina"), comes(workshop, "Luc")

    def writes(secret: str, text: str, base: int, **more: object) -> str:
        sent = {"act": "cell", "item": item.pk, "column": "actions", "text": text}
        found = post(client, secret, base=base, **sent, **more)
        return client.get(found.url).content.decode()

    writes(hers, "Un bus", 0)
    both = writes(his, "Un taxi", 0)
    once = writes(his, "Un taxi", 1)

    assert "Les deux versions sont gardées" in both
    assert "Luc a écrit en même temps" in both
    assert "Un bus\nUn taxi</textarea>" in both
    # Written again over what is there now, it takes its place; what waited still waits.
    cell = table_of(activity, has_grades=False).find(item).cells[2]
    assert ("Un taxi", 3, 1) == (cell.text, cell.base, len(cell.waiting))
    assert "Luc" in once
    (waiting,) = cell.waiting
    writes(hers, "Un bus\nUn taxi", 3, settles=waiting.pk)
    cell = table_of(activity, has_grades=False).find(item).cells[2]
    assert ("Un bus\nUn taxi", ()) == (cell.text, tuple(cell.waiting))
    assert 4 == Writing.objects.filter(column="actions").count()
    # Sent twice it is kept once; the same form with another text is not dropped.
    key = uuid4()
    for text in ("Un bus", "Un bus", "Un train"):
        writes(hers, text, 9, key=key)
    # A number of thousands of digits is refused as any other that no form gave.
    long, sent = "9" * 5000, {"act": "cell", "item": item.pk, "column": "actions"}
    for more in ({"base": long}, {"base": 1, "settles": long}):
        assert 400 == post(client, hers, **sent, **more).status_code
    for more in ({"act": "withdraw", "item": long}, {"personne": long}):
        assert 404 == post(client, hers, **more).status_code
    # A title is put together within what a title may have, and sent back when too long.
    for text, base in (("Un bus", 0), ("x" * 281, 1)):
        told = {"act": "cell", "item": item.pk, "column": "title", "base": base}
        page = post(client, hers, text=text, **told)
    page = page.content.decode()
    assert (1, 1) == (page.count("data-refused"), page.count("x" * 281))
    together = page[page.index('id="together-') :]
    assert 'maxlength="280"' == together[together.index("maxlength") :][:15]
    texts = Writing.objects.filter(column="actions", number__gt=4).values_list(
        "text", flat=True
    )
    assert ["Un bus", "Un train"] == list(texts.order_by("number"))


def test_the_table_has_the_seven_columns_of_the_method_and_grades_stay_hidden(
    client, workshop, officer, space
):
    activity, stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "write", by=officer)
    amina, secret = comes(workshop)
    added = {"act": "workstream", "item": stake.pk, "text": "Prêter du matériel"}
    assert 302 == post(client, secret, **added).status_code
    assert 404 == post(client, secret, **added | {"item": item.pk}).status_code
    client.force_login(officer)
    one = [space.pk, workshop.pk, activity.pk]
    here = reverse("workshops:workstreams", args=one)
    operations.go_to(activity, "rate", by=officer)
    late = post(client, secret, act="cell", item=item.pk, column="actions", base=0)
    assert 400 == late.status_code
    votes(activity, amina, "transversal=5&strategic=4&feasible=2", item)

    page = client.get(here).content.decode()
    phone = client.get(reverse("workshops:pocket", args=[secret])).content.decode()
    on_screen = client.get(reverse("workshops:stage", args=one[:2])).content.decode()

    columns = [
        "Enjeu n°",
        "Titre des chantiers clés",
        "Objectifs\u00a0: on aura réussi si…",
        "Action(s) du chantier",
        "Gouvernance\u00a0: qui pilote\u202f? qui fait\u202f?",
        "Ressources mobilisables et à mobiliser",
        "Freins à lever",
    ]
    head = page[page.index("<thead>") : page.index("</thead>")]
    assert 7 == head.count("<th ")
    assert all(one in head for one in columns)
    assert "1.a" in page
    assert "1.b" in page
    assert "5,0" in page
    assert "5,0" not in phone + on_screen
    operations.show_results(activity, by=officer)
    on_screen = client.get(reverse("workshops:stage", args=one[:2])).content.decode()
    assert "5,0" in on_screen
    found = table_of(activity, has_grades=True).find(item)
    assert [5.0, 4.0, 2.0] == [one.mean for one in found.grades.values()]
    # Worded again, a stake keeps its workstreams; left out of the list too.
    client.post(here, {"act": "stake", "item": stake.pk, "text": "Comment faire ?"})
    operations.save_activity(activity, [], by=officer)
    (kept,) = table_of(activity, has_grades=True).stakes
    assert ("Comment faire ?", 2) == (kept.item.text, len(kept.workstreams))
    assert 1 == figures.results_of(activity).voters


def test_the_three_files_hold_the_same_lines_at_any_time(
    client, workshop, officer, space
):
    activity, _stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "write", by=officer)
    amina, secret = comes(workshop)
    told = {"item": item.pk, "column": "actions", "base": 0}
    post(client, secret, act="cell", text="=Un bus\nUn taxi", **told)
    operations.go_to(activity, "rate", by=officer)
    votes(activity, amina, "transversal=5&strategic=4&feasible=2", item)
    client.force_login(officer)

    def read(name: str) -> bytes:
        found = client.get(reverse(name, args=[space.pk, workshop.pk]))
        return b"".join(found.streaming_content)

    told = json.loads(read("workshops:export_json"))
    sheet = load_workbook(io.BytesIO(read("workshops:export_xlsx"))).active
    text = io.StringIO(read("workshops:export").decode("utf-8-sig"))
    lines = list(csv.reader(text, delimiter=";"))

    assert 5 == told["count"] == len(told["contributions"])
    assert (6, 6) == (len(lines), sheet.max_row)
    # The stake, then the workstream and the stake that it answers.
    kinds = [["enjeu", ""], ["chantier", "Comment aller vers les habitants ?"]]
    assert kinds == [[one[1], one[-1]] for one in lines[1:3]]
    rows = list(sheet.iter_rows(values_only=True))[1:3]
    assert kinds == [[one[1], one[12] or ""] for one in rows]
    told_kinds = [list(one.values()) for one in told["contributions"][:2]]
    assert kinds == [[one[1], one[-1]] for one in told_kinds]
    assert ["transversal 5, stratégique 4, faisable 2", "=Un bus\nUn taxi"] == [
        one["Texte ou réponse"]
        for one in told["contributions"]
        if one["Prénom ou pseudonyme"] == "Amina"
    ]
    assert "'=Un bus\nUn taxi" in [one[4] for one in lines]
    assert "=Un bus\nUn taxi" in [one[4] for one in sheet.iter_rows(values_only=True)]


def test_an_empty_table_says_what_is_under_way_and_what_to_do(
    client, workshop, officer
):
    activity, stake, item = make_table(workshop, by=officer)
    operations.go_to(activity, "write", by=officer)
    _amina, hers = comes(workshop, "Amina")
    address = reverse("workshops:pocket", args=[hers])
    told = "paraîtront ici d’eux-mêmes"
    assert told not in client.get(address).content.decode()

    Item.objects.filter(pk__in=[item.pk, stake.pk]).update(withdrawn_at=timezone.now())

    page = client.get(address).content.decode()
    assert told in page
    assert "dites-le à l’animateur" in page
