//! Who may open the account: an access passed on, a contact whose details were changed.

use super::letter::Letter;
use super::words::{fitting, say};
use super::{Mail, Rendered};

/// An access that a contact gave to a colleague, who is greeted.
#[must_use]
pub fn forwarded(mail: &Mail, may_act: bool) -> Rendered {
    let (name, debtor) = (&mail.brand.name, &mail.debtor);
    let opening = say(
        mail,
        format!("Un collègue vous donne accès au compte de {debtor} chez {name}."),
        format!("A colleague has given you access to the account of {debtor} with {name}."),
    );
    let scope = match may_act {
        true => say(
            mail,
            "Vous pouvez consulter les factures, payer, annoncer une date et signaler un problème.",
            "You can view the invoices, pay, give a payment date and report a problem.",
        ),
        false => say(
            mail,
            "Vous pouvez consulter les factures et les documents.",
            "You can view the invoices and documents.",
        ),
    };
    let subject = fitting([
        say(
            mail,
            format!("Accès au compte {debtor} chez {name}"),
            format!("Access to the account of {debtor} with {name}"),
        ),
        say(
            mail,
            "Un collègue vous donne accès à un compte",
            "A colleague has given you access to an account",
        )
        .to_owned(),
    ]);
    let action = say(mail, "Ouvrir le compte", "Open the account");
    Letter::new(subject, action, vec![opening, scope.to_owned()]).render(mail)
}

/// Told to the address that was on file before.
#[must_use]
pub fn contact_changed(mail: &Mail) -> Rendered {
    let name = &mail.brand.name;
    let opening = say(
        mail,
        format!("Vos coordonnées chez {name} viennent d’être modifiées."),
        format!("Your contact details with {name} have just been changed."),
    );
    let unasked = say(
        mail,
        "Si cette modification ne vient pas de vous, prévenez-nous sans attendre.",
        "If it was not you who made this change, please tell us at once.",
    );
    let subject = say(
        mail,
        "Vos coordonnées ont été modifiées",
        "Your contact details have been changed",
    );
    Letter::new(subject.to_owned(), "", vec![opening, unasked.to_owned()]).render(mail)
}
