//! Wording of the SEPA mandate. The legal sentences are those of the scheme (`sepa.md` §5, CORE).

use domain::party::Language;

texts! {
    TITLE = "Mandat de prélèvement SEPA", "SEPA direct debit mandate";
    CREDITOR = "Créancier", "Creditor";
    ADDRESS = "Adresse", "Address";
    DEBTOR = "Débiteur", "Debtor";
    SCHEME = "Type de mandat", "Kind of mandate";
    SCHEME_CORE = "SEPA CORE", "SEPA Core";
    HOLDER = "Titulaire du compte à débiter", "Holder of the account to debit";
    IBAN = "IBAN", "IBAN";
    IBAN_HINT = "Les espaces sont acceptés.", "Spaces are accepted.";
    BIC = "BIC", "BIC";
    USAGE = "Ce mandat vaut pour", "This mandate is for";
    ONE_OFF = "Un seul prélèvement", "One debit";
    RECURRING = "Plusieurs prélèvements, chacun ordonné par vous ici",
        "Several debits, each ordered by you here";
    SIGNATORY = "Votre nom, en tant que signataire", "Your name, as signatory";
    PLACE = "Lieu de signature", "Place of signature";
    CONSENT = "Je signe ce mandat et je suis habilité à engager ce compte.",
        "I sign this mandate and am entitled to commit this account.";
    CHECK_TITLE = "Vérifiez le mandat avant de le signer", "Check the mandate before you sign";
    SIGN = "Signer le mandat", "Sign the mandate";
    SIGNED = "Votre mandat est signé", "Your mandate is signed";
    SIGNED_ON = "Date de signature", "Date of signature";
    COPY = "Une copie vous est envoyée. Vous pouvez révoquer ce mandat à tout moment auprès de \
            votre fournisseur ou de votre banque.",
        "A copy is being sent to you. You can revoke this mandate at any time with your supplier \
         or your bank.";
    ONE_STEP_LEFT = "Encore une étape\u{a0}: rien ne sera prélevé avant que vous n’ayez confirmé \
                     le montant et la date.",
        "One step left: nothing is debited before you have confirmed the amount and the day.";
    GO_ON = "Continuer vers le prélèvement", "Continue to the debit";
}

/// The authorisation and the refund right, as the CORE scheme words them.
pub(crate) fn legal(language: Language, creditor: &str) -> [String; 2] {
    match language {
        Language::Fr => [
            format!(
                "En signant ce formulaire de mandat, vous autorisez (A) {creditor} à envoyer des \
                 instructions à votre banque pour débiter votre compte, et (B) votre banque à \
                 débiter votre compte conformément aux instructions de {creditor}."
            ),
            String::from(
                "Vous bénéficiez du droit d’être remboursé par votre banque selon les conditions \
                 décrites dans la convention que vous avez passée avec elle. Une demande de \
                 remboursement doit être présentée dans les 8 semaines suivant la date de débit \
                 de votre compte.",
            ),
        ],
        Language::En => [
            format!(
                "By signing this mandate form, you authorise (A) {creditor} to send instructions \
                 to your bank to debit your account and (B) your bank to debit your account in \
                 accordance with the instructions from {creditor}."
            ),
            String::from(
                "As part of your rights, you are entitled to a refund from your bank under the \
                 terms and conditions of your agreement with your bank. A refund must be claimed \
                 within 8 weeks starting from the date on which your account was debited. Your \
                 rights are explained in a statement that you can obtain from your bank.",
            ),
        ],
    }
}
