"""The budget of an action: one line a funder, two empty ones to go on."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import plain
from jalons.roadmaps.forms import Difference, refused
from jalons.roadmaps.models import Action
from jalons.roadmaps.money import NotAnAmount, euros, read_amount, typed
from jalons.roadmaps.operations import Budgeted

MOST_FUNDERS = 12


class BudgetForm(forms.Form):
    funder = forms.CharField(
        label=_("Funder"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"list": "known-funders"}),
    )
    amount = forms.CharField(
        label=_("Amount in euros, or “to be costed”"), max_length=40, required=False
    )

    def clean_funder(self) -> str:
        funder = plain(self.cleaned_data["funder"])
        if errors := list(refused(funder)):
            raise ValidationError(errors)
        return funder

    def clean(self) -> None:
        super().clean()
        if self.errors:
            return
        funder, amount = self.cleaned_data["funder"], self.cleaned_data["amount"]
        if amount and not funder:
            self.add_error("funder", gettext("Say who brings this amount."))
        if funder and not amount:
            words = gettext("Write an amount; “to be costed” if nobody knows it yet.")
            self.add_error("amount", words)
        if amount:
            self._read(amount)

    def _read(self, amount: str) -> None:
        try:
            self.cleaned_data["read"] = read_amount(amount)
        except NotAnAmount:
            words = gettext(
                "This is not an amount: write for example 12,500.50 or “to be costed”."
            )
            self.add_error("amount", words)


BudgetForms = forms.formset_factory(
    BudgetForm, extra=2, max_num=MOST_FUNDERS, absolute_max=MOST_FUNDERS + 2
)


def budget_forms(request: HttpRequest, action: Action) -> forms.BaseFormSet:
    """The lines of the budget, as they are sent or as they are stored."""
    if request.method == "POST":
        return BudgetForms(request.POST, prefix="budget")
    known = action.budget.all() if action.pk else ()
    stored = [{"funder": one.funder, "amount": typed(one.amount)} for one in known]
    return BudgetForms(initial=stored, prefix="budget")


def budget_of(sent: forms.BaseFormSet) -> list[Budgeted]:
    """The lines that were filled in."""
    return [
        Budgeted(one.cleaned_data["funder"], one.cleaned_data["read"])
        for one in sent.forms
        if one.cleaned_data.get("funder")
    ]


def compare_budget(sent: forms.BaseFormSet, action: Action) -> list[Difference]:
    """What the stored budget says, when it is not what was typed."""
    stored = [Budgeted(one.funder, one.amount) for one in action.budget.all()]
    if stored == budget_of(sent):
        return []
    words = ", ".join(f"{one.funder}\u00a0: {euros(one.amount)}" for one in stored)
    return [Difference(gettext("Budget by funder"), words or "–")]
