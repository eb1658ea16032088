//! Wording of the staff pages.

use domain::party::Language;

use crate::text::plural;

texts! {
    SIGN_IN = "Se connecter", "Sign in";
    SIGN_OUT = "Se déconnecter", "Sign out";
    PASSWORD = "Mot de passe", "Password";
    TODAY = "Aujourd’hui", "Today";
    DEBTORS = "Clients", "Customers";
    MESSAGES = "Envois à décider", "Messages to decide";
    IMPORTS = "Imports", "Imports";
    MAILBOX = "Messages de démonstration", "Demonstration mailbox";
    NAV_MESSAGES = "Envois", "Messages";
    NAV_MAILBOX = "Démo", "Demo";
    NAVIGATION = "Navigation principale", "Main navigation";
    SUPPLIER = "Fournisseur", "Supplier";
    DATA_OF = "Données au", "Data as of";
    NO_DATA = "Aucun import", "No import yet";
    STALE = "trop ancien, relances arrêtées", "too old, reminders stopped";
    FRESH = "à jour", "up to date";
    OPEN = "Ouvert", "Open";
    LATE = "Échu", "Overdue";
    DISPUTED = "En litige", "Disputed";
    PROMISED = "Promis", "Promised";
    PROCESSING = "En cours", "Under way";
    CREDITS = "Avoirs", "Credits";
    BY_HAND = "Appels, lettres et validations", "Calls, letters and approvals";
    DISPUTES = "Litiges à traiter", "Disputes to answer";
    NO_DISPUTES = "Aucun litige n’attend de réponse.", "No dispute awaits an answer.";
    PROMISES = "Promesses", "Promises";
    NO_PROMISES = "Aucune promesse à suivre.", "No promise to follow.";
    PAYMENTS = "Paiements et prélèvements en cours", "Payments and debits under way";
    NO_PAYMENTS = "Aucun paiement en cours.", "No payment under way.";
    UNMATCHED = "Encaissements sans destinataire", "Money received that belongs to nobody known";
    NO_UNMATCHED = "Tout ce qui est arrivé a trouvé son client.",
        "All that came has found its customer.";
    PAYER = "Payeur", "Payer";
    PAYER_UNKNOWN = "inconnu", "unknown";
    WRITTEN = "Libellé", "Reference text";
    DEBTOR = "Client", "Customer";
    REASON = "Cause", "Reason";
    DECLARED = "Déclaré", "Declared";
    ANSWER_BY = "Réponse avant", "Answer by";
    DUE_DAY = "Pour le", "Due on";
    METHOD = "Moyen", "Method";
    UNSAID = "non précisé", "not said";
    OLDEST = "Plus ancienne échéance", "Oldest due date";
    SEARCH = "Rechercher un client (nom ou code)", "Search customers (name or code)";
    FIND = "Rechercher", "Search";
    NONE_FOUND = "Aucun client ne correspond.", "No customer matches.";
    NEXT = "Page suivante", "Next page";
    CONTACTS = "Contacts", "Contacts";
    NO_CONTACTS = "Aucun contact connu\u{a0}: rien ne peut être envoyé.",
        "No contact known: nothing can be sent.";
    ON_THIS_PAGE = "Sur cette page", "On this page";
    OTHERS = "Voir les autres", "Show the others";
    HISTORY = "Historique", "History";
    OLDER = "Plus ancien", "Older";
    NO_HISTORY = "Rien ne s’est encore passé.", "Nothing has happened yet.";
    MESSAGES_LEAD = "L’envoi de ces messages a été interrompu ou refusé. Personne d’autre que vous \
                     ne peut décider.",
        "The sending of these messages was cut off or refused. Nobody but you can decide.";
    NO_MESSAGES = "Aucun message n’attend de décision.", "No message awaits a decision.";
    SENT = "Messages", "Messages sent";
    EXACT_COPY = "Copie exacte", "Exact copy";
    TO = "À", "To";
    MESSAGE = "Message", "Message";
    WHEN = "Le", "On";
    TRIES = "Essais", "Tries";
    DECISION = "Décision", "Decision";
    SEND_AGAIN = "Renvoyer", "Send again";
    GIVE_UP = "Abandonner", "Give up";
    SUBJECT = "Objet", "Subject";
    NO_MAIL = "Aucun message pour l’instant.", "No message yet.";
    NO_MAIL_FOUND = "Aucun message ne correspond.", "No message matches.";
    SEARCH_MAIL = "Rechercher un destinataire (société ou adresse)",
        "Search recipients (company or address)";
    HEADERS = "En-têtes", "Headers";
    TEXT_PART = "Version texte", "Text version";
    HTML_PART = "Version mise en forme", "Formatted version";
    BACK_TO_MAIL = "Tous les messages", "All messages";
}

/// « Déclaré il y a 3 jours ».
pub(crate) fn days_ago(language: Language, count: i64) -> String {
    let many = plural(language, usize::try_from(count).unwrap_or_default());
    match (language, count, many) {
        (Language::Fr, 0, _) => String::from("aujourd’hui"),
        (Language::En, 0, _) => String::from("today"),
        (Language::Fr, _, true) => format!("il y a {count} jours"),
        (Language::Fr, _, false) => format!("il y a {count} jour"),
        (Language::En, _, true) => format!("{count} days ago"),
        (Language::En, _, false) => format!("{count} day ago"),
    }
}

/// « 3 envois attendent votre décision ».
pub(crate) fn to_decide(language: Language, count: usize) -> String {
    match (language, plural(language, count)) {
        (Language::Fr, true) => format!("{count} envois attendent votre décision"),
        (Language::Fr, false) => format!("{count} envoi attend votre décision"),
        (Language::En, true) => format!("{count} messages await your decision"),
        (Language::En, false) => format!("{count} message awaits your decision"),
    }
}

/// What staff does by hand.
#[derive(Clone, Copy)]
pub(crate) enum ByHand {
    /// To make a call.
    Call,
    /// To print a letter.
    Print,
    /// To post a printed letter.
    Post,
    /// To approve a message.
    Approve,
}

/// « 12 appels à passer ».
pub(crate) fn by_hand(language: Language, what: ByHand, count: usize) -> String {
    let one = !plural(language, count);
    let words = match (language, what, one) {
        (Language::Fr, ByHand::Call, true) => "appel à passer",
        (Language::Fr, ByHand::Call, false) => "appels à passer",
        (Language::Fr, ByHand::Print, true) => "lettre à imprimer",
        (Language::Fr, ByHand::Print, false) => "lettres à imprimer",
        (Language::Fr, ByHand::Post, true) => "lettre imprimée à poster",
        (Language::Fr, ByHand::Post, false) => "lettres imprimées à poster",
        (Language::Fr, ByHand::Approve, true) => "message à valider",
        (Language::Fr, ByHand::Approve, false) => "messages à valider",
        (Language::En, ByHand::Call, true) => "call to make",
        (Language::En, ByHand::Call, false) => "calls to make",
        (Language::En, ByHand::Print, true) => "letter to print",
        (Language::En, ByHand::Print, false) => "letters to print",
        (Language::En, ByHand::Post, true) => "printed letter to post",
        (Language::En, ByHand::Post, false) => "printed letters to post",
        (Language::En, ByHand::Approve, true) => "message to approve",
        (Language::En, ByHand::Approve, false) => "messages to approve",
    };
    format!("{} {words}", crate::format::count(language, count))
}
