from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy, override

from jalons.audit.models import AppendOnly, Entry
from jalons.audit.operations import record
from jalons.community.models import News
from jalons.spaces.figures import lines
from tests.factories import make_space, make_territory, make_user

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_what():
    camille = make_user("Camille")
    space = make_space(owner=camille)

    entry = record("space.renamed", space, by=camille, details={"was": "Équipe"})

    assert entry.actor_id == camille.pk
    assert entry.actor_label == "Camille"
    assert entry.object_label == str(space)
    assert entry.details == {"was": "Équipe"}


def test_the_software_itself_acts_under_no_name():
    entry = record("reference.loaded", make_territory(), by=None)

    assert entry.actor_id is None
    assert entry.actor_label == ""


def test_a_line_outlives_its_object_and_its_actor():
    camille = make_user("Camille")
    space = make_space()
    record("space.opened", space, by=camille)
    former = type(space)(pk=space.pk)

    space.delete()
    camille.delete()

    assert Entry.objects.about(former).get().actor_label == "Camille"


def test_a_line_is_neither_changed_nor_removed():
    record("space.opened", make_space(), by=None)

    with pytest.raises(AppendOnly):
        Entry.objects.update(verb="nothing.done")
    with pytest.raises(AppendOnly):
        Entry.objects.all().delete()


def test_the_trail_of_an_object_leaves_out_its_namesakes_in_other_tables():
    space = make_space()
    record("space.opened", space, by=None)
    record("person.joined", make_user(), by=None)

    verbs = [entry.verb for entry in Entry.objects.about(space)]

    assert verbs == ["space.opened"]


def test_the_trail_of_a_space_holds_what_was_done_in_it_and_to_it():
    space, elsewhere = make_space(), make_space()
    record("space.opened", space, by=None)
    record("survey.closed", make_territory(), by=None, space_id=space.pk)
    record("survey.closed", make_territory(), by=None, space_id=elsewhere.pk)

    verbs = {entry.verb for entry in Entry.objects.within(space)}

    assert verbs == {"space.opened", "survey.closed"}


def test_an_object_that_knows_its_space_says_it():
    space = make_space(owner=make_user())
    membership = space.memberships.get()

    entry = record("member.joined", membership, by=None)

    assert entry.space_id == space.pk


def test_a_long_name_is_cut_rather_than_refused():
    entry = record("space.opened", make_territory(name="é" * 200), by=make_user("x"))

    assert len(entry.object_label) <= 200


def test_a_name_that_the_site_gives_is_read_in_the_language_of_the_reader():
    space = make_space()
    news = News(pk=4, kind=News.Kind.PROBLEM)
    with override("en"):
        told = {"state": "solved", "named": gettext_lazy("Sign in")}
        entry = record("news.followed", news, by=None, details=told, space_id=space.pk)
        (read_in_english,) = lines([entry])
    (read_in_french,) = lines([entry])

    english, french = (
        ("problem met · 4", "Sign in"),
        ("difficulté rencontrée · 4", "Se connecter"),
    )
    assert english == (read_in_english.about, read_in_english.precisely)
    assert french == (read_in_french.about, read_in_french.precisely)
    # What people wrote is the same in every language, and is not written twice.
    assert {} == record("space.renamed", space, by=None).details


def test_a_line_written_before_names_had_languages_is_read_as_it_is():
    entry = Entry(verb="news.posted", object_label="nouvelle · 1", details={})

    with override("en"):
        assert "nouvelle · 1" == lines([entry])[0].about
