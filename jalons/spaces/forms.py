from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.spaces.belonging import Offered, Sign
from jalons.spaces.models import Mark, Role, Space
from jalons.territories.models import Territory


def plain_words(text: str) -> None:
    """Words that travel in mails to people who did not ask for them."""
    if "://" in text or "www." in text.lower() or "@" in text:
        raise ValidationError(_("Write it without a web or e-mail address."))


def role_choices() -> list[tuple[str, str]]:
    """Each role with what it allows, in a sentence."""
    sentence = _("%(role)s: %(prose)s.")
    return [
        (role.value, sentence % {"role": role.label, "prose": role.prose})
        for role in Role
    ]


class SpaceForm(forms.Form):
    """A new space on a territory already chosen."""

    name = forms.CharField(
        label=_("Name of the space"),
        help_text=_("The name by which your colleagues will recognise it."),
        max_length=160,
        validators=[plain_name],
    )
    kind = forms.ChoiceField(
        label=_("What is this space for?"),
        choices=Space.Kind.choices,
        initial=Space.Kind.TEAM,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, territory: Territory, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if territory.kind != Territory.Kind.REGION:
            # Only a région has a resource centre: elsewhere there is nothing to ask.
            del self.fields["kind"]

    @property
    def chosen_kind(self) -> str:
        return self.cleaned_data.get("kind", Space.Kind.TEAM)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the space"), max_length=160, validators=[plain_name]
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role in the space"), choices=role_choices, widget=forms.RadioSelect
    )


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_(
            "The address this person will sign in with: the invitation works for it "
            "only."
        ),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    field_order = ["email", "role"]


class OwnerForm(forms.Form):
    """Who becomes owner of a team whose owners are gone, and why."""

    email = forms.EmailField(
        label=_("E-mail address of the new owner"),
        help_text=_(
            "A colleague of this team, by the address they sign in with. When nobody "
            "is left in it: anybody else who has an account."
        ),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "autocapitalize": "none"}
        ),
    )
    reason = forms.CharField(
        label=_("How do you know that its owners are gone?"),
        help_text=_(
            "Written in the journal of the team and in the mails sent. For example: "
            "the director of the town hall wrote to us on 3 March."
        ),
        max_length=300,
        validators=[plain_words],
        error_messages={"required": _("Say it in one sentence.")},
    )


class AskForm(forms.Form):
    """A word to the owners of a team that one asks to join."""

    word = forms.CharField(
        label=_("A word to whoever runs the team"),
        help_text=_(
            "Who you are and what you would do there. For example: I have replaced the "
            "digital officer since September."
        ),
        max_length=300,
        required=False,
        validators=[plain_words],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RefusalForm(forms.Form):
    """Why a team does not let somebody in, if one wishes to say it."""

    answer = forms.CharField(
        label=_("A word to this person"),
        help_text=_("Sent to them as it is, with the answer."),
        max_length=300,
        required=False,
        validators=[plain_words],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignsForm(forms.Form):
    """Among the signs that owners carry, those of the organisation."""

    def __init__(self, *args, offered: list[Offered], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.carried = {one.key: one for one in offered if one.carried_by}
        self.fields["signs"] = forms.MultipleChoiceField(
            label=_("Colleagues are recognised by"),
            choices=[(key, _words(one)) for key, one in self.carried.items()],
            initial=[key for key, one in self.carried.items() if one.is_declared],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def chosen(self) -> set[Sign]:
        every = (self.carried[key] for key in self.cleaned_data["signs"])
        return {Sign(one.kind, one.value) for one in every}


def _words(one: Offered) -> str:
    """`@mairie-exemple.fr (Camille)`, and the number with its name."""
    sign = f"@{one.value}" if one.kind == Mark.Kind.DOMAIN else f"SIREN {one.value}"
    return f"{sign} ({', '.join(one.carried_by)})"
