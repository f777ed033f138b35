"""The evaluation alone, with its measures and its last review, read in a group."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import Document, Lead, Section
from jalons.documents.words import date_format
from jalons.evaluation import words
from jalons.evaluation.documents import evaluation_blocks
from jalons.evaluation.figures import EvaluationRead
from jalons.roadmaps.models import Roadmap


def evaluation_document(roadmap: Roadmap, read: EvaluationRead) -> Document:
    """The evaluation alone, to be read around a table."""
    day = date_format(timezone.localdate())
    return Document(
        title=_("%(name)s: what does the roadmap change?")
        % {"name": roadmap.territory_name},
        sections=[
            Section(
                _("Where the evaluation is"),
                [Lead(words.lead(read)), *evaluation_blocks(roadmap)],
            )
        ],
        language=get_language() or "fr",
        source_line=_("Measures noted, read from files or computed by Jalons"),
        date_line=_("As it stands on %(day)s") % {"day": day},
        author=roadmap.space.name,
        watermark=_("SIMULATED") if roadmap.is_simulated else None,
    )
