from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    name = "jalons.workshops"
    audit_words = {
        "workshop.prepared": _("prepared a workshop:"),
        "workshop.opened": _("opened a workshop:"),
        "workshop.closed": _("closed a workshop:"),
        "workshop.timer": _("set the clock of a workshop:"),
        "activity.added": _("added an activity to a workshop:"),
        "activity.changed": _("changed an activity of a workshop:"),
        "activity.removed": _("removed an activity of a workshop:"),
        "activity.phase": _("moved a workshop to another phase:"),
        "activity.results_shown": _("showed the results of an activity:"),
        "activity.results_hidden": _("hid the results of an activity:"),
        "activity.counted": _("noted points counted on paper:"),
        "sheet.keyed": _("keyed a sheet of a workshop:"),
        "activity.reset": _("put an activity back to the vote:"),
        "activity.reset_undone": _("brought back the former votes of an activity:"),
        "activity.drawn": _("carried the ideas of a wall to an activity:"),
        "workstream.added": _("added a key workstream:"),
        "workstream.written": _("wrote in a key workstream:"),
        "stake.reworded": _("worded a stake again:"),
        "question.answered": _("told whether a question was answered:"),
        "activity.plenary_opened": _("showed what each table retains:"),
        "activity.plenary_closed": _("came back from the plenary:"),
        "tables.set": _("chose the tables of a workshop:"),
        "tables.seated": _("seated people at the tables of a workshop:"),
        "table.retained": _("wrote what a table retains:"),
        "table.reporter": _("named who reports for a table:"),
        "minutes.drafted": _("wrote a first draft of the minutes of:"),
        "minutes.changed": _("changed the minutes of:"),
        "minutes.readers": _("noted who agreed to receive the minutes of:"),
        "minutes.reader_erased": _("erased an address of the minutes of:"),
        "minutes.sent": _("sent the minutes of:"),
        "stakes.handed": _("handed stakes of a matrix to the key workstreams:"),
        "workstream.withdrawn": _("withdrew a key workstream:"),
        "workstream.restored": _("brought back a key workstream:"),
        "idea.set_aside": _("set an idea aside:"),
        "idea.restored": _("brought back an idea:"),
        "ideas.merged": _("merged two ideas:"),
        "ideas.split": _("split an idea from another:"),
    }
