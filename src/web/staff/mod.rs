//! The staff's pages: the whole map of their addresses is here.
//!
//! GET changes nothing. Who is signed in is asked anew for each request, with what they may do at
//! which supplier; a supplier without a role for the user is not there at all. What is posted
//! carries the session's form token and comes from our own pages.

mod account;
mod ahead;
mod answer;
mod approvals;
mod bank;
mod bank_columns;
mod call;
mod calls;
mod chosen;
mod columns;
mod contacts;
mod debits;
mod debtor;
mod debtors;
mod decision;
mod dispute;
mod documents;
mod dry_run;
mod file;
mod form;
mod history;
mod import_result;
mod imports;
mod late;
mod letter_batch;
mod letters;
mod limit;
mod mailbox;
mod mandate;
mod messages;
mod money;
mod origins;
mod past;
mod plan;
mod postal;
mod posted;
mod recalls;
mod receive;
mod reminders;
mod scenario;
mod scenarios;
mod session;
mod set_off;
mod sign_in;
mod stuck;
mod texts;
mod today;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use views::paths;
use views::staff::shell;

use super::get;
pub use limit::Tries;
use mailbox::Demonstration;

/// Every address of the staff. The handlers want `Data<App>` and one `Data<Tries>` for the whole
/// server.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(paths::STAFF_CSS).route(get(style)))
        .service(
            web::resource(paths::SIGN_IN)
                .route(get(sign_in::show))
                .route(web::post().to(sign_in::enter)),
        )
        .route(paths::SIGN_OUT, web::post().to(sign_in::leave))
        .service(web::resource(paths::TODAY).route(get(today::show)))
        .service(web::resource(paths::MESSAGES).route(get(messages::show)))
        .service(
            web::resource("/staff/messages/{message}")
                .route(get(messages::copy))
                .route(web::post().to(messages::decide)),
        )
        .configure(customer_routes)
        .configure(reminder_routes)
        .configure(hand_routes)
        .configure(bank_routes)
        .configure(debit_routes)
        .configure(import_routes);
}

/// A customer, what it said, and what is answered.
fn customer_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/staff/{supplier}/debtors").route(get(debtors::show)))
        .service(web::resource("/staff/{supplier}/debtors/{debtor}").route(get(debtor::show)))
        .service(
            web::resource("/staff/{supplier}/debtors/{debtor}/history").route(get(history::show)),
        )
        .service(
            web::resource("/staff/{supplier}/disputes/{dispute}")
                .route(get(dispute::show))
                .route(web::post().to(dispute::answer)),
        )
        .service(web::resource("/staff/{supplier}/files/{file}").route(get(file::show)))
        .route(
            "/staff/{supplier}/plans/{plan}",
            web::post().to(plan::answer),
        )
        .service(
            web::resource("/staff/{supplier}/invoices/{invoice}/documents")
                .route(get(documents::show))
                .route(web::post().to(documents::receive)),
        )
        .service(
            web::resource("/staff/{supplier}/invoices/{invoice}/late")
                .route(get(late::show))
                .route(web::post().to(late::waive)),
        )
        .service(
            web::resource("/staff/{supplier}/mandates/{mandate}")
                .route(get(mandate::show))
                .route(web::post().to(mandate::post)),
        )
        .service(
            web::resource("/staff/{supplier}/set-offs/{payment}")
                .route(get(set_off::show))
                .route(web::post().to(set_off::undo)),
        )
        .service(
            web::resource("/staff/{supplier}/documents/{document}").route(get(documents::download)),
        )
        .service(
            web::resource("/staff/{supplier}/contacts/{contact}")
                .route(get(contacts::show))
                .route(web::post().to(contacts::decide)),
        )
        .route(
            "/staff/{supplier}/events/{event}",
            web::post().to(stuck::decide),
        )
        .route(
            "/staff/{supplier}/contact-tasks/{task}",
            web::post().to(contacts::finish),
        );
}

/// Scenarios, what they would do, and what a person says to it.
fn reminder_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/staff/{supplier}/reminders")
            .route(get(scenarios::show))
            .route(web::post().to(scenarios::post)),
    )
    .service(
        web::resource("/staff/{supplier}/scenarios/{scenario}")
            .route(get(scenario::show))
            .route(web::post().to(scenario::post)),
    )
    .service(web::resource("/staff/{supplier}/dry-run").route(get(dry_run::show)))
    .service(
        web::resource("/staff/{supplier}/approvals")
            .route(get(approvals::show))
            .route(web::post().to(approvals::post)),
    )
    .service(web::resource("/staff/{supplier}/texts").route(get(texts::show)))
    .service(
        web::resource("/staff/{supplier}/texts/{text}")
            .route(get(texts::one))
            .route(web::post().to(texts::post)),
    )
    .service(web::resource("/staff/{supplier}/texts/{text}/mail").route(get(texts::mail)))
    .service(
        web::resource("/staff/{supplier}/debtors/{debtor}/reminders")
            .route(get(reminders::show))
            .route(web::post().to(reminders::post)),
    );
}

