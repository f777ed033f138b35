from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.digests.models import Subscription
from jalons.digests.sections import SECTIONS
from jalons.spaces.models import Space


class MailsForm(forms.ModelForm):
    """The rhythm, the language, the sections and the teams that are kept.

    What is ticked is received, so that whoever reads the page sees what comes; what is
    stored is what was left out, so that a section added later comes too.
    """

    sections = forms.MultipleChoiceField(
        label=_("What do you want in it?"),
        choices=[(one.code, one.title) for one in SECTIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    spaces = forms.ModelMultipleChoiceField(
        label=_("From which teams?"),
        queryset=Space.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Subscription
        fields = ("rhythm", "language")
        labels = {
            "rhythm": _("How often do you want to be written to?"),
            "language": _("In which language?"),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"] = forms.ChoiceField(
            label=self.Meta.labels["rhythm"],
            choices=Subscription.Rhythm.choices,
            widget=forms.RadioSelect,
        )
        one = self.instance
        left = set(one.left_out)
        self.fields["sections"].initial = [
            section.code for section in SECTIONS if section.code not in left
        ]
        mine = Space.objects.joined_by(one.user).order_by("name", "pk")
        spaces = self.fields["spaces"]
        assert isinstance(spaces, forms.ModelMultipleChoiceField)
        spaces.queryset = mine
        out = one.spaces_left_out.all() if one.pk else Space.objects.none()
        spaces.initial = mine.exclude(pk__in=out.values("pk"))
        if len(mine) < 2:
            del self.fields["spaces"]

    @property
    def chosen(self) -> Subscription:
        """The row as it is asked; to be kept by the operation."""
        one: Subscription = self.instance
        kept = self.cleaned_data["sections"]
        one.left_out = [s.code for s in SECTIONS if s.code not in kept]
        return one

    @property
    def spaces_left_out(self) -> list[Space]:
        if "spaces" not in self.fields:
            return []
        kept = {one.pk for one in self.cleaned_data["spaces"]}
        field = self.fields["spaces"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        assert field.queryset is not None
        return [one for one in field.queryset if one.pk not in kept]
