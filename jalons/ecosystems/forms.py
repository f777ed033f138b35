from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor
from jalons.directory.texts import plain
from jalons.ecosystems.models import NAME_LENGTH, Link, Resource, ResourceMap
from jalons.ecosystems.operations import Named, Said
from jalons.spaces.fields import Day
from jalons.spaces.models import Space

MOST_CENTRES = 12
CENTRE_LENGTH = 280


class MapForm(forms.ModelForm):
    """A map: what it is called, what stands in the centre."""

    centres = forms.CharField(
        label=_("In the centre, one a line"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "One line draws one map; several share their resources. A line removed is "
            "set aside with its links, not erased."
        ),
    )

    class Meta:
        model = ResourceMap
        fields = ("title", "around")
        labels = {"title": _("Title of the map")}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        if self.instance.pk:
            standing = self.instance.centres.standing().in_order()
            self.initial["centres"] = "\n".join(one.text for one in standing)

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_centres(self) -> Sequence[Named]:
        return read_centres(self.cleaned_data["centres"].splitlines())


def read_centres(lines: Sequence[str]) -> list[Named]:
    """What stands in the centre, each once. Raises ValidationError."""
    texts = [plain(line) for line in lines]
    found = [Named(text) for text in dict.fromkeys(texts) if text]
    if len(found) > MOST_CENTRES:
        raise ValidationError(_("Twelve centres at most: draw another map."))
    if any(len(one.text) > CENTRE_LENGTH for one in found):
        raise ValidationError(_("A line is too long: 280 characters at most."))
    return found


class ResourceForm(forms.Form):
    """A resource of the team's table of actors, or a new one, and its link."""

    actor = forms.ModelChoiceField(
        Actor.objects.none(),
        label=_("An actor of your table"),
        required=False,
        empty_label=_("None: I name it below"),
    )
    name = forms.CharField(
        label=_("Or another resource"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("A body, a place, material, funding. Never the name of a person."),
    )
    category = forms.ChoiceField(label=_("Category"), choices=Resource.Category.choices)
    status = forms.ChoiceField(label=_("Link"), choices=Link.Status.choices)
    owner = forms.CharField(
        label=_("Who sees to it"),
        max_length=120,
        required=False,
        help_text=_("A body or a post, never the name of a person."),
    )

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, forms.ModelChoiceField)
        actor.queryset = space.actors.at_work().in_order()
        self.initial["status"] = Link.Status.DASHED

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])

    def clean_owner(self) -> str:
        return plain(self.cleaned_data["owner"])

    def clean(self) -> None:
        given = self.cleaned_data
        if not given.get("actor") and not given.get("name") and "name" in given:
            self.add_error("name", _("Choose an actor, or name the resource."))

    @property
    def resource_name(self) -> str:
        actor = self.cleaned_data["actor"]
        return (actor.name if actor else self.cleaned_data["name"])[:NAME_LENGTH]


class LinkForm(forms.Form):
    """How far a resource serves a centre, since when, who sees to it."""

    status = forms.ChoiceField(
        label=_("Link"), choices=Link.Status.choices, widget=forms.RadioSelect
    )
    owner = forms.CharField(
        label=_("Who sees to it"),
        max_length=120,
        required=False,
        help_text=_("A body or a post, never the name of a person."),
    )
    since = forms.DateField(label=_("Since"), widget=Day())
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", timezone.localdate())
        self.initial.setdefault("key", uuid4())

    def clean_owner(self) -> str:
        return plain(self.cleaned_data["owner"])

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise ValidationError(
                _("This day has not come yet: give the day it happened.")
            )
        return day

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            Link.Status(given["status"]),
            given["base"],
            given["key"],
            given["owner"],
            given["since"],
        )


class RenameForm(forms.Form):
    """A resource said otherwise: its links stay."""

    name = forms.CharField(label=_("Say it otherwise"), max_length=NAME_LENGTH)

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])
