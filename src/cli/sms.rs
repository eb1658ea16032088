//! How a supplier's text messages leave: its account, its sender, its caps.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;
use domain::phone::Phone;

use super::{say, secret, supplier as find};
use crate::app::App;
use crate::flows::sms_settings::{
    self, Account, Named, OvhKeys, SmsSettings, Template, TwilioKeys, Way, link_chars, way,
};
use crate::flows::sms_try;
use crate::vault;

/// How its text messages leave; what is not named stays as it is.
#[derive(Args)]
pub(super) struct SmsArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Who takes the texts; `nowhere` keeps them and sends none
    #[arg(long, value_parser = ["ovh", "brevo", "smsmode", "twilio", "http", "nowhere"])]
    provider: Option<String>,
    /// File with the account's keys: TOML as docs/sms.md shows, or for brevo and smsmode the key
    #[arg(long, requires = "provider")]
    keys_file: Option<PathBuf>,
    /// Name that phones show as the sender, 3 to 11 letters and digits
    #[arg(long)]
    sender: Option<String>,
    /// Texts a day, at most
    #[arg(long)]
    texts_a_day: Option<u32>,
    /// Money a month, at most, such as "100 EUR"; "none" for no cap
    #[arg(long)]
    spend_a_month: Option<String>,
    /// What a segment costs, where the provider does not tell, such as "0.065 EUR"
    #[arg(long)]
    price: Option<String>,
    /// A shorter address that leads to the portal, for links in texts; "none" for the portal's own
    #[arg(long, value_name = "URL")]
    short_origin: Option<String>,
    /// Send no texts any more
    #[arg(long, conflicts_with = "provider")]
    none: bool,
    /// Send one text to this number, to see it arrive
    #[arg(long, value_name = "NUMBER")]
    try_to: Option<String>,
}

/// Sets it, and says how things stand.
pub(super) async fn set(app: &App, args: SmsArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let account = account(&args)?;
    let hook = vault::hex(&vault::random::<16>()?);
    let try_to = args.try_to.clone();
    let mut tried = sms_settings::load(app, owner.id).await?;
    let change = move |settings: &mut SmsSettings| apply(settings, &args, (&account, &hook));
    change(&mut tried);
    if tried.account.is_none() {
        sms_settings::change(app, owner.id, change).await?;
        return say("no text messages are sent");
    }
    if let Err(why) = way(tried) {
        bail!("nothing was changed: {why}");
    }
    let settings = sms_settings::change(app, owner.id, change).await?;
    let hook = settings.hook(&app.origin, owner.id);
    let open = match way(settings) {
        Ok(open) => open,
        Err(why) => bail!(why),
    };
    for line in lines(&open, &app.origin) {
        say(&line)?;
    }
    if let Some(hook) = hook {
        say(&format!("receipts {hook}"))?;
    }
    if let Some(number) = try_to {
        let number: Phone = number.parse()?;
        ensure!(
            number.is_mobile(),
            "{number} is no mobile number that is known"
        );
        say(&sms_try::send(app, &owner, &open, number).await?)?;
    }
    Ok(())
}

fn apply(settings: &mut SmsSettings, args: &SmsArgs, (account, hook): (&Option<Account>, &str)) {
    if args.none {
        *settings = SmsSettings::default();
        return;
    }
    if let Some(account) = account {
        settings.account = Some(account.clone());
        settings.hook_secret.get_or_insert_with(|| hook.to_owned());
    }
    if let Some(sender) = &args.sender {
        settings.sender = sender.trim().to_owned();
    }
    if let Some(most) = args.texts_a_day {
        settings.texts_a_day = most;
    }
    if let Some(most) = &args.spend_a_month {
        settings.spend_a_month = unless_none(most);
    }
    if let Some(price) = &args.price {
        settings.price = unless_none(price);
    }
    if let Some(origin) = &args.short_origin {
        let origin = unless_none(origin);
        settings.short_origin = origin.map(|one| one.trim_end_matches('/').to_owned());
    }
}

fn unless_none(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text != "none")
}

fn account(args: &SmsArgs) -> anyhow::Result<Option<Account>> {
    let Some(provider) = &args.provider else {
        return Ok(None);
    };
    if provider == "nowhere" {
        return Ok(Some(Account::Nowhere));
    }
    let Some(path) = &args.keys_file else {
        bail!("--keys-file is missing: the keys of the account at {provider}");
    };
    read(provider, path).map(Some)
}

fn read(provider: &str, path: &Path) -> anyhow::Result<Account> {
    let text = secret(path)?;
    let what = || path.display().to_string();
    Ok(match provider {
        "ovh" => Account::Ovh(toml::from_str::<OvhKeys>(&text).with_context(what)?),
        "twilio" => Account::Twilio(toml::from_str::<TwilioKeys>(&text).with_context(what)?),
        "http" => Account::Http(toml::from_str::<Template>(&text).with_context(what)?),
        "brevo" => Account::Brevo(named(&text).with_context(what)?),
        _ => Account::Smsmode(named(&text).with_context(what)?),
    })
}

/// One key, by itself or in TOML.
fn named(text: &str) -> anyhow::Result<Named> {
    if text.contains('=') && text.contains('"') {
        return Ok(toml::from_str(text)?);
    }
    Ok(Named {
        key: text.to_owned(),
        url: None,
    })
}

/// How things stand, without what is secret.
fn lines(open: &Way, origin: &str) -> Vec<String> {
    let settings = &open.settings;
    let most = settings.spend_a_month.as_deref().unwrap_or("no money cap");
    let price = settings.price.as_deref();
    let price = price.unwrap_or("not set: what is spent is known only where the provider tells");
    let mut all = vec![
        format!("texts by {} from {}", open.account.provider(), open.sender),
        format!(
            "at most {} texts a day, {most} a month",
            settings.texts_a_day
        ),
        format!("price of a segment {price}"),
    ];
    let chars = link_chars(settings.link_origin(origin));
    if !settings.links_fit(origin) {
        all.push(format!(
            "links have {chars} characters: some texts leave things out or take two segments; a \
             shorter address helps (--short-origin)"
        ));
    }
    all
}
