//! Wording of scenarios, pauses and what is planned, for the staff.

use domain::insolvency::InsolvencyKind;
use domain::party::Language;
use domain::pause::{PauseKind, PauseReason};
use domain::scenario::{Behaviour, Block, Channel, Fault, Profile, Recipe};

use super::Text;
use crate::problem::ReminderWrong;

texts! {
    TITLE = "Relances", "Reminders";
    SCENARIOS = "Scénarios", "Scenarios";
    BUILT_IN = "Scénario d’origine", "Built-in scenario";
    IN_USE = "en service", "in use";
    DRAFT = "brouillon", "draft";
    NEWER = "version plus récente non activée", "newer version not in use";
    NO_SCENARIO = "Aucun scénario à vous\u{a0}: tous les clients suivent celui d’origine.",
        "No scenario of your own: all customers follow the built-in one.";
    WHO_HAS = "Qui suit quel scénario", "Who follows which scenario";
    PROFILE = "Profil de client", "Customer profile";
    SCENARIO = "Scénario suivi", "Scenario";
    ASSIGN = "Attribuer", "Assign";
    CREATE = "Nouveau scénario", "New scenario";
    NAME = "Nom du scénario", "Name of the scenario";
    RECIPE = "Modèle de départ", "Recipe to start from";
    CREATE_IT = "Créer le scénario", "Create the scenario";
    RHYTHM = "Jours, heures et rythme", "Days, hours and pace";
    RHYTHM_HINT = "Rien ne part les jours fériés.", "Nothing leaves on public holidays.";
    DAYS = "Jours d’envoi", "Days of sending";
    FIRST_HOUR = "Pas avant (heure)", "Not before (hour)";
    CLOSING_HOUR = "Plus rien à partir de (heure)", "Nothing from (hour)";
    GAP = "Jours entre deux messages à un compte", "Days between two messages to an account";
    DAILY_MAX = "Messages par jour et par adresse, au plus",
        "Messages a day to one mailbox, at most";
    NOTICE_DAYS = "Rappel avant une date promise ou une échéance d’échéancier, en jours (0\u{a0}: \
                   aucun)",
        "Reminder before a promised day or an instalment, in days (0: none)";
    SAVE = "Enregistrer", "Save";
    PAUSE_ALL = "Suspendre toutes les relances", "Pause all reminders";
    PAUSED_ALL = "Toutes les relances sont suspendues", "All reminders are paused";
    DRY_RUN = "Essai à blanc", "Dry run";
    DRY_RUN_DAY = "Jour de l’essai", "Day of the dry run";
    DRY_RUN_DO = "Simuler ce jour", "Try this day";
    DRY_RUN_HINT = "Ce que la planification de ce jour ferait des comptes tels qu’ils sont \
                    maintenant. Rien n’est envoyé.",
        "What the planning of this day would do with the accounts as they are now. Nothing is \
         sent.";
    APPROVALS = "Messages à valider", "Messages to approve";
    NO_APPROVALS = "Aucun message n’attend de validation.", "No message awaits approval.";
    APPROVE = "Valider et envoyer", "Approve and send";
    DECLINE = "Ne pas envoyer", "Do not send";
    LEAVES = "Départ", "Leaves";
    GETS = "Qui reçoit quoi", "Who gets what";
    GETS_NOT = "Qui ne reçoit rien, et pourquoi", "Who gets nothing, and why";
    NOBODY = "Personne.", "Nobody.";
    BY_REASON = "Factures sans message, par motif", "Invoices without a message, by reason";
    PASSED = "Étapes passées, par motif", "Steps passed over, by reason";
    WHY = "Motif", "Why";
    INVOICES = "Factures", "Invoices";
    CUSTOMER = "Client", "Customer";
    WHAT = "Envoi", "What";
    HOW = "Canal", "Channel";
    FIRST_HUNDRED = "Seuls les cent premiers sont listés.", "Only the first hundred are listed.";
    AFTER_APPROVAL = "après validation", "after approval";
    TIMELINE = "Déroulé", "Timeline";
    DUE_DAY = "Échéance", "Due day";
    STEPS = "Étapes", "Steps";
    STEP_OFFSET = "Jours après l’échéance (négatif\u{a0}: avant)",
        "Days after the due day (negative: before)";
    STEP_KIND = "Niveau de l’étape", "Level of the step";
    STEP_CHANNELS = "Canaux, dans l’ordre", "Channels, in order";
    CONDITIONS = "Conditions", "Conditions of the step";
    LEAST_AMOUNT = "Montant minimal de la facture", "Least amount of the invoice";
    LEAST_BALANCE = "Solde minimal du compte", "Least balance of the account";
    REST_DAYS = "Jours depuis le dernier message, au moins",
        "Days since the last message, at least";
    BEHAVIOUR = "Comportement du compte", "How the account behaved";
    ONLY_PROFILES = "Seulement ces profils (aucun coché\u{a0}: tous)",
        "Only these profiles (none ticked: all)";
    UNLESS = "Sauf si le compte a", "Unless the account has";
    APPROVAL = "Validation avant envoi", "Approval before sending";
    REMOVE = "Retirer cette étape", "Remove this step";
    NEW_STEP = "Ajouter une étape", "Add a step";
    THANKS = "Remercier après chaque paiement", "Thank after each payment";
    SAVE_VERSION = "Enregistrer une nouvelle version", "Save a new version";
    ACTIVATE = "Mettre cette version en service", "Bring this version into use";
    ACTIVATE_NONE = "Aucun profil ne suit ce scénario\u{a0}: attribuez-le ensuite.",
        "No profile follows this scenario yet: assign it next.";
    TRY_IT = "Essayer cette version à blanc", "Dry run of this version";
    CONFIRM_TITLE = "Confirmez le nombre de messages", "Confirm the number of messages";
    CANCEL = "Annuler", "Cancel";
    SAVED_MEANWHILE = "Un collègue a enregistré ce scénario entre-temps\u{a0}: vos changements \
                       sont ci-dessous, vérifiez-les et enregistrez à nouveau.",
        "A colleague saved this scenario meanwhile: your changes are below, check them and save \
         again.";
    PLANNED = "Relances de ce client", "Reminders of this customer";
    NEXT_DAYS = "Les soixante prochains jours", "The next sixty days";
    NEXT_HINT = "Si rien ne change d’ici là.", "If nothing changes until then.";
    NOTHING_PLANNED = "Rien n’est prévu.", "Nothing is planned.";
    HELD_NOW = "Aujourd’hui sans message", "Without a message today";
    CHANGE_PROFILE = "Changer de profil", "Change the profile";
    PAUSES = "Pauses et exclusions", "Pauses and exclusions";
    NO_PAUSES = "Aucune pause en cours.", "No pause holds.";
    PAUSE_KIND = "Mesure", "Measure";
    PAUSE_WHAT = "Concerne", "Applies to";
    WHOLE_ACCOUNT = "tout le compte", "the whole account";
    PAUSE_REASON = "Raison", "Reason";
    PAUSE_NOTE = "Précision", "Note";
    PAUSE_UNTIL = "Jusqu’au (inclus)", "Until (included)";
    PAUSE_DO = "Suspendre", "Pause";
    PAUSE_END = "Reprendre maintenant", "Resume now";
    INSOLVENCY = "Procédure collective", "Insolvency proceedings";
    INSOLVENCY_HINT = "Les factures antérieures au jugement ne sont plus relancées ni payables ici\
                       \u{a0}: elles se déclarent au passif.",
        "Invoices from before the judgment are no longer chased or payable here: they are to be \
         declared.";
    INSOLVENCY_KIND = "Procédure", "Proceedings";
    INSOLVENCY_NONE = "aucune", "none";
    JUDGED_ON = "Date du jugement", "Day of the judgment";
    PUBLISHED_ON = "Publication au BODACC", "Published in the BODACC";
    DECLARE_BY = "À déclarer au plus tard le", "To be declared by";
}

