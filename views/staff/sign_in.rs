//! Sign-in. Posted fields: `csrf`, `email`, `password`.

use domain::party::Language;
use maud::{Markup, html};

use super::shell::{PRODUCT, open_page};
use crate::field::Input;
use crate::parts;
use crate::paths;
use crate::problem::{self, Problem};
use crate::text::common as c;
use crate::text::staff as t;

/// The sign-in form; the password is never given back.
#[must_use]
pub fn page(language: Language, csrf: &str, email: &str, problems: &[Problem]) -> Markup {
    let title = t::SIGN_IN.of(language);
    let body = html! {
        div.card.gate {
            p.brand { (PRODUCT) }
            (problem::summary(problems, language))
            h1 { (title) }
            form method="post" action=(paths::SIGN_IN) novalidate {
                (parts::hidden("csrf", csrf))
                (Input::text("email", c::EMAIL.of(language), email)
                    .kind("email")
                    .autocomplete("username")
                    .checked(problems, language))
                (Input::text("password", t::PASSWORD.of(language), "")
                    .kind("password")
                    .autocomplete("current-password")
                    .checked(problems, language))
                div.actions { button.button { (title) } }
            }
        }
    };
    open_page(language, title, &body)
}
