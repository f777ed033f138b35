"""Small files in the shape of the tools that surveys are run with, written by us.

Their headings are those each tool documents or writes; people, addresses and answers
are invented. `{epci}` is the name or code of a territory.
"""

from __future__ import annotations

GOOGLE = (
    "Horodateur,Votre intercommunalité,Vous êtes…,"
    "Les élus sont-ils formés au numérique ?,Difficultés rencontrées\n"
    '"2024/03/05 10:12:13 AM UTC+1",{epci},Décideur,Non,"Le financement, Autre chose"\n'
    '"2024/03/06 9:01:00 PM UTC+1",{epci},Décideur,Oui,Le financement\n'
)
FRAMAFORMS = (
    "Inclusion numérique;;;;;;;;;\n"
    "Informations de soumission;;;;;;;;Vous;Moyens\n"
    "Numéro de série;SID;Heure de soumission;Brouillon;Adresse IP;UID;"
    "Nom d'utilisateur;EPCI;Profil;P2\n"
    "1;4012;03/05/2024 - 10:12;0;192.0.2.1;0;;{epci};decision_maker;Oui\n"
    "2;4013;03/15/2024 - 11:00;0;192.0.2.1;0;;{epci};decision_maker;Non\n"
)
# As scripts that read a Framaforms export ask for it: headings by keys, tabs.
FRAMAFORMS_KEYS = (
    "webform_serial\twebform_sid\twebform_time\twebform_modified_time\twebform_draft\t"
    "webform_ip_address\twebform_uid\tepci\tprofile\tp2\n"
    "1\t4012\t03/05/2024 - 10:12\t03/05/2024 - 10:12\t0\t192.0.2.1\t0\t{epci}\t"
    "decision_maker\tOui\n"
)
# The Webform module of later Drupals, headings by keys.
DRUPAL = (
    "serial,sid,uuid,token,uri,created,completed,changed,in_draft,current_page,"
    "remote_addr,uid,langcode,webform_id,sticky,notes,epci,profile,p2\n"
    "1,4012,6f1c,k8Zq,/enquete,2024-03-05 10:02:13,2024-03-05 10:12:13,"
    "2024-03-05 10:12:13,0,,192.0.2.1,0,fr,enquete,0,,{epci},decision_maker,Oui\n"
)
SPHINX = (
    "CLE;DATE_SAISIE;DATE_ENREG;DATE_MODIF;TEMPS_SAISIE;ORIGINE_SAISIE;LANG_SAISIE;"
    "APPAREIL_SAISIE;PROGRESSION;DERNIERE_QUESTION_SAISIE;EPCI;PROFIL;P2;Poids\n"
    "1;15/03/2024 10:00:00;15/03/2024 10:12:13;;732;Web;fr;PC;Terminé;P2;{epci};"
    "decision_maker;Oui;1,2\n"
    "2;16/03/2024 10:00:00;16/03/2024 10:12:13;;732;Web;fr;PC;Terminé;P2;{epci};"
    "decision_maker;Non;0,8\n"
)
LIMESURVEY_TEXTS = (
    "ID de la réponse,Date de soumission,Dernière page,Langue de départ,Tête de série,"
    "EPCI,PROFIL. Votre profil,P2. Un élu est-il chargé du numérique ?,"
    "P3. [Une délégation],P3. [Une vice-présidence]\n"
    "1,2024-03-05 10:12:13,9,fr,12,{epci},decision_maker,Oui,Oui,Non\n"
    "2,,4,fr,13,{epci},decision_maker,Non,Non,Non\n"
)
# Drupal Webform 7.x-4 (includes/webform.report.inc, components/select.inc), on which
# Framaforms stands: tabs, three lines of headings, the question above the first of its
# boxes, X in a box ticked; a question that follows leaves the second line empty.
FRAMAFORMS_BOXES = (
    "Inclusion numérique\t\t\t\t\t\t\t\t\t\t\t\t\n"
    "Informations de soumission\t\t\t\t\t\t\t\t\t\t"
    "Comment ce portage se traduit-il ?\t\t\n"
    "Numéro de série\tSID\tHeure de soumission\tBrouillon\tAdresse IP\tUID\t"
    "Nom d'utilisateur\tVotre intercommunalité\tVotre profil\tP2\t"
    "Une délégation ou une mission confiée\tUne délibération votée\tVos remarques\n"
    "1\t4012\t2024-03-05T10:12:13\t0\t192.0.2.1\t0\t\t{epci}\tdecision_maker\tOui\t"
    "X\t\tRien\n"
    "2\t4013\t2024-03-15T11:00:00\t0\t192.0.2.1\t0\t\t{epci}\tdecision_maker\tOui\t"
    "X\tX\t\n"
)
# LimeSurvey 6, headings as codes and texts both (application/helpers/admin/export/
# Writer.php): “code. text [sub-question]”, long texts cut by “.. ”.
LIMESURVEY_BOTH = (
    '"id. ID de la réponse","submitdate. Date de soumission","lastpage. Dernière page",'
    '"startlanguage. Langue de départ","seed. Tête de série","EPCI. Où ?",'
    '"PROFIL. Vous êtes","P2. Un élu ?","P3[SQ001]. Comment ce por.. [Une délégation]",'
    '"P3[SQ002]. Comment ce por.. [Une délibération votée]",'
    '"interviewtime. Temps total"\n'
    "1,2024-03-05 10:12:13,9,fr,12,{epci},decision_maker,Oui,Oui,Non,61\n"
)
# Google Forms: a grid has one column a line, named “question [line]”.
GOOGLE_GRID = (
    '"Horodateur","Votre EPCI","Votre rôle ?","Savez-vous… [Écrire un message]",'
    '"Savez-vous… [Acheter]","Score"\n'
    '"05/03/2024 10:12:13","{epci}","Élu","Seul","Avec aide","0 / 0"\n'
)
SHAPES = {
    "google-forms": GOOGLE,
    "framaforms": FRAMAFORMS,
    "drupal": DRUPAL,
    "sphinx": SPHINX,
    "limesurvey": LIMESURVEY_TEXTS,
}
