from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "jalons.evaluation"
    audit_words = {
        "evaluation.started": _("began the evaluation of a roadmap:"),
        "evaluation.changed": _("changed what an evaluation is for:"),
        "evaluation.theory_written": _("wrote a part of the theory of change:"),
        "evaluation.linked": _("linked the theory of change:"),
        "evaluation.question_written": _("wrote an evaluative question:"),
        "evaluation.question_changed": _("changed an evaluative question:"),
        "evaluation.question_removed": _("removed an evaluative question:"),
        "evaluation.indicator_chosen": _("chose to follow an indicator:"),
        "evaluation.indicator_changed": _("changed how an indicator is followed:"),
        "evaluation.indicator_retired": _("stopped following an indicator:"),
        "evaluation.indicator_resumed": _("followed an indicator again:"),
        "evaluation.baseline_set": _("noted where an indicator starts from:"),
        "evaluation.measured": _("noted a measure of an indicator:"),
        "evaluation.measures_loaded": _("loaded measures from a file:"),
        "evaluation.reviewed": _("wrote a review of a roadmap:"),
        "evaluation.review_changed": _("changed a review of a roadmap:"),
        "evaluation.story_told": _("kept a story of change:"),
        "evaluation.story_removed": _("removed a story of change:"),
    }
