"""The host's name under mails, and on the cover of documents that the site makes."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from jalons.documents.model import Cover, Document, Mention
from jalons.hosts.figures import cover_logo, identity


def mail_signature() -> str:
    """Who writes and whom to answer: a few lines; nothing while nobody says it."""
    told = identity()
    if not told.is_written:
        return ""
    lines = [told.publisher]
    if told.contact:
        lines.append(
            _("%(who)s: %(where)s") % {"who": told.contact_line, "where": told.contact}
        )
    return "\n".join(lines)


def with_host(document: Document) -> Document:
    """The same document with, on its cover, who answers for the site that made it."""
    told = identity()
    if not told.is_written:
        return document
    cover, picture = document.cover or Cover(), cover_logo()
    said = Mention(_("With"), told.publisher)
    logos = (*cover.logos, *([picture] if picture else ()))
    signed = replace(cover, publication=(*cover.publication, said), logos=logos)
    return replace(document, cover=signed)