const fn label(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// How somebody is reached.
pub(crate) const fn channel(value: Channel) -> Text {
    match value {
        Channel::Email => label("e-mail", "e-mail"),
        Channel::Sms => label("SMS", "text message"),
        Channel::Letter => label("courrier", "letter"),
        Channel::Call => label("appel", "call"),
    }
}

/// « e-mail, sinon SMS, sinon courrier ».
pub(crate) fn channels(language: Language, all: &[Channel]) -> String {
    let between = match language {
        Language::Fr => ", sinon ",
        Language::En => ", else ",
    };
    let names: Vec<&str> = all.iter().map(|one| channel(*one).of(language)).collect();
    names.join(between)
}

/// What kind of customer.
pub(crate) const fn profile(value: Profile) -> Text {
    match value {
        Profile::Standard => label("Client courant", "Ordinary customer"),
        Profile::Key => label("Grand compte", "Key account"),
        Profile::Small => label("Petit compte", "Small account"),
        Profile::Late => label("Retardataire habituel", "Habitual late payer"),
        Profile::Public => label("Secteur public", "Public sector"),
    }
}

/// What a step keeps away from.
pub(crate) const fn block(value: Block) -> Text {
    match value {
        Block::Dispute => label("un litige ouvert", "an open dispute"),
        Block::Promise => label("une promesse en cours", "a promise under way"),
        Block::Plan => label("un échéancier", "a payment plan"),
        Block::Mandate => label("un mandat de prélèvement", "a direct debit mandate"),
    }
}

/// How the account behaved.
pub(crate) const fn behaviour(value: Behaviour) -> Text {
    match value {
        Behaviour::Any => label("peu importe", "does not matter"),
        Behaviour::Kept => label(
            "sans promesse rompue depuis un an",
            "no broken promise for a year",
        ),
        Behaviour::Broken => label(
            "promesse rompue depuis un an",
            "a broken promise within a year",
        ),
    }
}

/// A recipe.
pub(crate) const fn recipe(value: Recipe) -> Text {
    match value {
        Recipe::Standard => label(
            "Standard\u{a0}: un avis, trois rappels",
            "Standard: a notice, three reminders",
        ),
        Recipe::Gentle => label("Souple\u{a0}: plus de temps", "Gentle: more time"),
        Recipe::Firm => label(
            "Ferme\u{a0}: jusqu’à la mise en demeure",
            "Firm: up to a formal notice",
        ),
        Recipe::Public => label(
            "Secteur public\u{a0}: délais longs",
            "Public sector: long delays",
        ),
        Recipe::Resend => label(
            "Renvoyer la facture, appeler le lendemain",
            "Send the invoice again, call the next day",
        ),
    }
}

/// What is wrong with a step.
pub(crate) const fn fault(value: Fault) -> Text {
    match value {
        Fault::Empty => label("Gardez au moins une étape", "Keep at least one step"),
        Fault::TooMany => label("Douze étapes au plus", "Twelve steps at most"),
        Fault::Offset => label(
            "Indiquez un jour entre 60 jours avant et 365 jours après l’échéance",
            "Enter a day between 60 days before and 365 days after the due day",
        ),
        Fault::Side => label(
            "Un avis part avant l’échéance, un rappel à partir d’elle",
            "A notice leaves before the due day, a reminder from it on",
        ),
        Fault::SameDay => label("Une autre étape a ce jour", "Another step has this day"),
        Fault::Softer => label(
            "Cette étape est moins ferme que la précédente",
            "This step is less firm than the one before",
        ),
        Fault::SameCode => label("Une autre étape a ce code", "Another step has this code"),
        Fault::NoChannel => label("Choisissez un canal", "Choose a channel"),
        Fault::ChannelTwice => label("Un canal est nommé deux fois", "A channel is named twice"),
        Fault::Unapproved => label(
            "Une mise en demeure part après validation\u{a0}: cochez la case",
            "A formal notice leaves after approval: tick the box",
        ),
        Fault::Abrupt => label(
            "Prévoyez un rappel avant la mise en demeure",
            "Have a reminder before the formal notice",
        ),
        Fault::Condition => label(
            "Une condition est hors limites\u{a0}: 10 000 000 et 90 jours au plus",
            "A condition is out of bounds: 10,000,000 and 90 days at most",
        ),
        Fault::Kind => label("Choisissez un niveau", "Choose a level"),
    }
}

/// What is wrong with a scenario, a pause or a rhythm.
pub(crate) fn wrong(language: Language, why: ReminderWrong) -> String {
    let say = |text: Text| text.of(language).to_owned();
    match why {
        ReminderWrong::Step(found) => say(fault(found)),
        ReminderWrong::Name => say(label(
            "Donnez un nom que nul autre scénario ne porte, de 60 signes au plus",
            "Give a name that no other scenario has, of at most 60 characters",
        )),
        ReminderWrong::Rhythm => say(label(
            "Gardez au moins un jour, et une heure de fin après celle du début",
            "Keep at least one day, and an end after the beginning",
        )),
        ReminderWrong::Note => say(label(
            "Précisez la raison, en 300 signes au plus",
            "Say the reason, in at most 300 characters",
        )),
        ReminderWrong::Number(least, most) => match language {
            Language::Fr => format!("Écrivez un nombre entier entre {least} et {most}"),
            Language::En => format!("Write a whole number between {least} and {most}"),
        },
    }
}

/// A pause or an exclusion.
pub(crate) const fn pause_kind(value: PauseKind) -> Text {
    match value {
        PauseKind::Pause => label("Pause", "Pause of reminders"),
        PauseKind::Exclusion => label("Exclusion des scénarios", "Exclusion from scenarios"),
    }
}

/// Why it was made.
pub(crate) const fn pause_reason(value: PauseReason) -> Text {
    match value {
        PauseReason::Talks => label("Discussion en cours", "Talks under way"),
        PauseReason::Checking => {
            label("Vérification de nos comptes", "Our books are being checked")
        }
        PauseReason::Commercial => label("Demande du commercial", "Asked for by sales"),
        PauseReason::Closed => label("Client fermé", "Customer closed"),
        PauseReason::Lawyers => label("Dossier confié à un avocat", "In the hands of lawyers"),
        PauseReason::Group => label("Société de notre groupe", "Company of our group"),
        PauseReason::Other => label("Autre, à préciser", "Other, say what"),
    }
}

/// Which proceedings.
pub(crate) const fn insolvency(value: InsolvencyKind) -> Text {
    match value {
        InsolvencyKind::Safeguard => label("Sauvegarde", "Safeguard"),
        InsolvencyKind::Receivership => label("Redressement judiciaire", "Receivership"),
        InsolvencyKind::Liquidation => label("Liquidation judiciaire", "Liquidation"),
    }
}

/// « J−7 », « J+3 ».
pub(crate) fn offset(language: Language, days: i64) -> String {
    let letter = match language {
        Language::Fr => "J",
        Language::En => "D",
    };
    let sign = if days < 0 { "−" } else { "+" };
    format!("{letter}{sign}{}", days.unsigned_abs())
}

/// « version 3 ».
pub(crate) fn version(number: u32) -> String {
    format!("version {number}")
}

/// « 5 000 messages partiraient aujourd’hui ».
pub(crate) fn many(language: Language, count: usize) -> String {
    let count = crate::format::count(language, count);
    match language {
        Language::Fr => format!(
            "{count} messages partiraient aujourd’hui. Confirmez ce nombre ou faites d’abord un \
             essai à blanc."
        ),
        Language::En => format!(
            "{count} messages would leave today. Confirm this number, or do a dry run first."
        ),
    }
}

/// « 5 000 messages partiraient aujourd’hui », once a pause of all is over.
pub(crate) fn many_resumed(language: Language, count: usize) -> String {
    let count = crate::format::count(language, count);
    match language {
        Language::Fr => format!(
            "À la reprise, {count} messages partiraient aujourd’hui\u{a0}: ce qui attendait est \
             rattrapé. Confirmez ce nombre."
        ),
        Language::En => format!(
            "On resuming, {count} messages would leave today: what waited is caught up. Confirm \
             this number."
        ),
    }
}

/// « Oui, envoyer 5 000 messages ».
pub(crate) fn yes(language: Language, count: usize) -> String {
    let count = crate::format::count(language, count);
    match language {
        Language::Fr => format!("Oui, {count} messages peuvent partir"),
        Language::En => format!("Yes, {count} messages may leave"),
    }
}

/// « 12 messages partiraient, sur 340 comptes ouverts ».
pub(crate) fn would(language: Language, (messages, accounts): (usize, usize)) -> String {
    let plural = super::plural(language, messages);
    let (messages, accounts) = (
        crate::format::count(language, messages),
        crate::format::count(language, accounts),
    );
    match (language, plural) {
        (Language::Fr, true) => {
            format!("{messages} messages partiraient ({accounts} comptes ouverts)")
        }
        (Language::Fr, false) => {
            format!("{messages} message partirait ({accounts} comptes ouverts)")
        }
        (Language::En, true) => {
            format!("{messages} messages would leave ({accounts} open accounts)")
        }
        (Language::En, false) => {
            format!("{messages} message would leave ({accounts} open accounts)")
        }
    }
}

/// « Étape 2 ».
pub(crate) fn step(language: Language, number: usize) -> String {
    match language {
        Language::Fr => format!("Étape {number}"),
        Language::En => format!("Step {number}"),
    }
}

/// The day of the week, Monday first.
pub(crate) const WEEKDAYS: [Text; 7] = [
    label("lundi", "Monday"),
    label("mardi", "Tuesday"),
    label("mercredi", "Wednesday"),
    label("jeudi", "Thursday"),
    label("vendredi", "Friday"),
    label("samedi", "Saturday"),
    label("dimanche", "Sunday"),
];
