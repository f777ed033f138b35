"""How the cockpit says what it knows, for its pages and its file."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.network.models import SharedProgress
from jalons.steps.definitions import read_method

LEVELS: Mapping[str, str | Promise] = {
    "high": gettext_lazy("High vulnerability"),
    "middle": gettext_lazy("Intermediate vulnerability"),
    "low": gettext_lazy("Little or no vulnerability"),
}


def step_words(progress: SharedProgress) -> str:
    """ "Step 3 of 7: …"; the points left are told apart."""
    steps = read_method().step
    if progress.step == 0:
        return _("The seven steps are done")
    return _("Step %(number)s of 7: %(title)s") % {
        "number": progress.step,
        "title": steps[progress.step - 1],
    }


def left_words(progress: SharedProgress) -> str:
    return ngettext(
        "%(n)s point is missing", "%(n)s points are missing", progress.points_left
    ) % {"n": progress.points_left}
