from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.utils import timezone

from jalons.invitations import operations
from jalons.invitations.loaders import Person
from jalons.invitations.models import ContactList, Invitation
from jalons.invitations.secrets import opt_out_token, secret_of
from jalons.mail.models import Message
from jalons.surveys import operations as surveys
from jalons.surveys.models import Campaign
from tests.factories import make_campaign
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    campaign = make_campaign(space=side.space, title=f"Invitations {side.mark}")
    contact_list = operations.save_list(
        ContactList(
            space=side.space,
            title=f"Liste {side.mark}",
            purpose="essai",
            source="essai",
            basis="public_task",
            purge_on=date(2099, 1, 1),
        ),
        by=side.owner,
    )
    address = f"agent.{side.mark}@exemple.fr".lower()
    person = Person(1, address, side.mark, "", campaign.territories.get().pk, "")
    operations.add_people(contact_list, [person], by=side.owner)
    operations.send_invitations(campaign, [contact_list], by=side.owner)
    space = {"space_pk": side.space.pk}
    of_list = space | {"list_pk": contact_list.pk}
    of_person = of_list | {"contact_pk": contact_list.contacts.get().pk}
    given = {
        "title": "Autre",
        "purpose": "essai",
        "source": "essai",
        "basis": "consent",
        "purge_on": "2099-01-01",
    }
    return {
        "invitations:lists": Call(space),
        "invitations:create_list": Call(space, post=given),
        "invitations:show_list": Call(of_list),
        "invitations:edit_list": Call(of_list, post=given),
        "invitations:delete_list": Call(of_list),
        "invitations:add": Call(of_list, post={"text": "une@exemple.fr"}),
        "invitations:tell": Call(of_list),
        "invitations:export": Call(of_list),
        "invitations:edit_contact": Call(of_person, post={"email": "une@exemple.fr"}),
        "invitations:delete_contact": Call(of_person),
        "invitations:dead": Call(of_person, post={"reason": "partie"}),
        "invitations:alive": Call(of_person),
        **_of_survey(campaign, contact_list, address),
        **_of_respondent(campaign, side),
        **_embedded(campaign),
    }


def _of_survey(
    campaign: Campaign, contact_list: ContactList, address: str
) -> dict[str, Call]:
    survey = {"pk": campaign.pk}
    uncertain = Message.objects.filter(recipient=address).get()
    uncertain.state, uncertain.sent_at = Message.State.SENDING, None
    uncertain.claimed_at = timezone.now() - timedelta(days=1)
    uncertain.save()
    letter = survey | {"kind": "invitation"}
    mail = survey | {"message_pk": uncertain.pk}
    return {
        "invitations:show": Call(survey),
        "invitations:send": Call(survey, post={"listes": contact_list.pk}),
        "invitations:remind": Call(survey),
        "invitations:letter": Call(
            letter, post={"subject": "A", "body": "{lien}", "language": "fr"}
        ),
        "invitations:try_letter": Call(letter),
        "invitations:arrived": Call(mail),
        "invitations:again": Call(mail),
        "invitations:poster": Call(survey),
        "invitations:embedding": Call(survey, post={"origins": "https://a.fr"}),
    }


def _of_respondent(campaign: Campaign, side: Side) -> dict[str, Call]:
    secret = secret_of(Invitation.objects.get(campaign=campaign))
    made = operations.make_short_address(campaign, by=side.owner)
    return {
        "invitations:open": Call(
            {"secret": "AAAAAAAAAAAAAAAAAAAAAA"}, respondent={"secret": secret}
        ),
        "invitations:opt_out": Call(
            {"token": "invente"},
            respondent={"token": opt_out_token(side.space.pk, "0" * 32)},
        ),
        "invitations:short": Call({"letters": made.letters}),
    }


def _embedded(campaign: Campaign) -> dict[str, Call]:
    """The pages of the form inside another site."""
    _response, secret = surveys.open_draft(campaign, key=uuid.uuid4())
    public = {"slug": campaign.slug}
    mine, guessed = public | {"secret": secret}, public | {"secret": "A" * 22}
    territory = campaign.territories.get().pk
    page = {"section_code": "political"}
    return {
        "embedded:notice": Call(public),
        "embedded:start": Call(public, post={"key": str(uuid.uuid4())}),
        "embedded:resume": Call(guessed, respondent=mine),
        "embedded:territory": Call(
            guessed, post={"territory": territory}, respondent=mine
        ),
        "embedded:answer": Call(
            guessed | page, post={"P1a": "no"}, respondent=mine | page
        ),
        "embedded:review": Call(guessed, respondent=mine),
        "embedded:thanks": Call(guessed, respondent=mine),
    }
