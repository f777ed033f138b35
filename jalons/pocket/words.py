"""The words of the screens of the telephone, in both languages at once.

A telephone without network changes language all the same: both travel with the page.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

COMING_IN: Words = {
    "join_title": _("Join a field survey"),
    "join_lead": _(
        "Scan the QR code of your surveyor’s sheet with the camera of this "
        "phone, or type the code written below it."
    ),
    "code": _("Your code"),
    "code_hint": _("Eight letters and digits, such as K7QM-3FXP."),
    "code_wanted": _("Type the code of your sheet."),
    "join": _("Join the survey"),
    "join_offline": _(
        "The network does not answer. The first time, it is needed: try again "
        "where it works."
    ),
    "join_again": _("Type or scan a code"),
    "join_again_lead": _(
        "This phone must join the survey again. What waits on it stays."
    ),
    "join_another": _("Join another survey"),
    "which_round": _("Which survey are you working for?"),
    "other_round": _("Change survey"),
    "not_secure_title": _("This address is not secure"),
    "not_secure": _(
        "Interviews are sealed on the phone, which browsers only allow at an "
        "address that begins with https. Ask the person in charge of the "
        "survey for it."
    ),
    "withdrawn_title": _("This phone was withdrawn from the survey"),
    "withdrawn_wiped": _("What could be read here was erased."),
    "withdrawn_left_one": _(
        "One sealed record stays, which this phone cannot open. It leaves once "
        "you have joined again."
    ),
    "withdrawn_left_many": _(
        "%(count)s sealed records stay, which this phone cannot open. They "
        "leave once you have joined again."
    ),
}
PIN: Words = {
    "pin_title": _("Choose six digits"),
    "pin_lead": _(
        "They protect the interviews under way, should this phone be lost. You "
        "type them each time you open the survey."
    ),
    "pin": _("Your six digits"),
    "pin_hint": _(
        "No digits in a row (123456), no digit six times, nor the code of the phone."
    ),
    "pin_again": _("The same six digits"),
    "pin_wanted": _("Type six digits."),
    "pin_differs": _("These are not the digits typed above."),
    "pin_keep": _("Keep these digits"),
    "pin_wrong": _("These are not the right digits."),
    "pin_wait_one": _("Too many wrong tries: wait %(count)s second, then try again."),
    "pin_wait_many": _("Too many wrong tries: wait %(count)s seconds, then try again."),
    "pin_lost": _("I forgot my six digits"),
    "pin_lost_lead": _(
        "Finished interviews stay and will be sent. Interviews under way "
        "cannot be read without the digits: they will be erased. You will need "
        "the code of your sheet, and the network."
    ),
    "pin_lost_go": _("Start again with my code"),
    "unlock_title": _("Open the survey"),
    "unlock": _("Open"),
}
BETWEEN: Words = {
    "simulated": _("Survey of the demonstration: everything in it is simulated."),
    "where": _("Commune where you are"),
    "where_first": _("First choose the commune where you are, above."),
    "begin": _("Begin an interview"),
    "drafts": _("Interviews under way"),
    "begun": _("Begun on %(moment)s"),
    "resume": _("Take up again"),
    "unreadable": _("This interview can no longer be read on this phone."),
    "drop": _("Erase"),
    "drop_title": _("Erase this interview?"),
    "drop_lead": _(
        "It is not finished, and was never sent. Nothing of it will be left."
    ),
    "drop_go": _("Erase the interview"),
    "keep_it": _("Leave it here"),
    "refusal_title": _("Somebody refuses to answer"),
    "refusal_hint": _("One tap counts the refusal. Nothing is kept of the person."),
    "refusal_counted": _("Refusal counted: %(reason)s."),
    "undo": _("Undo"),
    "undone": _("Refusal taken back."),
    "kept_title": _("On this phone"),
    "see_queue": _("See what waits"),
    "waiting_one": _("%(count)s record waiting"),
    "waiting_many": _("%(count)s records waiting"),
    "refused_one": _("%(count)s record refused"),
    "refused_many": _("%(count)s records refused"),
    "sent_one": _("%(count)s record sent"),
    "sent_many": _("%(count)s records sent"),
    "wanted": _("Who is still to be met?"),
    "wanted_hint": _("A help, not an obligation. As the team knew it on %(moment)s."),
    "wanted_line": _("%(who)s: %(left)s"),
    "install": _("Install on this phone"),
    "offline": _("Without network"),
}
OPENING: Words = {
    "notice_title": _("To read to the person"),
    "minutes": _("%(minutes)s minutes at most."),
    "notice_more": _("What becomes of the answers?"),
    "notice_purpose": _("What for"),
    "notice_legal_basis": _("By what right"),
    "notice_retention": _("For how long"),
    "notice_rights": _("Your rights"),
    "notice_publication": _("What is published"),
    "accepts": _("The person agrees: begin"),
    "refuses": _("The person does not agree"),
}
QUESTION: Words = {
    "question_of": _("Question %(number)s of %(count)s"),
    # Some are asked only after certain answers.
    "question_of_most": _("Question %(number)s, of %(count)s at most"),
    "next": _("Next"),
    "skip": _("Skip this question"),
    "back": _("Back"),
    "stop": _("Stop here and come back later"),
    "clear": _("Clear the answer"),
    "kept": _("Kept on this phone."),
    "full": _(
        "This phone has no room left: this answer is not kept. Send what "
        "waits, or remove photos, then answer again."
    ),
    "not_kept": _(
        "This answer could not be kept. Answer again; if it goes on, close the "
        "survey and open it again."
    ),
    "required": _("This one question needs an answer."),
    "listen": _("Listen"),
    "stop_listening": _("Stop listening"),
    "easy": _("Easy-to-read wording"),
    "usual": _("Usual wording"),
    "at_most_one": _("%(count)s answer at most."),
    "at_most_many": _("%(count)s answers at most."),
    "dont_know": _("I do not know"),
    "not_concerned": _("Not concerned"),
    "choose": _("Choose…"),
    "commune": _("Commune"),
    "your_answer": _("Your answer"),
    "mend_date": _("Give a date within the limits of this question."),
    "mend_length": _("Shorten this text."),
    "mend_number": _("Write digits only, such as 1.5."),
    "mend_low": _("Write at least %(minimum)s."),
    "mend_high": _("Write at most %(maximum)s."),
}
ENDING: Words = {
    "callback_title": _("Do you wish to be called back?"),
    "callback_lead": _(
        "The questions are over. This one is apart: a name and a contact, kept "
        "away from the answers. Nobody has to."
    ),
    "callback_yes": _("Yes, leave a contact"),
    "callback_no": _("No, finish"),
    "contact_title": _("How to call you back?"),
    "contact_name": _("Name"),
    "contact_name_wanted": _("Write a name."),
    "contact": _("One contact"),
    "contact_hint": _("A phone number or an e-mail address."),
    "contact_wanted": _("Write a phone number or an e-mail address."),
    "contact_agreed": _("The person was read the text above, and agrees."),
    "contact_agreed_wanted": _(
        "Without agreement no contact is kept: tick the box, or choose “No, finish”."
    ),
    "contact_linked": _(
        "They also agree that their answers are looked at before they are called."
    ),
    "contact_keep": _("Keep the contact and finish"),
    "thanks_title": _("Interview finished"),
    "thanks_online": _("It is sealed, and leaves now."),
    "thanks_offline": _(
        "It is sealed on this phone, and leaves when the network returns."
    ),
    "thanks_contact": _("The contact leaves apart, in its own sealed record."),
    "way_out": _(
        "To change their mind, the person opens this address, theirs alone. Write it "
        "on their slip now: it is not shown again."
    ),
    "begin_next": _("Next interview"),
    "home": _("Back to the survey"),
}
QUEUE: Words = {
    "queue_title": _("What is on this phone"),
    "queue_lead": _(
        "What waits leaves by itself when the network returns. What is refused "
        "stays here until you decide."
    ),
    "queue_empty": _("Nothing waits: the team has everything."),
    "send_now": _("Send now"),
    "sending": _("Sending…"),
    "no_network": _(
        "The network does not answer: what waits is kept, and will leave by itself."
    ),
    "export": _("Export to a file"),
    "line_interview": _("Interview %(number)s"),
    "line_callback": _("Contact for a call-back"),
    "line_refusal": _("Refusal to answer"),
    "state_waiting": _("waiting"),
    "state_sent": _("sent"),
    "state_refused": _("refused"),
    "no_reason": _(
        "The server does not say why. Export it to a file and give it to the "
        "person in charge of the survey."
    ),
    "try_again": _("Send again"),
    "delete": _("Delete"),
    "delete_title": _("Delete this record?"),
    "delete_lead": _(
        "The team does not have it: nothing of it will be left. Export it to a "
        "file first if you hesitate."
    ),
    "delete_go": _("Delete it"),
    "deleted": _("Deleted."),
}
SCREENS = (COMING_IN, PIN, BETWEEN, OPENING, QUESTION, ENDING, QUEUE)


def named_kinds() -> dict[str, str]:
    """What each kind of record is called, in the language in force."""
    return {
        "interview": str(_("Interview")),
        "callback": str(QUEUE["line_callback"]),
        "refusal": str(QUEUE["line_refusal"]),
    }


def texts() -> dict[str, dict[str, str]]:
    """Every word by language, then by name."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = {
                name: str(text) for screen in SCREENS for name, text in screen.items()
            }
    return found
