//! Whether mail leaves and is believed: relays answer, and each supplier's domain says in DNS who
//! may send for it. And whether text messages leave.

use std::sync::Arc;

use domain::mail_records::{Finding, aligned, dkim, dmarc, dmarc_names, spf};
use domain::party::Supplier;
use domain::sms::LINK_MAX;

use super::deliver::outlet;
use super::error::FlowError;
use super::{mail_settings, sms_settings};
use crate::app::App;
use crate::gateway::dkim::DkimSigner;
use crate::gateway::dns::{DnsError, Resolver};
use crate::gateway::email::Mailer;
use crate::gateway::outlet::Outlet;
use crate::store::{self, Across};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whose: a supplier's code, or the installation.
    pub whose: String,
    /// What: `relay`, `spf`, `dkim`, `dmarc`, `reports`, `texts`.
    pub what: &'static str,
    /// How it stands.
    pub finding: Finding,
}

/// Looks at all of it. The name server is the system's, unless another is named.
pub async fn look(
    app: &App,
    server: Option<std::net::SocketAddr>,
) -> Result<Vec<Check>, FlowError> {
    let resolver = server.map_or_else(Resolver::system, |at| Ok(Resolver::at(at)));
    let mut checks = vec![Check {
        whose: "installation".to_owned(),
        what: "relay",
        finding: relay(&app.mailer).await,
    }];
    let suppliers = app
        .store
        .report(Across::Upkeep, store::supplier::list)
        .await?;
    for supplier in suppliers {
        let settings = mail_settings::load(app, supplier.id).await?;
        match outlet(&settings) {
            Ok(open) => checks.extend(of_supplier(&supplier, &Arc::new(open), &resolver).await),
            Err(why) => checks.push(Check {
                whose: supplier.code.clone(),
                what: "relay",
                finding: Finding::Bad(why.to_string()),
            }),
        }
        let texts = texts(app, &supplier).await?.into_iter();
        checks.extend(texts.map(|finding| Check {
            whose: supplier.code.clone(),
            what: "texts",
            finding,
        }));
    }
    Ok(checks)
}

/// Whether texts leave, where a supplier sends any.
async fn texts(app: &App, supplier: &Supplier) -> Result<Vec<Finding>, FlowError> {
    let settings = sms_settings::load(app, supplier.id).await?;
    if settings.account.is_none() {
        return Ok(Vec::new());
    }
    let chars = sms_settings::link_chars(settings.link_origin(&app.origin));
    let fit = settings.links_fit(&app.origin);
    let mut found = vec![match sms_settings::way(settings) {
        Ok(way) => match way.texter.greet(app.now()).await {
            Ok(said) => Finding::Good(format!("{}: {said}", way.account.provider())),
            Err(why) => Finding::Bad(format!("{}: {why}", way.account.provider())),
        },
        Err(why) => Finding::Bad(why),
    }];
    if !fit {
        found.push(Finding::Weak(format!(
            "links have {chars} characters, more than {LINK_MAX}: some texts leave things out or \
             take two segments; `acquit supplier sms --short-origin` names a shorter address"
        )));
    }
    Ok(found)
}

async fn relay(mailer: &Mailer) -> Finding {
    match mailer.greet().await {
        Ok(said) => Finding::Good(said),
        Err(why) => Finding::Bad(why.to_string()),
    }
}

async fn of_supplier(
    supplier: &Supplier,
    outlet: &Arc<Outlet>,
    resolver: &Result<Resolver, DnsError>,
) -> Vec<Check> {
    let mut found: Vec<(&'static str, Finding)> = Vec::new();
    if let Some(mailer) = &outlet.mailer {
        found.push(("relay", relay(mailer).await));
    }
    match resolver {
        Ok(resolver) => found.extend(records(supplier, outlet, resolver).await),
        Err(why) => found.push(("spf", Finding::Bad(why.to_string()))),
    }
    let checks = found.into_iter().map(|(what, finding)| Check {
        whose: supplier.code.clone(),
        what,
        finding,
    });
    checks.collect()
}

async fn records(
    supplier: &Supplier,
    outlet: &Outlet,
    resolver: &Resolver,
) -> Vec<(&'static str, Finding)> {
    let sender = domain_of(&supplier.sender);
    let path = outlet.return_path.as_deref().map_or(sender, domain_of);
    let mut found = vec![("spf", told(resolver.texts(path).await, |texts| spf(&texts)))];
    for signer in &outlet.signers {
        found.push(("dkim", key(signer, sender, resolver).await));
    }
    if outlet.signers.is_empty() {
        let why = "no key signs: `acquit supplier mail --key-file …`, or let the relay sign";
        found.push(("dkim", Finding::Weak(why.to_owned())));
    }
    found.push(("dmarc", policy(sender, resolver).await));
    if outlet.return_path.is_some() {
        let hosts = told(resolver.mail_hosts(path).await, |hosts| {
            match hosts.first() {
                Some(host) => Finding::Good(format!("{path} takes mail at {host}")),
                None => Finding::Bad(format!("{path} has no mail host: no report arrives")),
            }
        });
        found.push(("reports", hosts));
    }
    found
}

fn told(
    answer: Result<Vec<String>, DnsError>,
    finding: impl Fn(Vec<String>) -> Finding,
) -> Finding {
    answer.map_or_else(|why| Finding::Bad(why.to_string()), finding)
}

async fn key(signer: &DkimSigner, sender: &str, resolver: &Resolver) -> Finding {
    if !aligned(signer.domain(), sender) {
        let why = format!("{} does not speak for {sender}", signer.domain());
        return Finding::Bad(why);
    }
    let name = signer.record_name();
    let finding = told(resolver.texts(&name).await, |texts| {
        dkim(&texts, &signer.public_key())
    });
    match finding {
        Finding::Bad(why) => Finding::Bad(format!("{why}; at {name} write: {}", signer.record())),
        Finding::Good(said) | Finding::Weak(said) => Finding::Good(format!("{name}: {said}")),
    }
}

/// The record of the domain, or of the nearest one above it.
async fn policy(sender: &str, resolver: &Resolver) -> Finding {
    let mut last = Finding::Bad(format!("{sender} has no DMARC record"));
    for name in dmarc_names(sender) {
        last = told(resolver.texts(&name).await, |texts| dmarc(&texts));
        if !last.is_bad() {
            break;
        }
    }
    last
}

fn domain_of(mailbox: &str) -> &str {
    mailbox
        .rsplit_once('@')
        .map_or(mailbox, |(_, domain)| domain)
}
