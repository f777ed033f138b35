from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.accounts.open_forms import OpenForm
from jalons.actors.leading_forms import ActorField
from jalons.community.forms import PLACE, paragraphs
from jalons.community.models import Mailbox
from jalons.community.relaying import Written
from jalons.directory.models import Place
from jalons.groups.forms import plain
from jalons.groups.models import Group
from jalons.spaces.models import Space


class ContactForm(OpenForm):
    """What somebody writes; the last field is left empty by people."""

    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Your e-mail"), help_text=_("The answer comes to it directly.")
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Nothing about somebody else’s situation."),
        widget=forms.Textarea({"rows": 6}),
        max_length=3000,
    )
    wants_copy = forms.BooleanField(label=_("Send me a copy"), required=False)

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    @property
    def written(self) -> Written:
        said = self.cleaned_data
        return Written(said["email"], said["name"], said["text"], said["wants_copy"])


class MailboxForm(forms.ModelForm):
    """Whom one might write to: one of three, and the address."""

    actor = ActorField()
    group = forms.ModelChoiceField(
        Group.objects.none(),
        label=_("Or a group"),
        empty_label=_("Choose a group"),
        required=False,
    )
    site = forms.CharField(
        label=_("Or a place of your lists"),
        help_text=_("The address of its page in Jalons."),
        max_length=300,
        required=False,
    )

    class Meta:
        model = Mailbox
        fields = ("actor", "group", "site", "address")
        labels = {"address": _("Address that would receive the messages")}
        help_texts = {
            "address": _("Its owner is asked by mail; nothing is relayed before.")
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        actor, group = self.fields["actor"], self.fields["group"]
        assert isinstance(actor, ActorField)
        assert isinstance(group, forms.ModelChoiceField)
        actor.of(space)
        actor.required = False
        group.queryset = space.groups.filter(ended_on=None).order_by("key")

    def clean_address(self) -> str:
        return self.cleaned_data["address"].lower()

    def clean_site(self) -> str:
        text: str = self.cleaned_data["site"].strip()
        if not text:
            return text
        found = PLACE.fullmatch(text)
        ours = Place.objects.in_their_list().filter(
            place_list__space=self.instance.space
        )
        place = ours.filter(pk=int(found[1])).first() if found else None
        if place is None:
            raise ValidationError(_("No place of your lists has this page."))
        self.instance.place = place
        return text

    def clean(self) -> None:
        super().clean()
        chosen = [one for one in ("actor", "group", "site") if self._says(one)]
        if not self.errors and len(chosen) != 1:
            message = _("Choose an actor, a group or a place: only one.")
            self.add_error(None, message)

    def _says(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name))
