//! The code that proves who acts. It stands in the first line, never in the subject, and no link
//! stands beside it: whoever asked for it has the page open.

use domain::code::{Action, MINUTES};

use super::letter::Letter;
use super::words::say;
use super::{Mail, Rendered};
use crate::text::code::purpose;

/// What stands for the digits in the copy that is kept.
pub const HIDDEN: &str = "••••••";

/// The code, and what it is for.
#[must_use]
pub fn code(mail: &Mail, digits: &str, action: Action) -> Rendered {
    let purpose = purpose(action, mail.language);
    let lead = say(
        mail,
        format!("Votre code : {digits}"),
        format!("Your code: {digits}"),
    );
    let what = say(
        mail,
        format!(
            "Il est valable {MINUTES} minutes et sert à {purpose}, sur la page qui le demande."
        ),
        format!(
            "It is valid for {MINUTES} minutes and lets you {purpose}, on the page that asks for \
             it."
        ),
    );
    let warning = say(
        mail,
        "Ne le donnez à personne : nous ne le demandons jamais par téléphone ni par e-mail. Si \
         vous n’avez rien demandé, prévenez-nous.",
        "Do not share it with anyone: we never ask for it by telephone or e-mail. If you did not \
         request it, please tell us.",
    );
    let subject = say(mail, "Votre code de confirmation", "Your confirmation code");
    let opening = vec![what, warning.to_owned()];
    let mut letter = Letter::new(subject.to_owned(), "", opening);
    letter.lead = Some(lead);
    letter.render(mail)
}
