//! What a supplier's letters begin and end with.

use clap::Args;
use domain::postal::{PostalAddress, Sender};

use super::{say, supplier as find};
use crate::app::App;
use crate::flows::{Actor, postal};

/// The sender's side of letters.
#[derive(Args)]
pub(super) struct LetterheadArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Street and number; up to three lines
    #[arg(long, required = true)]
    street: Vec<String>,
    /// Postcode
    #[arg(long)]
    postcode: String,
    /// Town
    #[arg(long)]
    town: String,
    /// Country, as a code or by name
    #[arg(long, default_value = "FR")]
    country: String,
    /// Who signs
    #[arg(long, default_value = "")]
    signatory: String,
    /// In which capacity
    #[arg(long, default_value = "")]
    capacity: String,
    /// Company form, capital and register, printed small
    #[arg(long, default_value = "")]
    legal: String,
}

/// Sets it.
pub(super) async fn set(app: &App, args: LetterheadArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let street: Vec<&str> = args.street.iter().map(String::as_str).collect();
    let sender = Sender {
        address: PostalAddress::of(&street, &args.postcode, &args.town, &args.country),
        signatory: args.signatory,
        capacity: args.capacity,
        legal: args.legal,
    };
    let lines = sender.address.lines(&owner.name, "").join(", ");
    postal::set_sender(app, owner.id, sender, Actor::job("cli")).await?;
    say(&format!("letters of {} are from {lines}", owner.code))
}
