from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.models.stakes import LINE_LENGTH, TITLE_LENGTH, Workstream
from jalons.roadmaps.models.versions import Versioned


class Aspect(models.TextChoices):
    """What makes an action feasible or not (S002-29)."""

    MEANS = "means", _("The means")
    SKILLS = "skills", _("The skills")
    PARTNERS = "partners", _("The partners")
    LAW = "law", _("The law")
    TIME = "time", _("The time")
    ACCEPTANCE = "acceptance", _("The acceptance by those concerned")


class Outcome(models.TextChoices):
    """What the study of an aspect concludes; none: it was not examined."""

    HOLDS = "holds", _("it is there")
    TO_LIFT = "to_lift", _("to be lifted")
    BLOCKED = "blocked", _("it stands in the way")


@dataclass(frozen=True, slots=True)
class Studied:
    """What is said of one aspect of an action."""

    aspect: Aspect
    outcome: Outcome | None
    note: str


def read_study(stored: Mapping[str, Mapping[str, str]]) -> list[Studied]:
    """The six aspects in their order, those nobody examined included."""
    found = []
    for aspect in Aspect:
        said = stored.get(aspect.value, {})
        outcome = Outcome(said["outcome"]) if said.get("outcome") else None
        found.append(Studied(aspect, outcome, said.get("note", "")))
    return found


def conclude(studied: Sequence[Studied]) -> str:
    """In one sentence; what was not examined never counts as held."""
    examined = [one for one in studied if one.outcome]
    if not examined:
        return ""
    for outcome, words in (
        (Outcome.BLOCKED, gettext("Not feasible as it stands: %(aspects)s")),
        (Outcome.TO_LIFT, gettext("Feasible if these are lifted: %(aspects)s")),
    ):
        found = [one for one in examined if one.outcome == outcome]
        if found:
            named = ", ".join(_inside(one.aspect) for one in found)
            return words % {"aspects": named}
    if len(examined) == len(studied):
        return gettext("Feasible: nothing stands in the way")
    words = ngettext(
        "Nothing in the way of the %(n)s aspect examined, out of %(all)s",
        "Nothing in the way of the %(n)s aspects examined, out of %(all)s",
        len(examined),
    )
    return words % {"n": len(examined), "all": len(studied)}


def _inside(aspect: Aspect) -> str:
    """Its name within a sentence."""
    return f"{aspect.label[:1].lower()}{aspect.label[1:]}"


class Inspiration(Versioned):
    """What others tried, examined for a workstream: kept or set aside, and why."""

    class Verdict(models.TextChoices):
        KEPT = "kept", _("experience kept")
        ADAPTED = "adapted", _("experience kept, with changes")
        SET_ASIDE = "set_aside", _("experience set aside")

    workstream = models.ForeignKey(
        Workstream, on_delete=models.CASCADE, related_name="inspirations"
    )
    title = models.CharField(_("experience"), max_length=TITLE_LENGTH)
    # A territory or a body, in the words of the team.
    carried_by = models.CharField(_("who did it, where"), max_length=200, blank=True)
    address = models.URLField(_("where to read about it"), max_length=500, blank=True)
    verdict = models.CharField(_("what you decide"), max_length=10, choices=Verdict)
    reason = models.TextField(_("why"), max_length=LINE_LENGTH)
    examined_at = models.DateTimeField(auto_now_add=True)
    examined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("inspiration")
        verbose_name_plural = _("inspirations")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
