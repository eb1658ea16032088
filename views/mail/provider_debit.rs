//! A direct debit that the supplier's payment provider makes: under way, or refused.

use domain::Money;

use super::letter::Letter;
use super::words::{fitting, money, say};
use super::{Mail, Rendered};

/// It is under way: the notice of it, before the account is debited.
#[must_use]
pub fn debit_under_way(mail: &Mail, amount: Money) -> Rendered {
    let (amount, name) = (money(mail, amount), &mail.brand.name);
    let subject = fitting([
        say(
            mail,
            format!("Prélèvement de {amount} en cours"),
            format!("Direct debit of {amount} under way"),
        ),
        say(
            mail,
            "Votre prélèvement est en cours",
            "Your direct debit is under way",
        )
        .to_owned(),
    ]);
    let what = say(
        mail,
        format!(
            "Comme vous l’avez autorisé, votre compte sera débité de {amount} pour {name}, au plus \
             tôt dans deux jours."
        ),
        format!(
            "As you authorised, {amount} will be debited from your account for {name}, in two days \
             at the earliest."
        ),
    );
    let who = say(
        mail,
        "Stripe, notre prestataire de paiement, présente ce prélèvement à votre banque\u{a0}: son \
         nom et son identifiant créancier peuvent figurer sur votre relevé. Il vous envoie la \
         référence de votre mandat.",
        "Stripe, our payment provider, presents this debit to your bank: its name and creditor \
         identifier may appear on your statement. It will send you your mandate reference.",
    );
    let wait = say(
        mail,
        "La réponse de votre banque peut prendre jusqu’à quatorze jours ouvrés. Ne payez pas une \
         seconde fois\u{a0}: nous vous écrirons quand la somme sera reçue.",
        "Your bank’s answer may take up to fourteen working days. Please do not pay a second time: \
         we will write to you when the payment has arrived.",
    );
    let action = say(mail, "Voir le compte", "View the account");
    let opening = vec![what, who.to_owned(), wait.to_owned()];
    let mut letter = Letter::new(subject, action, opening);
    letter.closing.push(
        say(
            mail,
            "Si vous n’avez pas autorisé ce prélèvement, prévenez-nous sans attendre.",
            "If you did not authorise this debit, please tell us at once.",
        )
        .to_owned(),
    );
    letter.render(mail)
}

/// The debtor's bank refused it: no money was taken, and the invoices are open as before.
#[must_use]
pub fn debit_refused(mail: &Mail, amount: Money) -> Rendered {
    let amount = money(mail, amount);
    let subject = fitting([
        say(
            mail,
            format!("Prélèvement de {amount} refusé"),
            format!("Direct debit of {amount} refused"),
        ),
        say(mail, "Prélèvement refusé", "Direct debit refused").to_owned(),
    ]);
    let what = say(
        mail,
        format!("Votre banque a refusé le prélèvement de {amount}. Rien n’a été débité."),
        format!("Your bank refused the direct debit of {amount}. Nothing was taken."),
    );
    let follows = say(
        mail,
        "Les montants ci-dessous restent à régler. Vous pouvez les payer autrement par le lien qui \
         suit.",
        "The amounts below remain to be paid. You can pay them another way through the link \
         below.",
    );
    let action = say(mail, "Payer autrement", "Pay another way");
    Letter::new(subject, action, vec![what, follows.to_owned()]).render(mail)
}
