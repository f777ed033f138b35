"""A form made for ODK or KoboToolbox, brought in as a draft."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from jalons.accounts.access import SignedInRequest
from jalons.questionnaires import access, operations
from jalons.questionnaires.xlsform_reading import NotAForm
from jalons.spaces.access import Right


class FormFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("XLSForm (XLSX file)"),
        help_text=gettext_lazy(
            "The workbook with the sheets “survey” and “choices”, as ODK and "
            "KoboToolbox take it or give it back."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_form(request: SignedInRequest, space_pk: int) -> HttpResponse:
    """A draft read from an XLSForm; what has no equivalent is listed beside it."""
    space = access.get_centre(request.user, space_pk, Right.EDIT)
    form = FormFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        title = PurePath(file.name).stem
        try:
            draft = operations.import_form(
                space, file.read(), title=title, by=request.user
            )
        except NotAForm as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The form is read: here is your draft."))
            return redirect("questionnaires:draft", draft.pk)
    context = {"space": space, "form": form}
    return render(request, "questionnaires/import_form.html", context)
