"""What a numbered sheet says, keyed by the team: the same number is the same person.

Keyed again, the answers of a sheet take the place of all those it gave; what is written
is added to what was, and alone changes no answer. Nothing is asked of the phase that is
played, nor whether the workshop is closed: paper is keyed when there is time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import uuid4

from django import forms
from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.accounts.models import User
from jalons.analysis.prospective import GRADES
from jalons.audit import operations as audit
from jalons.live import operations as live
from jalons.workshops.contributing import MOST_WORDS, hold
from jalons.workshops.joining import MOST_PEOPLE
from jalons.workshops.marks import (
    AXES,
    QUALITIES,
    Marks,
    length_of,
    read_idea,
    read_marks,
)
from jalons.workshops.models import Activity, Ballot, Item, Participant, Workshop
from jalons.workshops.operations import EVERYBODY
from jalons.workshops.refused import Refused

LABELS = {
    "impact": gettext_lazy("Impact"),
    "mastery": gettext_lazy("Mastery"),
    "transversal": gettext_lazy("Transversal"),
    "strategic": gettext_lazy("Strategic"),
    "feasible": gettext_lazy("Feasible"),
}
Votes = list[tuple[Item | None, Marks]]


class KeyingForm(forms.Form):
    """One sheet, for one activity: what is left empty was not answered."""

    sheet = forms.IntegerField(
        label=gettext_lazy("Number of the sheet"), min_value=1, max_value=MOST_PEOPLE
    )

    def __init__(self, *args, activity: Activity, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.items = _items(activity)
        for name, field in self._fields():
            field.required = False
            self.fields[name] = field

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        activity = self.activity
        form = activity.form if activity.kind == "poll" else ""
        if activity.is_written:
            yield from _text_fields(activity)
        if activity.rates_items:
            for one in self.items:
                for name in _names(activity):
                    label = f"{one.number}. {one.text} · {LABELS[name]}"
                    yield f"{name}-{one.pk}", _grade(label)
        elif activity.kind == "dots":
            yield from _counts("dots", self.items)
        elif form == Activity.Form.RANKING:
            yield from _counts("place", self.items)
        elif form == Activity.Form.SCALE:
            yield "grade", _grade(activity.question)
        elif activity.has_votes and self.items:
            yield "choice", _choice(activity, self.items)

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        try:
            self.votes = self._read_votes()
            self.texts = self._read_texts()
        except Refused as refused:
            raise forms.ValidationError(refused.reason) from refused
        if not self.votes and not self.texts:
            raise forms.ValidationError(_("Nothing of this sheet is keyed yet."))
        if self.activity.kind == "cloud":
            self._refuse_one_more(self.cleaned_data["sheet"])

    def _refuse_one_more(self, sheet: int) -> None:
        """As many words as on a telephone; here, one set aside does not count.

        So is a word mistyped taken out, then keyed as it should be.
        """
        given = self.activity.items.filter(
            author__sheet=sheet, withdrawn_at=None, set_aside_at=None
        )
        words = {*given.values_list("text", flat=True), *self.texts}
        if len(words) > MOST_WORDS:
            told = _("Five words at most on one sheet, and this makes %(n)s.")
            self.add_error("texts", told % {"n": len(words)})

    def _read_votes(self) -> Votes:
        """Read as those of a telephone are, by the same rules. Raises Refused."""
        sent = self.data
        if self.activity.rates_items:
            return list(self._rated(sent))
        names = self.fields.keys() - {"sheet", "texts", "direction"}
        if not any(sent.get(name) for name in names):
            return []
        assert isinstance(sent, QueryDict)
        return [(None, read_marks(self.activity, sent, None))]

    def _rated(self, sent: Mapping[str, str]) -> Iterator[tuple[Item, Marks]]:
        for one in self.items:
            names = _names(self.activity)
            given = {name: sent.get(f"{name}-{one.pk}", "") for name in names}
            if any(given.values()):
                post = QueryDict(mutable=True)
                post.update(given)
                yield one, read_marks(self.activity, post, one)

    def _read_texts(self) -> list[str]:
        found = []
        for line in self.cleaned_data.get("texts", "").splitlines():
            if line.strip():
                post = QueryDict(mutable=True)
                post["text"] = line
                found.append(read_idea(post, length_of(self.activity)))
        return found


@transaction.atomic
def key_sheet(
    activity: Activity,
    number: int,
    *,
    votes: Votes,
    texts: Sequence[str] = (),
    direction: str = "",
    by: User,
) -> Participant:
    """What this person answered, in place of what they had; what they wrote, added.

    A text keyed twice is one. Without an answer, those they had stay.
    """
    workshop = hold(activity)
    person = _person(workshop, number)
    if votes:
        former = Ballot.objects.counted(activity).filter(participant=person)
        former.update(is_current=False)
    for item, marks in votes:
        Ballot.objects.create(
            activity=activity,
            round=activity.round,
            participant=person,
            item=item,
            key=uuid4(),
            marks=marks,
        )
    _write(activity, person, texts, direction)
    space_id = workshop.meeting.space_id
    details = {"activity": activity.pk, "sheet": number}
    audit.record("sheet.keyed", workshop, by=by, details=details, space_id=space_id)
    live.tell(workshop.channel, "changed", to=EVERYBODY)
    return person


def _person(workshop: Workshop, number: int) -> Participant:
    alias = _("Sheet %(n)s") % {"n": number}
    person, _is_new = Participant.objects.get_or_create(
        workshop=workshop, sheet=number, defaults={"alias": alias}
    )
    return person


def _write(
    activity: Activity, person: Participant, texts: Sequence[str], direction: str
) -> None:
    known = set(activity.items.filter(author=person).values_list("text", flat=True))
    last = activity.items.aggregate(last=Max("number"))["last"] or 0
    new = [text for text in dict.fromkeys(texts) if text not in known]
    for number, text in enumerate(new, start=last + 1):
        Item.objects.create(
            activity=activity,
            number=number,
            text=text,
            direction=direction,
            author=person,
        )


def _items(activity: Activity) -> list[Item]:
    found = activity.items.standing().in_order()
    if activity.kind == "workstreams":
        found = found.exclude(stake=None)
    return list(found)


def _names(activity: Activity) -> Sequence[str]:
    return AXES if activity.kind == "matrix" else QUALITIES


def _text_fields(activity: Activity) -> Iterator[tuple[str, forms.Field]]:
    label = _("What is written, one a line")
    yield "texts", forms.CharField(label=label, widget=forms.Textarea({"rows": 6}))
    if activity.has_factors:
        choices = [("", _("Not said")), *Item.Direction.choices]
        yield (
            "direction",
            forms.ChoiceField(label=_("Change or inertia?"), choices=choices),
        )


def _grade(label: str) -> forms.Field:
    return forms.IntegerField(label=label, min_value=GRADES[0], max_value=GRADES[-1])


def _counts(name: str, items: Sequence[Item]) -> Iterator[tuple[str, forms.Field]]:
    for one in items:
        label = f"{one.number}. {one.text}"
        yield f"{name}-{one.pk}", forms.IntegerField(label=label, min_value=0)


def _choice(activity: Activity, items: Sequence[Item]) -> forms.Field:
    choices = [(str(one.pk), one.text) for one in items]
    if activity.takes_several:
        return forms.MultipleChoiceField(
            label=activity.question,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=activity.question, choices=choices, widget=forms.RadioSelect
    )
