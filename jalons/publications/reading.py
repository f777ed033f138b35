"""A published version as it may be read today: less what was taken back since."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from jalons.publications.models import Issue
from jalons.synthesis.content import Content, Missing, from_store
from jalons.synthesis.models import Edition
from jalons.synthesis.reading import validated_of, without_withdrawn


def content_of(issue: Issue) -> Content:
    """The version frozen; a chapter whose survey was withdrawn says so instead.

    A map or a table of territories goes when one of them took back its agreement.
    """
    content = from_store(issue.content)
    chapters = list(content.chapters)
    origins = {one["edition"]: one for one in issue.origins}
    found = Edition.objects.filter(pk__in=origins).select_related("synthesis__campaign")
    editions = {one.pk: one for one in found.defer("content")}
    validated = validated_of([*editions.values()])
    for pk, origin in origins.items():
        at = origin["chapter"] - 1
        edition = editions.get(pk)
        if edition is None or edition.withdrawn_at:
            reason = _("The synthesis of this survey has since been withdrawn.")
            chapters[at] = replace(
                chapters[at], pieces=(Missing(chapters[at].title, reason),)
            )
            continue
        alone = replace(
            content,
            chapters=(chapters[at],),
            shown_territories=tuple(origin["shown"]),
        )
        chapters[at] = without_withdrawn(alone, validated[pk]).chapters[0]
    return replace(content, chapters=tuple(chapters))
