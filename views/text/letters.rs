//! Wording of letters: those that wait, batches, addresses.

use domain::letter::LetterState;
use domain::party::Language;

use crate::text::{Text, plural};

texts! {
    TITLE = "Lettres", "Letters";
    WAITING = "À imprimer", "To be printed";
    NONE = "Aucune lettre n’attend.", "No letter is waiting.";
    RULE = "Ce qui est payé, signalé ou promis entre-temps est retiré et annulé.",
        "What is paid, reported or promised meanwhile is left out and cancelled.";
    KIND = "Lettre", "Letter";
    SINCE = "Depuis le", "Since";
    PRINT = "Préparer le lot", "Make the batch";
    CHOOSE = "Choisir", "Choose";
    BATCHES = "Lots", "Batches";
    BATCH = "Lot de lettres", "Batch of letters";
    MADE = "Préparé le", "Made";
    BY = "Par", "By";
    COUNT = "Lettres", "Letters in it";
    TO_POST = "À poster", "To be posted";
    PDF = "PDF à imprimer", "PDF to print";
    FOLDER = "Dossier pour un prestataire (ZIP)", "Folder for a provider (ZIP)";
    REFERENCE = "Référence", "Reference";
    ADDRESSEE = "Destinataire", "Addressee";
    REGISTERED = "recommandée", "registered";
    PROOF = "Preuve de dépôt", "Proof of deposit";
    TRACKING = "N° de suivi", "Tracking number";
    OBSOLETE = "plus rien à demander\u{a0}: ne pas poster", "nothing left to ask for: do not post";
    POST_TITLE = "Après le passage à la poste", "Once they are posted";
    POSTED_ON = "Jour de dépôt", "Day of posting";
    POST = "Noter comme postées", "Note as posted";
    HOLD = "Non postées\u{a0}: remettre en attente", "Not posted: let them wait again";
    POST_RULE = "Les lettres cochées. Une recommandée ne compte comme envoyée qu’avec son numéro \
                 de suivi.",
        "The letters ticked. A registered one counts as sent only with its tracking number.";
    TRACK_TITLE = "Retour du prestataire de recommandés", "What the registered-mail provider says";
    TRACK_FILE = "Fichier CSV\u{a0}: référence, numéro de suivi, jour de dépôt",
        "CSV file: reference, tracking number, day of deposit";
    TRACK_HINT = "Avec les preuves en PDF, si vous les avez\u{a0}: leur nom commence par la \
                  référence.",
        "With the proofs as PDF, whose names begin with the reference, if you have them.";
    TRACK = "Enregistrer le retour", "Take it";
    REFUSED = "Le fichier n’est pas enregistré", "The file was not taken";
    BACK = "Toutes les lettres", "All letters";
    ADDRESS = "Adresse postale", "Postal address";
    NO_ADDRESS = "Aucune adresse postale\u{a0}: pas de lettre possible.",
        "No postal address: no letter can be sent.";
    STREET = "Rue, complément (3 lignes au plus)", "Street and more (3 lines at most)";
    POSTCODE = "Code postal", "Postcode";
    TOWN = "Ville", "Town";
    COUNTRY = "Pays", "Country";
    COUNTRY_HINT = "Laissez vide pour le pays du fournisseur.",
        "Leave empty for the supplier’s own country.";
    SAVE = "Enregistrer l’adresse", "Save the address";
    FORGET = "Effacer", "Forget it";
    ADDRESS_GONE = "sans adresse\u{a0}: ne sera pas imprimée", "no address: will not be printed";
    NOBODY = "ni nom, ni e-mail, ni téléphone", "no name, e-mail or telephone";
    CHANGE = "Modifier l’adresse", "Change the address";
    BY_STAFF = "saisie par l’équipe", "entered by staff";
    BY_BOOKS = "tirée de la balance importée", "from the imported balance";
    DAY_WRONG = "Indiquez un jour entre l’impression et aujourd’hui.",
        "Give a day between printing and today.";
    TOWN_MISSING = "Indiquez la ville", "Enter the town";
    STREET_MISSING = "Indiquez la rue ou le code postal", "Enter the street or the postcode";
    STREET_LONG = "Trois lignes de 38 caractères au plus",
        "Three lines of 38 characters at most";
}

/// How a printed letter stands.
pub(crate) const fn state(state: LetterState) -> Text {
    match state {
        LetterState::Printed => text("imprimée", "printed"),
        LetterState::Posted => text("postée", "posted"),
        LetterState::Held => text("non postée", "not posted"),
    }
}

const fn text(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// « 12 lettres ».
pub(crate) fn count(language: Language, count: usize) -> String {
    let many = if plural(language, count) { "s" } else { "" };
    match language {
        Language::Fr => format!("{count} lettre{many}"),
        Language::En => format!("{count} letter{many}"),
    }
}
