"""The mails of a survey: first words, placeholders, and what no team may leave out.

A text written by a team is never a template: only the words between braces listed
here are replaced. The foot of the mail is added to every text, whatever the team
wrote: where the address comes from, what the link tells, how to stop (GDPR, art. 14).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.invitations.models import Contact, ContactList, Letter
from jalons.invitations.secrets import opt_out_token
from jalons.mail.operations import SUBJECT_LENGTH
from jalons.mail.operations import Letter as Mail
from jalons.surveys.models import Campaign

BRACES = re.compile(r"\{([^{}\n]*)\}")
LINK = "lien"
NAMES = ("nom", "fonction", "territoire", "enquete", "organisme", "date_limite", LINK)


@dataclass(frozen=True, slots=True)
class Words:
    """The subject and the text of a mail, with their braces."""

    subject: str
    body: str
    language: str = "fr"


def meanings() -> dict[str, str]:
    """What each word between braces becomes, for the person who writes."""
    return {
        "nom": _("the name of the person, when you know it"),
        "fonction": _("their function"),
        "territoire": _("their territory"),
        "enquete": _("the title of the survey"),
        "organisme": _("the sponsor of the survey"),
        "date_limite": _("the last day to answer"),
        LINK: _("the personal link; required"),
    }


def first_words(kind: str, language: str = "fr") -> Words:
    """The text of a new mail, in the language it is read in."""
    with translation.override(language):
        if kind == Letter.Kind.REMINDER:
            return Words(
                _("Until {date_limite} to answer: {enquete}"),
                _(
                    "Hello {nom},\n\n"
                    "We wrote to you about the survey “{enquete}”. Your answer has not "
                    "reached us yet; it counts for {territoire}.\n\n"
                    "Your personal link, open until {date_limite}:\n{lien}\n\n"
                    "If somebody else is better placed to answer, give us their "
                    "address by answering this mail.\n\n"
                    "Thank you,\n{organisme}"
                ),
                language,
            )
        return Words(
            _("Your territory in the survey “{enquete}”"),
            _(
                "Hello {nom},\n\n"
                "{organisme} is asking the territories how far they have got with "
                "digital inclusion, and what support they need. You are asked for "
                "{territoire}.\n\n"
                "Your personal link, open until {date_limite}:\n{lien}\n\n"
                "You may stop and come back later by the same link. Answering is "
                "optional.\n\n"
                "Thank you,\n{organisme}"
            ),
            language,
        )


def words_of(campaign: Campaign, kind: str) -> Words:
    """What the team wrote, or the first words."""
    letter = campaign.letters.filter(kind=kind).first()
    if letter is None:
        return first_words(kind)
    return Words(letter.subject, letter.body, letter.language)


def unknown_braces(text: str) -> list[str]:
    """The words between braces that mean nothing, each once."""
    found = BRACES.findall(text)
    return list(dict.fromkeys(name for name in found if name not in NAMES))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its braces replaced; a name unknown leaves no stray space."""
    done = BRACES.sub(lambda found: values.get(found[1], found[0]), text)
    return re.sub(r"[ \u00a0\u202f]+([,.])", r"\1", done)


def values_for(campaign: Campaign, contact: Contact | None, url: str) -> dict[str, str]:
    """What the braces become for one person; `contact` is None for a trial."""
    territory = contact.territory if contact else None
    return {
        "nom": contact.name if contact else _("Camille Exemple"),
        "fonction": contact.function if contact else _("project officer"),
        "territoire": territory.name if territory else _("your territory"),
        "enquete": campaign.title,
        "organisme": campaign.sponsor,
        "date_limite": date_format(campaign.closes_on, "j F Y"),
        LINK: url,
    }


def written(
    campaign: Campaign, words: Words, contact: Contact, url: str, *, reply_to: str
) -> Mail:
    """The mail to one person, its foot included, in its language."""
    with translation.override(words.language):
        values = values_for(campaign, contact, url)
        stop = stop_url(contact.contact_list.space_id, contact.digest)
        below = foot(campaign, contact.contact_list, stop)
        return Mail(
            subject=_one_line(filled(words.subject, values)),
            text=f"{filled(words.body, values)}\n\n{below}",
            unsubscribe_url=stop,
            reply_to=reply_to,
        )


def trial(
    campaign: Campaign,
    words: Words,
    *,
    contact_list: ContactList | None = None,
    reply_to: str = "",
) -> Mail:
    """The same mail to whoever wrote it: its link leads to the public form.

    What is owed about a list is that of the list given, else of a list of the space.
    """
    lists = campaign.space.contact_lists.order_by("-pk")
    with translation.override(words.language):
        path = reverse("surveys:notice", args=[campaign.slug])
        values = values_for(campaign, None, f"{settings.SITE_URL}{path}")
        example = (
            contact_list
            or lists.first()
            or ContactList(
                space=campaign.space,
                purpose=_("[purpose of the list]"),
                source=_("[source of the list]"),
                basis=ContactList.Basis.PUBLIC_TASK,
                purge_on=campaign.answers_kept_until,
            )
        )
        text = f"{filled(words.body, values)}\n\n"
        return Mail(
            subject=_one_line(filled(words.subject, values)),
            text=text + foot(campaign, example, _("[address to stop these mails]")),
            reply_to=reply_to,
        )


def foot(campaign: Campaign, contact_list: ContactList, stop: str) -> str:
    """What the law and courtesy owe to whoever receives a mail they did not ask for."""
    told = _(
        "--\n"
        "Why this mail: your professional address is in a list kept by %(sponsor)s. "
        "Purpose: %(purpose)s. Source: %(source)s. Legal basis: %(basis)s. It is "
        "erased on %(date)s.\n"
        "Your link is personal: it may let your answer be recognised, which is "
        "confidential, not anonymous. It stops working when the survey closes.\n"
        "Your rights: %(rights)s\n"
        "Receive no more of these mails, without signing in: %(stop)s"
    )
    return told % {
        "sponsor": campaign.sponsor,
        "purpose": contact_list.purpose.rstrip("."),
        "source": contact_list.source.rstrip("."),
        "basis": contact_list.get_basis_display(),
        "date": date_format(contact_list.purge_on, "j F Y"),
        "rights": campaign.notice_rights,
        "stop": stop,
    }


def stop_url(space_id: int, digest: str) -> str:
    token = opt_out_token(space_id, digest)
    return f"{settings.SITE_URL}{reverse('invitations:opt_out', args=[token])}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:SUBJECT_LENGTH]
