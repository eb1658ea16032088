//! The HTML part: one column of 600 pixels, tables and inline styles, as mail programs need them.

use domain::party::Language;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::letter::Letter;
use super::{Mail, MailInvoice, words};
use crate::brand::button_ink;

const PAGE: &str = "margin:0;padding:0;background:#FAF9F6;color:#1B1F24;\
    font:17px/26px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const CARD: &str = "width:100%;max-width:600px;background:#FFFFFF;color:#1B1F24;\
    font:17px/26px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;text-align:left";
const CELL: &str = "padding:10px 12px 10px 0;border-bottom:1px solid #DEDCD5;font-weight:400";
const LAST: &str = "padding:10px 0;border-bottom:1px solid #DEDCD5;\
    text-align:right;white-space:nowrap";
const HEAD: &str = "padding:0 12px 6px 0;border-bottom:1px solid #7B8088;\
    font-weight:400;color:#565D66";
const HEAD_LAST: &str = "padding:0 0 6px;border-bottom:1px solid #7B8088;\
    font-weight:400;color:#565D66;text-align:right";
const SMALL: &str = "margin:0 0 12px;font-size:14px;line-height:21px;color:#565D66";

/// Colours for dark screens.
const DARK: &str = ":root{color-scheme:light dark}\
    @media(prefers-color-scheme:dark){.page{background:#14171A!important}\
    .card{background:#1D2125!important;color:#ECEAE4!important}\
    .muted,th{color:#A9AFB7!important}td,th{border-color:#434A52!important}\
    .plain{color:#9CC4FF!important}}";

/// A whole document.
pub(super) fn part(mail: &Mail, letter: &Letter) -> String {
    let of = (mail.language, letter.subject.as_str());
    page(of, &branded(mail), &card(mail, letter))
}

/// A few paragraphs in nobody's colours, and one address.
pub(super) fn plain(of: (Language, &str), paragraphs: &[String], address: &str) -> String {
    let inner = html! {
        table.card role="presentation" width="600" cellpadding="0" cellspacing="0" style=(CARD) {
            tr {
                td style="padding:20px 24px 8px;border-top:4px solid #7B8088" {
                    @for text in paragraphs { (paragraph(text)) }
                    p style="margin:0 0 16px;word-break:break-all" {
                        a.plain href=(address) style="color:#1F4E8C" { (address) }
                    }
                }
            }
        }
    };
    page(of, "", &inner)
}

fn page((language, subject): (Language, &str), style: &str, inner: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (subject) }
                style { (PreEscaped(DARK)) (PreEscaped(style)) }
            }
            body.page style=(PAGE) {
                table.page role="presentation" width="100%" cellpadding="0" cellspacing="0"
                    style="background:#FAF9F6" {
                    tr { td align="center" style="padding:24px 12px" { (inner) } }
                }
            }
        }
    }
    .into_string()
}

/// The supplier's colour stays in the dark, and Outlook on the web does not recolour the button.
fn branded(mail: &Mail) -> String {
    let (accent, on) = (mail.brand.accent, button_ink(mail.brand.accent));
    format!(
        "@media(prefers-color-scheme:dark){{.brand{{border-color:{accent}!important}}}}\
         [data-ogsb] .button{{background:{accent}!important}}\
         [data-ogsc] .button a{{color:{on}!important}}"
    )
}

fn card(mail: &Mail, letter: &Letter) -> Markup {
    let brand = format!(
        "padding:20px 24px 0;border-top:4px solid {}",
        mail.brand.accent
    );
    html! {
        table.card role="presentation" width="600" cellpadding="0" cellspacing="0" style=(CARD) {
            tr { td.brand style=(brand) { (head(mail)) } }
            tr { td style="padding:20px 24px 8px" { (body(mail, letter)) } }
            tr { td style="padding:4px 24px 12px;border-top:1px solid #DEDCD5" { (foot(mail)) } }
        }
    }
}

fn head(mail: &Mail) -> Markup {
    html! {
        div style="font-size:21px;line-height:28px;font-weight:600" { (mail.brand.name) }
        div.muted style="font-size:15px;line-height:22px;color:#565D66" { (mail.debtor) }
    }
}

