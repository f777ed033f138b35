from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.roadmaps.figures import ActionRead
from jalons.steering.models import Reminder


class ReminderForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often do you want to be reminded by mail?"),
        choices=Reminder.Rhythm.choices,
        help_text=_("One mail for all the roadmaps of this space, when there is news."),
    )


class WaitForm(forms.Form):
    """The other actions of the roadmap, those that are not awaited already."""

    def __init__(self, *args, offered: Sequence[ActionRead], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.row.pk, f"{one.code} {one.row.description}"[:120]) for one in offered
        ]
        self.fields["awaited"] = forms.TypedChoiceField(
            label=_("It waits for the end of"),
            coerce=int,
            choices=[("", "–"), *choices],
            error_messages={"invalid_choice": _("Choose an action of this roadmap.")},
        )
