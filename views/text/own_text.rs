//! Wording of the supplier's own texts: their editor, their variables, what is wrong with them.

use domain::own_text::{Flaw, Part, Variable, Why};
use domain::party::Language;
use domain::scenario::Channel;

use super::{Text, plural};

texts! {
    TITLE = "Textes des messages", "Texts of messages";
    HINT = "Chaque message a un texte d’origine. Le vôtre le remplace dans la langue et le canal \
            choisis\u{a0}; l’en-tête, la liste des factures, le bouton et les mentions légales \
            restent autour.",
        "Each message has a built-in text. Yours replaces it in one language and channel; the \
         head, the list of invoices, the button and the legal notes stay around it.";
    MESSAGE = "Message", "Message";
    TEXT_USED = "Texte utilisé", "Text in use";
    BUILT_IN = "Texte d’origine", "Built-in text";
    NOT_USABLE = "Inutilisable\u{a0}: texte d’origine envoyé", "Unusable: built-in text was sent";
    BY_EMAIL = "e-mail", "e-mail";
    BY_SMS = "SMS", "text message";
    WRITE = "Votre texte", "Your text";
    SUBJECT = "Objet", "Subject";
    BODY = "Texte du message", "Text of the message";
    BODY_HINT = "Une ligne vide sépare deux paragraphes. Le bonjour, les factures, le bouton et la \
                 signature sont ajoutés autour.",
        "An empty line separates two paragraphs. The greeting, the invoices, the button and the \
         signature are added around it.";
    SMS_HINT = "Un seul segment, lien compris, même avec les valeurs les plus longues.",
        "One segment, with its link, even with the longest values.";
    SAVE = "Enregistrer une version", "Save a version";
    SAVED_MEANWHILE = "Une version a été enregistrée entre-temps\u{a0}: relisez avant de la \
                       remplacer.",
        "A version was saved meanwhile: read it before you replace it.";
    VARIABLES = "Variables", "Variables";
    VARIABLES_HINT = "Écrites ainsi, elles prennent les valeurs du compte.",
        "Written like this, they take the account’s values.";
    NEEDED = "obligatoire", "required";
    NEEDED_ONE_OF = "l’une des deux est obligatoire", "one of the two is required";
    CONDITION = "Si une variable peut manquer", "When a variable may be empty";
    LOOP = "Facture par facture", "Invoice by invoice";
    PREVIEW = "Aperçu", "Preview";
    PREVIEW_FOR = "Client de l’aperçu", "Customer of the preview";
    PREVIEW_HINT = "Nom ou numéro de client", "Name or customer number";
    SHOW = "Afficher", "Show";
    NO_CUSTOMER = "Aucun client trouvé.", "No customer found.";
    MADE_UP = "Le compte est réel\u{a0}; ce qui ne s’est pas encore produit est inventé.",
        "The account is real; what has not happened yet is made up.";
    NOT_FILLED = "Ce texte ne convient pas à ce compte\u{a0}: le texte d’origine partirait.",
        "This text does not suit this account: the built-in text would be sent.";
    TEXT_PART = "Partie texte", "Text part";
    HTML_PART = "Partie HTML", "HTML part";
    LENGTH = "Longueur", "Length";
    TEST = "Envoyer un essai à mon adresse", "Send a test to my mailbox";
    TEST_SENT = "Essai envoyé", "Test sent";
    TEST_FAILED = "L’essai n’est pas parti", "The test was not sent";
    TEST_UNKNOWN = "L’essai est peut-être parti", "The test may have been sent";
    TEST_NUMBER = "Numéro de mobile pour l’essai", "Mobile number for the test";
    TEST_NUMBER_HINT = "Le vôtre, par exemple. Le SMS commence par «\u{a0}ESSAI\u{a0}», compte \
                        dans vos plafonds et laisse une trace au journal.",
        "Yours, for example. The text begins with “TEST”, counts towards your caps and is noted \
         in the audit trail.";
    TEST_TEXT = "Envoyer un essai par SMS", "Send a test text message";
    TEXT_TESTED = "Il est parti, marqué comme essai.", "It was sent, marked as a test.";
    NO_PROVIDER = "Pas d’essai par SMS\u{a0}: aucun prestataire n’est configuré.",
        "No test by text message: no provider is set up.";
    SILENCED = "Ce numéro ne reçoit plus vos SMS.", "This number no longer takes your texts.";
    CAPPED_DAY = "Les SMS du jour sont épuisés\u{a0}: réessayez demain.",
        "Today’s text messages are used up: try again tomorrow.";
    CAPPED_MONTH = "Le budget SMS du mois est épuisé\u{a0}: réessayez le mois prochain.",
        "This month’s budget for text messages is used up: try again next month.";
    VERSIONS = "Versions", "Versions";
    NO_VERSION = "Aucune version à vous.", "No version of your own.";
    IN_USE = "utilisée", "in use";
    USE = "Utiliser cette version", "Use this version";
    USE_AGAIN = "Reprendre cette version", "Take this version again";
    USE_BUILT_IN = "Revenir au texte d’origine", "Back to the built-in text";
    BUILT_IN_USED = "Le texte d’origine est utilisé.", "The built-in text is used.";
}

