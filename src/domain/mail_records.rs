//! What a domain's DNS says of the mail sent in its name: SPF (RFC 7208), DKIM (RFC 6376), DMARC
//! (RFC 7489). Large mailbox providers refuse bulk senders without all three.

/// How a record stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// As it should be.
    Good(String),
    /// Works, but could be better.
    Weak(String),
    /// Messages will be refused or taken for spam.
    Bad(String),
}

impl Finding {
    /// Whether something is to be done.
    #[must_use]
    pub const fn is_bad(&self) -> bool {
        matches!(self, Self::Bad(_))
    }
}

/// The one record that begins with a version; several are as bad as none.
fn only<'a>(texts: &'a [String], version: &str) -> Result<&'a str, Finding> {
    let ours = |text: &&String| {
        let text = text.trim_start().to_lowercase();
        let rest = text.strip_prefix(version);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ';']))
    };
    let mut found = texts.iter().filter(ours);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Finding::Bad(format!("no record begins with {version}"))),
        (Some(_), Some(_)) => Err(Finding::Bad(format!(
            "several records begin with {version}: keep one"
        ))),
    }
}

/// Who may send for the domain of the envelope.
#[must_use]
pub fn spf(texts: &[String]) -> Finding {
    let record = match only(texts, "v=spf1") {
        Ok(record) => record.to_lowercase(),
        Err(finding) => return finding,
    };
    let terms: Vec<&str> = record.split_whitespace().skip(1).collect();
    let all = terms
        .iter()
        .find(|term| term.trim_start_matches(['+', '-', '~', '?']) == "all");
    let leads_on = terms.iter().any(|term| term.starts_with("redirect="));
    match all {
        Some(&"-all" | &"~all") => Finding::Good(record),
        Some(&"?all") => {
            Finding::Weak(format!("{record} says nothing of others: end it with ~all"))
        }
        Some(_) => Finding::Bad(format!("{record} lets everybody send: end it with ~all")),
        None if leads_on => Finding::Good(record),
        None => Finding::Weak(format!("{record} has no end: end it with ~all")),
    }
}

/// The value of a tag in `a=1; b=2`.
fn tag(record: &str, name: &str) -> Option<String> {
    let pairs = record.split(';').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    found
        .next()
        .map(|(_, value)| value.split_whitespace().collect())
}

/// Whether the public key is the one that fits the private key.
#[must_use]
pub fn dkim(texts: &[String], public_key: &str) -> Finding {
    let keys = texts.iter().filter_map(|text| tag(text, "p"));
    let keys: Vec<String> = keys.collect();
    if keys.iter().any(|key| key == public_key) {
        return Finding::Good("the key fits".to_owned());
    }
    Finding::Bad(match keys.first().map(String::as_str) {
        None => "no key is published".to_owned(),
        Some("") => "the key was withdrawn".to_owned(),
        Some(_) => "another key is published".to_owned(),
    })
}

/// What receivers do with mail that nobody vouches for.
#[must_use]
pub fn dmarc(texts: &[String]) -> Finding {
    let record = match only(texts, "v=dmarc1") {
        Ok(record) => record.to_owned(),
        Err(finding) => return finding,
    };
    match tag(&record, "p")
        .as_deref()
        .map(str::to_lowercase)
        .as_deref()
    {
        Some("quarantine" | "reject") => Finding::Good(record),
        Some("none") => Finding::Weak(format!("{record} protects nobody yet")),
        _ => Finding::Bad(format!("{record} has no policy: add p=none")),
    }
}

/// Whether a domain speaks for another (relaxed alignment): the same, above or below it.
#[must_use]
pub fn aligned(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let below = |inner: &str, outer: &str| {
        outer.contains('.')
            && inner
                .strip_suffix(outer)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    one == other || below(&one, &other) || below(&other, &one)
}

/// The names under which a domain's DMARC record is looked for: its own, then those above it with
/// at least one dot.
#[must_use]
pub fn dmarc_names(domain: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = Some(domain);
    while let Some(domain) = rest.filter(|domain| domain.contains('.')) {
        names.push(format!("_dmarc.{domain}"));
        rest = domain.split_once('.').map(|(_, above)| above);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|text| (*text).to_owned()).collect()
    }

    /// `good`, `weak` or `bad`.
    fn how(finding: &Finding) -> &'static str {
        match finding {
            Finding::Good(_) => "good",
            Finding::Weak(_) => "weak",
            Finding::Bad(_) => "bad",
        }
    }

    #[test]
    fn spf_records() {
        for (records, expected) in [
            (&["v=spf1 include:_spf.example -all"][..], "good"),
            (&["google-site-verification=x", "V=SPF1 mx ~ALL"], "good"),
            (&["v=spf1 redirect=_spf.example"], "good"),
            (&["v=spf1 mx ?all"], "weak"),
            (&["v=spf1 mx"], "weak"),
            (&["v=spf1 +all"], "bad"),
            (&["v=spf1 all"], "bad"),
            (&["v=spf1 -all", "v=spf1 ~all"], "bad"),
            (&["v=spf10 -all"], "bad"),
            (&[], "bad"),
        ] {
            assert_eq!(how(&spf(&texts(records))), expected, "{records:?}");
        }
    }

    #[test]
    fn dkim_records() {
        for (records, expected) in [
            (&["v=DKIM1; k=rsa; p=AB CD"][..], "the key fits"),
            (&["p=ABCD"], "the key fits"),
            (&["v=DKIM1; p="], "the key was withdrawn"),
            (&["v=DKIM1; p=EF"], "another key is published"),
            (&["v=spf1 -all"], "no key is published"),
            (&[], "no key is published"),
        ] {
            let (Finding::Good(said) | Finding::Weak(said) | Finding::Bad(said)) =
                dkim(&texts(records), "ABCD");
            assert_eq!(said, expected, "{records:?}");
        }
    }

    #[test]
    fn dmarc_records() {
        for (records, expected) in [
            (&["v=DMARC1; p=reject; rua=mailto:a@b.example"][..], "good"),
            (&["v=DMARC1;p=Quarantine"], "good"),
            (&["v=DMARC1; p=none"], "weak"),
            (&["v=DMARC1"], "bad"),
            (&["v=DMARC1; p=none", "v=DMARC1; p=reject"], "bad"),
            (&["x"], "bad"),
        ] {
            assert_eq!(how(&dmarc(&texts(records))), expected, "{records:?}");
            assert_eq!(dmarc(&texts(records)).is_bad(), expected == "bad");
        }
    }

    #[test]
    fn domains_speak_for_those_of_their_own_house() {
        for (one, other, expected) in [
            ("boreal.example", "Boreal.example", true),
            ("mail.boreal.example", "boreal.example", true),
            ("boreal.example", "mail.boreal.example", true),
            ("a.boreal.example", "b.boreal.example", false),
            ("notboreal.example", "boreal.example", false),
            ("boreal.example", "example", false),
        ] {
            assert_eq!(aligned(one, other), expected, "{one} {other}");
        }
        let names = ["_dmarc.a.boreal.example", "_dmarc.boreal.example"];
        assert_eq!(dmarc_names("a.boreal.example"), names);
        assert_eq!(dmarc_names("localhost"), Vec::<String>::new());
    }
}
