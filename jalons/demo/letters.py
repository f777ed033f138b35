"""A list of contacts and its invitations for the demonstration: nobody is in it.

The addresses end in `.invalid`, which no mail server can reach (RFC 2606).
"""

from __future__ import annotations

from datetime import timedelta

from jalons.accounts.models import User
from jalons.invitations import operations
from jalons.invitations.loaders import Person
from jalons.invitations.models import ContactList, Profile
from jalons.surveys.models import Campaign

PEOPLE = 14


def invent_invitations(campaign: Campaign, officer: User) -> None:
    """Fourteen invented people, invited to the survey that is open to try."""
    contact_list = ContactList(
        space=campaign.space,
        title="Contacts simulés",
        purpose="Montrer comment on invite (démonstration)",
        source="Personnes inventées",
        basis=ContactList.Basis.PUBLIC_TASK,
        purge_on=campaign.closes_on + timedelta(days=30),
    )
    operations.save_list(contact_list, by=officer)
    codes = campaign.territories.order_by("pk").values_list("pk", flat=True)
    profiles = list(Profile)
    people = [
        Person(
            line=number + 1,
            email=f"personne{number + 1}@simule.invalid",
            name=f"Personne {number + 1} (simulée)",
            function="Fonction simulée",
            territory_code=codes[number],
            profile=profiles[number % len(profiles)],
        )
        for number in range(PEOPLE)
    ]
    operations.add_people(contact_list, people, by=officer)
    operations.send_invitations(campaign, [contact_list], by=officer)
    operations.make_short_address(campaign, by=officer)
