from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import Promise

from jalons.privacy.declarations import PersonalData, Recipient, declared_models

PERSONAL_NAME = re.compile(
    r"(^|_)(e_?mail|phone|telephone|mobile|recipient|birth\w*"
    r"|(first|last|full|user|given|family)_?name|surname)$"
    r"|^name$|^(actor|author|contact|person)(_label|_name)?$"
)

# A field whose name looks like a person's and is not: the reason why.
NOT_A_PERSON = {
    "account.EmailAddress.email": "the sign-in library's copy of accounts.User.email",
    "auth.Group.name": "the name of a group of rights",
    "auth.Permission.name": "the name of a right",
    "actors.Actor.name": "the name of a body or of a group, as its form says",
    "actors.ChannelUsed.actor": "a body or a group",
    "actors.Lead.actor": "a body or a group",
    "actors.Post.actor": "the body that employs",
    "actors.RoleHeld.actor": "a body or a group",
    "coordination.Contribution.actor": "a body or a group",
    "followup.ProgressDecision.actor": "a body or a group",
    "coordination.Decision.actor": "a body or a group",
    "coordination.OnlineService.actor": "a body or a group",
    "ecosystems.Resource.actor": "a body or a group",
    "ecosystems.Resource.name": "a body, a place, material, as its form says",
    "community.Mailbox.actor": "the body that may be written to",
    "community.News.actor": "the body that speaks",
    "groups.Group.name": "the name of a group of bodies",
    "groups.Seat.actor": "the body that is a member, or where the person works",
    "professionals.Professional.actor": "the body where the person works",
    "tours.Tour.actor": "the body whose tour it is",
    "workshops.Synthesis.author": "a participant, declared where their name is",
    "workshops.Writing.author": "a participant, declared where their first name is",
    "coverage.TravelTimes.name": "the name of a table",
    "evaluation.Followed.name": "the name of an indicator",
    "directory.Findable.name": "the name of a place, as it is searched",
    "directory.Organisation.name": "the name of a body",
    "directory.Place.name": "the name of a place",
    "directory.Place.phone": "the telephone of a place; a person’s is elsewhere",
    "directory.PlaceList.name": "the name of a list",
    "hosts.Profile.name": "the name of the body that answers for the site",
    "indicators.Indicator.author": "the body that signs a definition",
    "indicators.Release.name": "the name of a file of figures",
    "indicators.Replaced.name": "the name of the file it replaced",
    "live.Channel.name": "the name of what is looked at together",
    "meetings.Attendee.actor": "the body where the person works",
    "spaces.Space.name": "the name of a team",
    "conditions.Proof.actor": "a body or a group",
    "conditions.Proof.name": "the title of an object of the space, or a body",
    "territories.Territory.name": "the official name of a place",
    "workshops.Item.author": "a row of workshops.Participant, which is declared",
}

each_declaration = pytest.mark.parametrize(
    ("model", "declared"),
    [pytest.param(*pair, id=pair[0]._meta.label) for pair in declared_models()],
)


def personal_fields(model: type[models.Model]) -> list[str]:
    """The fields of a model that hold, or seem to hold, a person."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.EmailField) or PERSONAL_NAME.search(field.name)
    ]


def undeclared_fields(model: type[models.Model]) -> list[str]:
    declared = model.__dict__.get("personal_data")
    known = declared.fields if isinstance(declared, PersonalData) else ()
    return [name for name in personal_fields(model) if name not in known]


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda m: m._meta.label)
def test_a_field_that_holds_a_person_is_declared(model):
    undeclared = [
        name
        for name in undeclared_fields(model)
        if f"{model._meta.label}.{name}" not in NOT_A_PERSON
    ]

    assert undeclared == [], (
        f"{model._meta.label}: declare these fields in `personal_data`, or say in "
        "NOT_A_PERSON (tests/privacy/test_declarations.py) why they hold nobody."
    )


@isolate_apps("jalons.privacy")
def test_an_undeclared_address_would_be_seen():
    class Guest(models.Model):
        reachable_at = models.EmailField()
        first_name = models.CharField(max_length=10)
        arrived_on = models.DateField()

        class Meta:
            app_label = "privacy"

    assert undeclared_fields(Guest) == ["reachable_at", "first_name"]


def test_each_exception_still_exists():
    fields = {
        f"{m._meta.label}.{f.name}"
        for m in apps.get_models()
        for f in m._meta.get_fields()
    }

    assert set(NOT_A_PERSON) - fields == set()


@each_declaration
def test_a_declaration_names_fields_that_exist(model, declared):
    names = {field.name for field in model._meta.get_fields()}

    assert set(declared.fields) <= names


@each_declaration
def test_a_declaration_says_in_words_what_is_held_and_since_when(model, declared):
    fields = [model._meta.get_field(name) for name in declared.fields]

    named = all(isinstance(field.verbose_name, Promise) for field in fields)

    assert declared.held or named, "say what is `held`, or translate the field names"
    assert declared.since or not declared.counted_from, "say `since` which day"


@each_declaration
def test_days_are_counted_from_a_date(model, declared):
    if not declared.counted_from:
        return
    rows = model._base_manager.filter(**{f"{declared.counted_from}__year": 2026})

    assert str(rows.query)


@each_declaration
def test_a_declaration_says_who_reads_it(model, declared):
    assert declared.recipients
    alone = Recipient.NOBODY in declared.recipients
    assert not alone or len(declared.recipients) == 1
