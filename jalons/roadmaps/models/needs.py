from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What an action needs, under the codes of the platform Mon inclusion numérique.

    Source: `BesoinsPossible` in its public code, read in November 2026
    (anct-cnum/suite-gestionnaire-numerique).
    """

    DIAGNOSIS = "etablir_un_diagnostic_territorial", _("to make a diagnosis")
    CO_CONSTRUCTION = (
        "co_construire_la_feuille_de_route",
        _("to build the roadmap together"),
    )
    DRAFTING = "rediger_la_feuille_de_route", _("to write the roadmap")
    FUND = "structurer_un_fonds", _("to set up a fund")
    GRANTS = "monter_dossiers_de_subvention", _("to prepare requests for grants")
    COORDINATION = "animer_la_gouvernance", _("to run the governance")
    LAW = "appui_juridique", _("legal support")
    QUALIOPI = (
        "appuyer_la_certification_qualiopi",
        _("support towards the Qualiopi certificate"),
    )
    REUSE = (
        "structurer_une_filiere_de_reconditionnement",
        _("to organise the reconditioning of equipment"),
    )
    DATA = "collecter_des_donnees_territoriales", _("to gather data on the territory")
    TOOLS = (
        "sensibiliser_les_acteurs_aux_outils_existants",
        _("to make existing tools known to the actors"),
    )
