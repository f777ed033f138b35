from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.spaces.models import Role, Space
from jalons.territories.models import Territory


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
