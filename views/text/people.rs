//! Wording of the preferences: own details, language, accesses.

use domain::party::{Language, Scope, TaskKind};
use domain::saved_card::CardFace;

use crate::text::Text;

texts! {
    TITLE = "Préférences et contacts", "Preferences and contacts";
    SAVED = "C’est enregistré", "Saved";
    LANGUAGE = "Langue des pages et des messages", "Language of pages and messages";
    SAVE = "Enregistrer", "Save";
    DETAILS = "Vos coordonnées", "Your details";
    DETAILS_MORE = "Un code envoyé à votre adresse confirme la modification. Si l’adresse change, \
                    l’ancienne en est informée.",
        "A code sent to your address confirms the change. When the address changes, the old one \
         is told.";
    NAME = "Nom", "Name";
    PHONE = "Téléphone", "Telephone";
    EMAIL = "Adresse e-mail", "E-mail address";
    CARDS = "Cartes gardées", "Cards kept";
    CARDS_MORE = "Notre prestataire de paiement les garde pour vous. Une carte retirée ne sert \
                  plus.",
        "Our payment provider keeps them for you. A card taken back is of no use any more.";
    NOT_ME = "Je ne suis pas la bonne personne", "I am not the right person";
    NOT_ME_MORE = "Nous ne vous écrirons plus. Vous pouvez indiquer qui s’en occupe\u{a0}: nous \
                   vérifierons avant de lui écrire.",
        "We will no longer write to you. You can say who deals with this: we will check before \
         we write.";
    SUCCESSOR = "Nom de la bonne personne", "Name of the right person";
    SUCCESSOR_EMAIL = "Son adresse e-mail", "Their e-mail address";
    LEAVE = "Ne plus m’écrire", "Stop writing to me";
    LEFT = "Merci, nous ne vous écrirons plus", "Thank you, we will no longer write to you";
    LEFT_MORE = "Les liens que vous avez reçus ne s’ouvrent plus.",
        "The links you received no longer open.";
    FORWARD = "Donner accès à un collègue", "Give a colleague access";
    FORWARD_MORE = "Il reçoit son propre lien, que vous pouvez retirer à tout moment.",
        "They receive a link of their own, which you can take back at any time.";
    COLLEAGUE = "Nom du collègue", "Colleague’s name";
    COLLEAGUE_EMAIL = "Adresse e-mail du collègue", "Colleague’s e-mail address";
    SCOPE = "Le collègue peut", "The colleague can";
    VIEW = "consulter", "see";
    ACT = "consulter et agir\u{a0}: payer, promettre, signaler",
        "see and act: pay, promise, report";
    SEND = "Envoyer l’accès", "Send the access";
    ACCESSES = "Accès ouverts", "Open accesses";
    TAKE_BACK = "Retirer", "Take back";
    THIS_LINK = "ce lien", "this link";
    LINKS = "Liens reçus par message", "Links received by message";
    OWN_LINK = "Lien reçu le", "Link received on";
    CHECK = "Confirmez la modification", "Confirm the change";
    EMAIL_BAD = "Écrivez l’adresse sous la forme nom@exemple.fr",
        "Write the address as name@example.org";
    TOO_MANY = "Trop d’accès ont été donnés. Réessayez dans une heure.",
        "Too many accesses were given. Try again in an hour.";
    TASKS = "Contacts à trouver ou à vérifier", "Contacts to find or to check";
    TODO = "À faire", "To do";
    SINCE = "Depuis le", "Since";
    TASK_WRONG_PERSON = "Un contact dit ne pas être la bonne personne\u{a0}: trouver qui s’en \
                         occupe",
        "A contact says they are not the right person: find who is";
    TASK_FIND = "Plus aucun contact à qui écrire\u{a0}: en trouver un",
        "No contact left to write to: find one";
    TASK_VERIFY = "Un contact est proposé par le client\u{a0}: le vérifier",
        "The customer proposes a contact: check it";
    TASK_BAD_ADDRESS = "Les e-mails à un contact reviennent\u{a0}: trouver la bonne adresse",
        "Mail to a contact comes back: find the right address";
    TASK_BAD_NUMBER = "Les SMS à un contact n’arrivent pas\u{a0}: vérifier son numéro de mobile. \
                       Une fois fait, ils repartent à son numéro",
        "Texts to a contact do not arrive: check the mobile number. Once done, they leave for it \
         again";
    TASK_REPLY = "Le client a écrit un e-mail\u{a0}: le lire",
        "The customer wrote an e-mail: read it";
    TASK_COMPLAINED = "Un contact signale nos e-mails comme indésirables\u{a0}: l’appeler",
        "A contact reports our mail as unwanted: call them";
    DONE = "C’est fait", "Done";
    PROPOSED = "proposé", "proposed";
    GONE = "parti", "left";
    ACCEPT = "Lui écrire désormais", "Write to them from now on";
    DISMISS = "Écarter", "Dismiss";
}

/// What an access allows.
pub(crate) const fn scope(scope: Scope) -> Text {
    match scope {
        Scope::View => VIEW,
        Scope::Act => ACT,
    }
}

/// What is to be done about a contact.
pub(crate) const fn task(kind: TaskKind) -> Text {
    match kind {
        TaskKind::WrongPerson => TASK_WRONG_PERSON,
        TaskKind::FindContact => TASK_FIND,
        TaskKind::VerifyContact => TASK_VERIFY,
        TaskKind::BadAddress => TASK_BAD_ADDRESS,
        TaskKind::BadNumber => TASK_BAD_NUMBER,
        TaskKind::Complained => TASK_COMPLAINED,
        TaskKind::Reply => TASK_REPLY,
    }
}

/// « Visa se terminant par 4242, expire fin 08/2028 ».
pub(crate) fn kept_card(language: Language, face: &CardFace, is_past: bool) -> String {
    let name = super::pay::ending_in(language, &face.brand, &face.last_four);
    let expires = face.expires;
    match (language, is_past) {
        (Language::Fr, false) => format!("{name}, expire fin {expires}"),
        (Language::Fr, true) => format!("{name}, expirée fin {expires}"),
        (Language::En, false) => format!("{name}, expires end of {expires}"),
        (Language::En, true) => format!("{name}, expired end of {expires}"),
    }
}
