//! Wording that every page shares.

texts! {
    SKIP = "Aller au contenu", "Skip to content";
    ERROR_PREFIX = "Erreur\u{a0}: ", "Error: ";
    ERRORS_TITLE = "Il y a un problème", "There is a problem";
    CONTINUE = "Continuer", "Continue";
    CHANGE = "Modifier", "Change";
    CANCEL = "Annuler", "Cancel";
    YOUR_ACCOUNT = "Votre compte", "Your account";
    BACK_TO_ACCOUNT = "Retour à votre compte", "Back to your account";
    QUESTION = "Une question\u{a0}?", "A question?";
    EMAIL = "E-mail", "E-mail";
    NUMBER = "Numéro", "Number";
    INVOICE = "Facture", "Invoice";
    INVOICES = "Factures", "Invoices";
    ISSUED = "Émise le", "Issued";
    DUE = "Échéance", "Due";
    STATUS = "État", "Status";
    AMOUNT = "Montant", "Amount";
    TOTAL = "Total", "Total";
    OPEN = "Reste dû", "Outstanding";
    DATE = "Date", "Date";
    REFERENCE = "Référence", "Reference";
    OPTIONAL = "(facultatif)", "(optional)";
    COLUMN = "Colonne", "Column";
    ORDER = "Commande", "Order";
}
