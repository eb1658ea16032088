//! The lists of the account: invoices with how each stands, and credits.

use domain::invoice::Standing;
use domain::party::Language;
use domain::{Day, Money};
use maud::{Markup, html};

use super::account::{CHOICE, Row};
use crate::layout::Frame;
use crate::parts::{self, Tone};
use crate::paths;
use crate::text::common as c;
use crate::text::portal as t;
use crate::text::report as r;
use crate::text::{labels, plan, promise};

/// The invoices; those that can be paid have a box, posted by the form around them.
pub(crate) fn invoice_table(frame: &Frame, today: Day, rows: &[&Row]) -> Markup {
    let lang = frame.language;
    html! {
        table.stack.bills {
            thead {
                tr {
                    @if frame.acts { th scope="col" { (t::SELECT.of(lang)) } }
                    th scope="col" { (c::INVOICE.of(lang)) }
                    th scope="col" { (c::DUE.of(lang)) }
                    th scope="col" { (c::STATUS.of(lang)) }
                    th.num scope="col" { (c::OPEN.of(lang)) }
                    th scope="col" { (t::ACTION.of(lang)) }
                }
            }
            tbody { @for row in rows { (invoice_row(frame, today, row)) } }
        }
    }
}

fn invoice_row(frame: &Frame, today: Day, row: &Row) -> Markup {
    let lang = frame.language;
    let item = &row.item;
    html! {
        tr {
            @if frame.acts {
                td.pick {
                    @if row.can_pay() {
                        input type="checkbox" name="i" value=(item.id)
                            checked[row.is_due_now(today)]
                            aria-label=(t::select_invoice(lang, &item.number));
                    }
                }
            }
            th scope="row" {
                a href=(paths::invoice(item.id)) { (item.number) }
                @if let Some(order) = &item.order_ref {
                    span.sub { (c::ORDER.of(lang)) " " (order) }
                }
            }
            td.due data-l=(c::DUE.of(lang)) { (parts::date(lang, item.due_on)) }
            td.state { (status(lang, today, row)) (claim(lang, row)) }
            td.num { (parts::amount(lang, item.open)) }
            td.act {
                @if let Some((id, _)) = row.dispute {
                    a.nowrap href=(paths::report(id))
                        aria-label=(t::follow_invoice(lang, &item.number)) {
                        (r::FOLLOW_SHORT.of(lang))
                    }
                    " "
                }
                @if frame.acts && row.can_dispute() {
                    a.nowrap href=(paths::dispute(item.id))
                        aria-label=(t::report_invoice(lang, &item.number)) {
                        (t::REPORT_SHORT.of(lang))
                    }
                }
            }
        }
    }
}

/// The way to what was promised or asked for.
pub(crate) fn claim(lang: Language, row: &Row) -> Markup {
    html! {
        @if let Some((id, _)) = row.plan {
            a.sub href=(paths::plan(id)) { (plan::SEE.of(lang)) }
        } @else if let Some(id) = row.promise {
            a.sub href=(paths::promise(id)) { (promise::SEE.of(lang)) }
        }
    }
}

/// The tag, and in small what it leaves unsaid: days given, parts of the amount.
pub(crate) fn status(lang: Language, today: Day, row: &Row) -> Markup {
    let item = &row.item;
    let standing = item.standing(today);
    let part = |amount: Money, whole| amount.is_positive() && standing != whole;
    let (disputed, promised) = (row.answer_by, row.promised_for);
    html! {
        @match row.plan {
            _ if row.barred => { (parts::tag(Tone::Info, t::IN_PROCEEDINGS.of(lang))) }
            Some((_, state)) if standing == Standing::Promised || !state.holds() => {
                (parts::tag(Tone::Info, labels::on_plan(state).of(lang)))
                @if standing != Standing::Promised {
                    " " (parts::standing_tag(lang, standing, item.due_on, today))
                }
            }
            _ => { (parts::standing_tag(lang, standing, item.due_on, today)) }
        }
        @if standing == Standing::Disputed && let Some(day) = disputed {
            span.sub { (t::answer_by(lang, day)) }
        }
        @if row.dispute.is_some_and(|(_, asked)| asked) {
            span.sub { strong { (r::ASKED.of(lang)) } }
        }
        @if standing == Standing::Promised && let Some(day) = promised {
            span.sub { (t::promised_for(lang, day)) }
        }
        @if part(item.disputed, Standing::Disputed) {
            span.sub { (t::part_disputed(lang, item.disputed, disputed)) }
        }
        @if part(item.promised, Standing::Promised) {
            span.sub { (t::part_promised(lang, item.promised, promised)) }
        }
        @if part(item.reserved, Standing::Processing) {
            span.sub { (t::part_processing(lang, item.reserved)) }
        }
    }
}

/// The credits; their boxes belong to the form with the invoices.
pub(crate) fn credit_table(lang: Language, rows: &[&Row], choice: bool) -> Markup {
    html! {
        h2 { (t::CREDITS.of(lang)) }
        @if choice && rows.iter().any(|row| row.can_deduct()) {
            p.sub { (t::CREDITS_HINT.of(lang)) }
        }
        table.stack.bills {
            thead {
                tr {
                    @if choice { th scope="col" { (t::SELECT.of(lang)) } }
                    th scope="col" { (c::NUMBER.of(lang)) }
                    th scope="col" { (c::STATUS.of(lang)) }
                    th scope="col" { (c::DATE.of(lang)) }
                    th.num scope="col" { (c::AMOUNT.of(lang)) }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        @if choice {
                            td.pick {
                                @if row.can_deduct() {
                                    input type="checkbox" name="c" value=(row.item.id)
                                        form=(CHOICE)
                                        aria-label=(t::select_credit(lang, &row.item.number));
                                }
                            }
                        }
                        th scope="row" { (row.item.number) }
                        td.state { (labels::item_kind(row.item.kind).of(lang)) }
                        td.due data-l=(c::DATE.of(lang)) { (parts::date(lang, row.item.issued_on)) }
                        td.num data-l=(c::AMOUNT.of(lang)) { (parts::amount(lang, row.item.open)) }
                    }
                }
            }
        }
    }
}
