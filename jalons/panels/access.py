"""The doors: a code opens its questions, a member of the team the mini-survey."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from jalons.analysis import checked_code
from jalons.panels.models import Code, Panel
from jalons.panels.operations import print_of
from jalons.roadmaps.models import Roadmap


class MistypedCode(Exception):
    """It cannot be a code: a letter is wrong, missing or too many."""


class UnknownCode(Exception):
    """It is well written, and no mini-survey has it: never printed, or erased."""


def find_code(text: str) -> Code:
    """The code that somebody typed. Raises MistypedCode, UnknownCode."""
    plain = checked_code.typed(text)
    if not checked_code.is_whole(plain):
        raise MistypedCode
    found = Code.objects.select_related("panel__roadmap__space")
    code = found.filter(digest=print_of(plain)).first()
    if code is None:
        raise UnknownCode
    return code


def get_panel(roadmap: Roadmap, pk: int) -> Panel:
    """A mini-survey of a roadmap already opened, never of another one (404)."""
    panel: Panel = get_object_or_404(roadmap.panels, pk=pk)
    panel.roadmap = roadmap
    return panel
