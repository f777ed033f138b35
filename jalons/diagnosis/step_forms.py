"""The fields of a step of the hour, made from its questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.diagnosis.models import Note, SkippedStep
from jalons.diagnosis.operations import Noted
from jalons.diagnosis.persons import refuse_persons
from jalons.diagnosis.portrait import Portrait
from jalons.diagnosis.questions import NONE, Question, chosen

LONGEST = 600
UNDECIDED = ("", gettext_lazy("Not chosen yet"))
SAME = "second_public"


class NotesForm(forms.Form):
    """What a step asks to note; all of it may wait, and be completed later."""

    def __init__(
        self,
        *args: object,
        questions: Sequence[Question],
        portrait: Portrait,
        notes: dict[str, Note],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.questions = questions
        self.territory = portrait.territory
        self.choices: dict[str, dict[str, str]] = {}
        # What was chosen and is not offered any more, by question.
        self.gone: dict[str, Note] = {}
        for one in questions:
            note = notes.get(one.code)
            if one.choices:
                self._add_choice(one, one.choices(portrait), note)
            text = self.fields[f"{one.code}_text"] = forms.CharField(
                label=str(one.why),
                help_text=str(one.help),
                required=False,
                max_length=LONGEST,
                initial=note.text if note else "",
                widget=forms.Textarea({"rows": 2}),
            )
            # The step is not over without it: it is not called optional.
            text.is_awaited = one.choices is None  # type: ignore[attr-defined]

    def _add_choice(
        self, one: Question, choices: list[tuple[str, str]], note: Note | None
    ) -> None:
        """What was chosen stays offered, in its words of then, when it is gone."""
        offered = dict(choices)
        if note and note.choice and note.choice not in offered:
            offered[note.choice] = note.said_about
            self.gone[one.code] = note
        self.choices[one.code] = offered
        choice = self.fields[one.code] = forms.ChoiceField(
            label=str(one.label),
            required=False,
            choices=[UNDECIDED, *offered.items()],
            initial=note.choice if note else "",
        )
        choice.is_awaited = True  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        refuse_persons(self, *(f"{one.code}_text" for one in self.questions))
        chosen = [self.cleaned_data.get(code) for code in self.choices]
        if SAME in self.choices and chosen[0] and chosen[0] == chosen[1]:
            self.add_error(SAME, _("Choose another public than the first one."))
        for code in self.choices:
            is_unnamed = self.cleaned_data.get(code) == NONE and code == "call"
            if is_unnamed and not self.cleaned_data.get(f"{code}_text"):
                self.add_error(f"{code}_text", _("Name the territory or the service."))

    def noted(self) -> Iterator[Noted]:
        """An answer to each question, empty where nothing is noted."""
        for one in self.questions:
            choice = self.cleaned_data.get(one.code, "")
            about, otherwise = self._told(one, choice)
            text = self.cleaned_data[f"{one.code}_text"].strip()
            yield Noted(one.code, choice, about, text, otherwise)

    def _told(self, one: Question, choice: str) -> tuple[str, dict[str, str]]:
        """The words of a choice in each language; as they were when it is gone."""
        note = self.gone.get(one.code)
        if note and note.choice == choice:
            return note.about, note.otherwise
        return chosen(one, choice, self.territory)

    @property
    def has_notes(self) -> bool:
        return any(self.cleaned_data.values())


class SkipForm(forms.ModelForm):
    """Why a step is passed over."""

    class Meta:
        model = SkippedStep
        fields = ("reason",)
        help_texts = {
            "reason": gettext_lazy(
                "For example: already done last year, no time before the meeting. The "
                "reason stands in the document."
            )
        }

    def clean(self) -> None:
        super().clean()
        refuse_persons(self, "reason")
