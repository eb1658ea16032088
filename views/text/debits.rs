//! Wording of the staff's pages about direct debits.

use domain::batch::BatchState;
use domain::party::Language;

use crate::text::{Text, plural};

texts! {
    TITLE = "Prélèvements", "Direct debits";
    TO_COLLECT = "À remettre à la banque", "To hand to the bank";
    NOTHING = "Aucun prélèvement annoncé n’attend d’être remis.",
        "No announced debit waits to be handed in.";
    PREPARE = "Préparer le fichier", "Prepare the file";
    PREPARE_HINT = "Le fichier reste un brouillon jusqu’à ce qu’une seconde personne l’approuve.",
        "The file stays a draft until a second person approves it.";
    PREPARE_ALONE = "Le fichier reste un brouillon jusqu’à ce que vous l’approuviez.",
        "The file stays a draft until you approve it.";
    NOT_MADE = "Le fichier n’a pas été fait", "The file was not made";
    ENDING = "Mandats qui prennent fin", "Mandates about to end";
    ENDING_MORE = "Sans prélèvement pendant 36 mois, un mandat n’est plus valable.",
        "Without a debit for 36 months a mandate is no longer good.";
    ENDS_ON = "Prend fin le", "Ends on";
    RETURNS = "Refus et retours", "Refusals and returns";
    REASON = "Motif", "Reason";
    FOLLOWED = "Suite donnée", "What followed";
    FEE = "Frais", "Fee";
    ANSWER = "Réponse de la banque", "The bank’s answer";
    ANSWER_FILE = "Fichier pain.002", "pain.002 file";
    ANSWER_HINT = "Le fichier par lequel la banque dit ce qu’elle accepte et refuse.",
        "The file in which the bank says what it takes and what it refuses.";
    READ = "Lire la réponse", "Read the answer";
    ANSWERED = "Réponse lue", "Answer read";
    NOT_READ = "La réponse n’a pas été lue", "The answer was not read";
    NO_ANSWER = "Choisissez le fichier reçu de la banque.", "Choose the file the bank sent.";
    UNKNOWN = "Ces lignes ne sont pas des prélèvements de ce fichier\u{a0}: voyez la banque.",
        "These lines are no debits of this file: ask the bank.";
    FILES = "Fichiers", "Files";
    REFUNDABLE = "Encore remboursable sans motif par les banques des débiteurs (8 semaines)",
        "Still refunded without a reason if debtors ask their banks (8 weeks)";
    NO_FILES = "Aucun fichier pour l’instant.", "No file yet.";
    FILE = "Fichier", "File";
    MADE = "Préparé", "Made";
    MADE_BY = "Préparé par", "Made by";
    APPROVED_BY = "Approuvé par", "Approved by";
    EXPORTED = "Sorti", "Taken out";
    DAYS = "Échéance", "Collection day";
    DEBITS = "Débits", "Debits";
    SUM = "Somme", "Sum";
    MANDATE = "Mandat", "Mandate";
    CHECKSUM = "Empreinte SHA-256", "SHA-256";
    APPROVE = "Approuver", "Approve";
    EXPORT = "Sortir le fichier pour la banque", "Take the file out for the bank";
    DOWNLOAD = "Télécharger", "Download";
    CANCEL = "Annuler le fichier", "Call the file off";
    CANCEL_OUT = "Annuler\u{a0}: la banque n’a pas ce fichier",
        "Call off: the bank does not have this file";
    CANCEL_HINT = "Si le fichier est annulé, ses prélèvements attendent le suivant.",
        "If the file is called off, its debits wait for the next one.";
    BACK = "Tous les fichiers", "All files";
    MORE = "Seuls les premiers sont montrés.", "Only the first ones are shown.";
    PAST_MORE = "Aucun fichier ne les a pris à temps. Le prochain fichier ne les prendra pas non \
                 plus\u{a0}: il leur donne le premier jour possible et l’annonce de nouveau aux \
                 débiteurs. Ils sont dans le fichier d’après.",
        "No file took them in time. The next file will not take them either: it gives them the \
         first day possible and announces it to the debtors again. They are in the file after it.";
    SAME_PERSON = "Une seconde personne doit approuver ce fichier",
        "A second person has to approve this file";
    SAME_PERSON_MORE = "Qui prépare un fichier ne l’approuve pas. Si une seule personne s’occupe \
                        des prélèvements, votre administrateur peut le déclarer.",
        "Whoever makes a file does not approve it. If one person alone works with debits, your \
         administrator can say so.";
    TOO_LATE = "Il est trop tard pour ce fichier", "It is too late for this file";
    TOO_LATE_MORE = "La banque ne le recevrait plus à temps pour sa première échéance. Annulez-le \
                     et préparez-en un autre, sauf s’il est déjà à la banque.",
        "The bank would not get it in time for its first day. Call it off and make another, \
         unless the bank already has it.";
    UNWANTED = "Un prélèvement de ce fichier n’est plus dû",
        "A debit of this file is no longer wanted";
    UNWANTED_MORE = "Il a été payé autrement, ou son mandat n’est plus valable. Annulez le \
                     fichier et préparez-en un autre.",
        "It was paid another way, or its mandate is no longer good. Call the file off and make \
         another.";
}

/// How a file stands.
#[must_use]
pub(crate) const fn state(state: BatchState) -> Text {
    let (fr, en) = match state {
        BatchState::Draft => ("à approuver", "to approve"),
        BatchState::Approved => ("approuvé", "approved"),
        BatchState::Exported => ("sorti", "taken out"),
        BatchState::Accepted => ("accepté par la banque", "accepted by the bank"),
        BatchState::Settled => ("crédité, provisoire", "credited, provisional"),
        BatchState::Firm => ("crédité, définitif", "credited, firm"),
        BatchState::Closed => ("clos", "closed"),
        BatchState::Rejected => ("refusé par la banque", "refused by the bank"),
        BatchState::Cancelled => ("annulé", "called off"),
    };
    Text { fr, en }
}

/// « Le jour de 3 prélèvements est passé ».
pub(crate) fn past(language: Language, count: usize) -> String {
    match (language, plural(language, count)) {
        (Language::Fr, true) => format!("Le jour de {count} prélèvements est passé"),
        (Language::Fr, false) => format!("Le jour de {count} prélèvement est passé"),
        (Language::En, true) => format!("The day of {count} debits has passed"),
        (Language::En, false) => format!("The day of {count} debit has passed"),
    }
}

/// « 3 prélèvements ».
pub(crate) fn count(language: Language, count: usize) -> String {
    let many = if plural(language, count) { "s" } else { "" };
    match language {
        Language::Fr => format!("{count} prélèvement{many}"),
        Language::En => format!("{count} debit{many}"),
    }
}

/// « 3 acceptés, 1 refusé, 0 déjà connu ».
pub(crate) fn answered(language: Language, taken: usize, refused: usize, known: usize) -> String {
    let s = |count| if plural(language, count) { "s" } else { "" };
    match language {
        Language::Fr => format!(
            "{taken} accepté{}, {refused} refusé{}, {known} déjà connu{}",
            s(taken),
            s(refused),
            s(known)
        ),
        Language::En => format!("{taken} accepted, {refused} refused, {known} known before"),
    }
}