fn body(mail: &Mail, letter: &Letter) -> Markup {
    html! {
        @if let Some(lead) = &letter.lead {
            p style="margin:0 0 16px;font-size:21px;line-height:28px;font-weight:600" { (lead) }
        }
        (paragraph(&words::greeting(mail)))
        @for text in &letter.opening { (paragraph(text)) }
        (facts(letter))
        @if !mail.invoices.is_empty() { (invoices(mail, letter)) }
        @if !mail.link.is_empty() { (button(mail, letter)) }
        @for text in &letter.closing { (paragraph(text)) }
        (paragraph(&words::question(mail)))
        @if let Some(note) = &letter.note { p.muted style=(SMALL) { (note) } }
    }
}

fn paragraph(text: &str) -> Markup {
    html! {
        p style="margin:0 0 16px" {
            @for (place, line) in text.lines().enumerate() {
                @if place > 0 { br; }
                (line)
            }
        }
    }
}

fn facts(letter: &Letter) -> Markup {
    html! {
        @if !letter.facts.is_empty() {
            table width="100%" cellpadding="0" cellspacing="0"
                style="margin:0 0 24px;font-size:15px;line-height:22px" {
                @for (label, value) in &letter.facts {
                    tr valign="top" {
                        th scope="row" align="left" style={ (CELL) ";color:#565D66" } { (label) }
                        td style={ (CELL) ";word-break:break-word" } {
                            @if letter.sum == Some(*label) { strong { (value) } }
                            @else { (value) }
                        }
                    }
                }
            }
        }
    }
}

fn invoices(mail: &Mail, letter: &Letter) -> Markup {
    let (listed, rest) = words::shown(mail);
    let (number, due, amount) = words::say(
        mail,
        ("Facture", "Échéance", "Montant"),
        ("Invoice", "Due", "Amount"),
    );
    html! {
        table width="100%" cellpadding="0" cellspacing="0"
            style="margin:0 0 24px;font-size:15px;line-height:22px" {
            tr {
                th scope="col" align="left" style=(HEAD) { (number) }
                th scope="col" align="left" style=(HEAD) { (due) }
                th scope="col" style=(HEAD_LAST) { (amount) }
            }
            @for invoice in listed { (row(mail, letter, invoice)) }
            @if let Some(rest) = rest { tr { td colspan="3" style=(CELL) { (rest) } } }
            @if let Some(total) = words::total(mail) {
                tr {
                    td colspan="2" style="padding:10px 12px 0 0;font-weight:600" { "Total" }
                    td style="padding:10px 0 0;font-weight:600;text-align:right" { (total) }
                }
            }
        }
    }
}

/// A number of usual length stays on one line; a very long one may break to fit a telephone.
fn row(mail: &Mail, letter: &Letter, invoice: &MailInvoice) -> Markup {
    let usual = invoice.number.chars().count() <= 14;
    let wrap = if usual {
        "nowrap"
    } else {
        "normal;word-break:break-word"
    };
    html! {
        tr {
            td style={ (CELL) ";white-space:" (wrap) } { (invoice.number) }
            td style=(CELL) { (words::due(mail, letter, invoice)) }
            td style=(LAST) { (words::money(mail, invoice.amount)) }
        }
    }
}

/// A padded link, and the address itself for those who look before they click.
fn button(mail: &Mail, letter: &Letter) -> Markup {
    let (accent, on) = (mail.brand.accent, button_ink(mail.brand.accent));
    let cell = format!("border-radius:6px;border:1px solid #7B8088;background:{accent}");
    let link = format!(
        "display:inline-block;padding:12px 24px;font-weight:600;text-decoration:none;color:{on}"
    );
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 8px" {
            tr {
                td.button bgcolor=(accent) style=(cell) {
                    a href=(mail.link) style=(link) { (letter.action) }
                }
            }
        }
        p.muted style="margin:0 0 24px;font-size:14px;line-height:21px;word-break:break-all" {
            a.plain href=(mail.link) style="color:#1F4E8C" { (mail.link) }
        }
    }
}

fn foot(mail: &Mail) -> Markup {
    let brand = &mail.brand;
    let lines = [
        &brand.name,
        &brand.address,
        &brand.contact_email,
        &brand.contact_phone,
    ];
    html! {
        p.muted style=(format!("{SMALL};margin-top:12px")) {
            @for line in lines { @if !line.is_empty() { (line) br; } }
        }
        p.muted style=(SMALL) { (words::footer(mail)) }
    }
}
