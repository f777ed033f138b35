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
    computed_indicators = {
        "I1": "jalons.evaluation.means_and_doing.mediation_time",
        "I3": "jalons.evaluation.means_and_doing.posts_ending",
        "P1": "jalons.evaluation.means_and_doing.actions_done",
        "P2": "jalons.evaluation.means_and_doing.meetings_held",
        "P3": "jalons.evaluation.means_and_doing.families_present",
        "P4": "jalons.evaluation.means_and_doing.resources_put_to_work",
        "P5": "jalons.evaluation.means_and_doing.minutes_in_time",
        "P6": "jalons.evaluation.succeeding.conditions_met",
        "O3": "jalons.evaluation.delivering.places",
        "O4": "jalons.evaluation.delivering.near_a_place",
        "O7": "jalons.evaluation.delivering.callbacks_honoured",
        "O8": "jalons.evaluation.delivering.referrals_followed",
        "R4": "jalons.evaluation.changing.gave_up",
        "R9": "jalons.evaluation.maturity.maturity_change",
        "M1": "jalons.evaluation.changing.gap_in_giving_up",
        "M2": "jalons.evaluation.changing.gap_in_support",
    }