/// By which channel, in a word.
#[must_use]
pub const fn channel(channel: Channel) -> Text {
    match channel {
        Channel::Sms => BY_SMS,
        _ => BY_EMAIL,
    }
}

/// A language by its name.
#[must_use]
pub const fn language(of: Language) -> Text {
    match of {
        Language::Fr => Text {
            fr: "français",
            en: "French",
        },
        Language::En => Text {
            fr: "anglais",
            en: "English",
        },
    }
}

/// `Version 3`.
#[must_use]
pub fn version(number: u32) -> String {
    format!("Version {number}")
}

/// A link to a version's preview.
#[must_use]
pub fn look(language: Language, number: u32) -> String {
    match language {
        Language::Fr => format!("Voir la version {number}"),
        Language::En => format!("Look at version {number}"),
    }
}

/// Where a test went.
#[must_use]
pub fn test_to(language: Language, mailbox: &str) -> String {
    match language {
        Language::Fr => format!("Il est parti à {mailbox}, marqué comme essai."),
        Language::En => format!("It left for {mailbox}, marked as a test."),
    }
}

/// What the first message says that a text could not be used for.
#[must_use]
pub fn failed(language: Language, at: &str, why: &str) -> String {
    match language {
        Language::Fr => format!("Depuis le {at}\u{a0}: {why}"),
        Language::En => format!("Since {at}: {why}"),
    }
}

/// How many texts fail.
#[must_use]
pub fn failing(language: Language, count: usize, supplier: &str) -> String {
    match (language, plural(language, count)) {
        (Language::Fr, false) => format!("{supplier}\u{a0}: un texte à vous ne peut plus partir"),
        (Language::Fr, true) => {
            format!("{supplier}\u{a0}: {count} textes à vous ne peuvent plus partir")
        }
        (Language::En, false) => format!("{supplier}: a text of yours can no longer be sent"),
        (Language::En, true) => format!("{supplier}: {count} texts of yours can no longer be sent"),
    }
}

/// What a variable stands for.
#[must_use]
pub const fn variable(variable: Variable) -> Text {
    let (fr, en) = match variable {
        Variable::Supplier => ("Votre nom", "Your name"),
        Variable::Debtor => ("Nom du client", "The customer’s name"),
        Variable::Phone => ("Votre téléphone", "Your telephone"),
        Variable::Link => ("Lien vers le compte", "Link to the account"),
        Variable::Amount => ("Montant", "Amount"),
        Variable::Invoice => (
            "Facture, ou leur nombre s’il y en a plusieurs",
            "The invoice, or how many there are",
        ),
        Variable::Due => ("Première échéance", "First due day"),
        Variable::Invoices => ("Les factures", "The invoices"),
        Variable::ItemNumber => ("Numéro, dans la boucle", "Number, within the loop"),
        Variable::ItemDue => ("Échéance, dans la boucle", "Due day, within the loop"),
        Variable::ItemAmount => ("Montant, dans la boucle", "Amount, within the loop"),
        Variable::Penalties => ("Pénalités et indemnité", "Late charges"),
        Variable::Total => ("Total demandé, pénalités comprises", "All that is demanded"),
        Variable::PayBy => ("Dernier jour pour payer", "Last day to pay"),
        Variable::PaidOn => ("Jour du paiement", "Day of the payment"),
        Variable::Remaining => (
            "Reste du compte, vide s’il est soldé",
            "What is left on the account, empty if nothing",
        ),
        Variable::PromisedOn => ("Jour promis", "Promised day"),
        Variable::Reason => ("Motif du signalement", "What was reported"),
        Variable::AnswerBy => ("Réponse au plus tard le", "Answer by"),
        Variable::Answer => ("Votre décision et vos mots", "Your decision and your words"),
        Variable::CollectOn => ("Jour du prélèvement", "Day of the debit"),
        Variable::Mandate => ("Référence du mandat", "Mandate reference"),
    };
    Text { fr, en }
}

/// A flaw with its line: `ligne 3 : …`.
#[must_use]
pub fn told(language: Language, flaw: &Flaw) -> String {
    let (line, what) = (flaw.line, why(language, &flaw.why));
    match (language, flaw.part) {
        (Language::Fr, Part::Subject) => format!("Objet\u{a0}: {what}"),
        (Language::Fr, Part::Body) => format!("Ligne {line}\u{a0}: {what}"),
        (Language::En, Part::Subject) => format!("Subject: {what}"),
        (Language::En, Part::Body) => format!("Line {line}: {what}"),
    }
}