/// What staff sends by hand: letters and calls.
fn hand_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/staff/{supplier}/letters")
            .route(get(letters::show))
            .route(web::post().to(letters::print)),
    )
    .service(
        web::resource("/staff/{supplier}/letters/{letters}")
            .route(get(letter_batch::show))
            .route(web::post().to(letter_batch::post)),
    )
    .service(web::resource("/staff/{supplier}/letters/{letters}/file").route(get(letters::file)))
    .service(
        web::resource("/staff/{supplier}/letters/{letters}/folder").route(get(letters::folder)),
    )
    .service(
        web::resource("/staff/{supplier}/letters/{letters}/proof/{letter}")
            .route(get(letters::proof)),
    )
    .service(
        web::resource("/staff/{supplier}/debtors/{debtor}/address")
            .route(get(postal::show))
            .route(web::post().to(postal::post)),
    )
    .service(
        web::resource("/staff/{supplier}/debtors/{debtor}/call")
            .route(get(call::show_free))
            .route(web::post().to(call::post_free)),
    )
    .service(web::resource("/staff/{supplier}/calls").route(get(calls::show)))
    .service(web::resource("/staff/{supplier}/calls/report").route(get(calls::report)))
    .service(
        web::resource("/staff/{supplier}/calls/{call}")
            .route(get(call::show))
            .route(web::post().to(call::post)),
    );
}

/// Direct debits: their files, what banks answer, and what is asked back from them.
fn debit_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/staff/{supplier}/debits")
            .route(get(debits::show))
            .route(web::post().to(debits::prepare)),
    )
    .service(
        web::resource("/staff/{supplier}/debits/{batch}")
            .route(get(debits::batch))
            .route(web::post().to(debits::decide)),
    )
    .service(web::resource("/staff/{supplier}/debits/{batch}/file").route(get(debits::file)))
    .service(
        web::resource("/staff/{supplier}/debits/{batch}/recalls")
            .route(get(recalls::show))
            .route(web::post().to(recalls::ask)),
    )
    .service(
        web::resource("/staff/{supplier}/recalls/{recall}")
            .route(get(recalls::one))
            .route(web::post().to(recalls::decide)),
    )
    .service(web::resource("/staff/{supplier}/recalls/{recall}/file").route(get(recalls::file)))
    .route(
        "/staff/{supplier}/debit-answers",
        web::post().to(debits::answer),
    );
}

/// Files of balances.
fn import_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/staff/{supplier}/imports")
            .route(get(imports::show))
            .route(web::post().to(imports::receive)),
    )
    .service(
        web::resource("/staff/{supplier}/imports/{import}")
            .route(get(columns::show))
            .route(web::post().to(columns::confirm)),
    );
}

/// Bank files, and money that looks for its account.
fn bank_routes(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/staff/{supplier}/bank")
            .route(get(bank::show))
            .route(web::post().to(bank::receive)),
    )
    .service(
        web::resource("/staff/{supplier}/bank/{statement}")
            .route(get(bank_columns::show))
            .route(web::post().to(bank::decide)),
    )
    .service(
        web::resource("/staff/{supplier}/account")
            .route(get(account::show))
            .route(web::post().to(account::propose)),
    )
    .route(
        "/staff/{supplier}/account/{change}",
        web::post().to(account::decide),
    )
    .service(
        web::resource("/staff/{supplier}/money")
            .route(get(money::show))
            .route(web::post().to(money::decide)),
    );
}

/// The demonstration's mailbox, open to whoever looks: never registered where messages leave.
pub fn mailbox_routes(cfg: &mut web::ServiceConfig) {
    cfg.app_data(web::Data::new(Demonstration))
        .service(web::resource(paths::MAILBOX).route(get(mailbox::list)))
        .service(web::resource("/staff/mailbox/{message}").route(get(mailbox::show)))
        .service(web::resource("/staff/mailbox/{message}/html").route(get(mailbox::html)));
}

/// Whether this server is a demonstration.
pub(super) fn is_demonstration(request: &HttpRequest) -> bool {
    Demonstration::is_on(request)
}

/// The style of all staff pages.
async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(shell::STAFF_CSS)
}