fn why(language: Language, why: &Why) -> String {
    let (french, english) = match why {
        Why::Empty | Why::TooLong(_) | Why::Lines | Why::Grows(_) | Why::Paragraphs(_) => size(why),
        Why::Missing(any_of) => missing(any_of),
        Why::NotFormal | Why::Threat(_) | Why::Iban => law(why),
        _ => syntax(why),
    };
    match language {
        Language::Fr => french,
        Language::En => english,
    }
}

type Both = (String, String);

fn size(why: &Why) -> Both {
    match why {
        Why::TooLong(over) => (
            format!("{over} caractères de trop"),
            format!("{over} characters too many"),
        ),
        Why::Lines => (
            "l’objet tient sur une ligne".to_owned(),
            "a subject is one line".to_owned(),
        ),
        Why::Grows(over) => (
            format!("{over} caractères de trop avec les valeurs les plus longues"),
            format!("{over} characters too many with the longest values"),
        ),
        Why::Paragraphs(most) => (
            format!("pas plus de {most} lignes, factures comprises"),
            format!("no more than {most} lines, invoices included"),
        ),
        _ => ("écrivez un texte".to_owned(), "write a text".to_owned()),
    }
}

fn missing(any_of: &[Variable]) -> Both {
    let names = |or: &str| {
        let names: Vec<String> = any_of
            .iter()
            .map(|one| format!("{{{{ {one} }}}}"))
            .collect();
        names.join(or)
    };
    (
        format!("ajoutez {}, hors de toute condition", names(" ou ")),
        format!("add {}, outside of any condition", names(" or ")),
    )
}

fn law(why: &Why) -> Both {
    match why {
        Why::Threat(words) => (
            format!(
                "«\u{a0}{words}\u{a0}» ne peut pas être écrit au nom d’un autre\u{a0}: seuls des \
                 rappels courtois le sont"
            ),
            format!(
                "“{words}” cannot be written in another’s name: courteous reminders only can be"
            ),
        ),
        Why::Iban => (
            "aucun IBAN dans un message\u{a0}: un fraudeur ferait pareil".to_owned(),
            "no IBAN in a message: a fraudster would do the same".to_owned(),
        ),
        _ => (
            "écrivez «\u{a0}mise en demeure\u{a0}» dans l’objet ou le texte".to_owned(),
            "write “formal notice” in the subject or the text".to_owned(),
        ),
    }
}

fn syntax(why: &Why) -> Both {
    match why {
        Why::Unclosed(signs) => (
            format!("«\u{a0}{signs}\u{a0}» n’est pas refermé"),
            format!("“{signs}” is not closed"),
        ),
        Why::Unknown(name) => (
            format!("aucune variable ne s’appelle «\u{a0}{name}\u{a0}»"),
            format!("there is no variable “{name}”"),
        ),
        Why::Elsewhere(name) => (
            format!("«\u{a0}{name}\u{a0}» n’existe pas pour ce message"),
            format!("“{name}” does not belong to this message"),
        ),
        Why::Loop(what) => (
            format!(
                "«\u{a0}{what}\u{a0}»\u{a0}: seule la boucle «\u{a0}for item in invoices\u{a0}» \
                 est admise, dans le texte d’un e-mail"
            ),
            format!(
                "“{what}”: only the loop “for item in invoices” is allowed, in the text of an \
                 e-mail"
            ),
        ),
        Why::Nested => (
            "une boucle dans une boucle n’est pas admise".to_owned(),
            "a loop within a loop is not allowed".to_owned(),
        ),
        Why::Loops => (
            "une seule boucle est admise".to_owned(),
            "one loop only is allowed".to_owned(),
        ),
        Why::Stray(word) => (
            format!("«\u{a0}{word}\u{a0}» n’a pas de début"),
            format!("“{word}” has no beginning"),
        ),
        Why::Open(word) => (
            format!("«\u{a0}{word}\u{a0}» n’est pas terminé par «\u{a0}end{word}\u{a0}»"),
            format!("“{word}” is not ended by “end{word}”"),
        ),
        Why::OutsideLoop(name) => (
            format!("«\u{a0}{name}\u{a0}» ne s’emploie que dans la boucle des factures"),
            format!("“{name}” is used within the loop over invoices only"),
        ),
        Why::Engine(reason) => (
            format!("texte illisible ({reason})"),
            format!("unreadable text ({reason})"),
        ),
        Why::Refused(what) => (
            format!(
                "«\u{a0}{what}\u{a0}» n’est pas admis\u{a0}: une variable, une condition ou la \
                 boucle des factures"
            ),
            format!("“{what}” is not allowed: a variable, a condition or the loop over invoices"),
        ),
        _ => (String::new(), String::new()),
    }
}

/// How long a text message is.
#[must_use]
pub fn length(language: Language, characters: usize, segments: usize) -> String {
    let many = if plural(language, segments) { "s" } else { "" };
    match language {
        Language::Fr => format!("{characters} caractères, {segments} segment{many}"),
        Language::En => format!("{characters} characters, {segments} segment{many}"),
    }
}
