//! Postal addresses, and how they stand in the window of an envelope (NF Z10-011, UPU S42).

/// Lines of an address, at most: more do not fit the window.
pub const LINES_MAX: usize = 6;

/// Characters of one line, at most (NF Z10-011).
pub const LINE_MAX: usize = 38;

/// Where letters to somebody go.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PostalAddress {
    /// Lines between the name and the town: building, street, box; three at most.
    pub street: Vec<String>,
    /// Postcode.
    pub postcode: String,
    /// Town, with its cedex when it has one.
    pub town: String,
    /// Country by name or code; empty for the sender's own.
    pub country: String,
}

/// What is wrong with an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PostalFault {
    /// No town: a letter without one goes nowhere.
    #[error("an address needs a town")]
    TownMissing,
    /// Neither street nor postcode.
    #[error("an address needs a street or a postcode")]
    StreetMissing,
    /// More street lines than fit.
    #[error("an address has three lines of street at most")]
    TooManyLines,
    /// A line is too long for the window.
    #[error("a line of an address has {LINE_MAX} characters at most")]
    LineTooLong,
}

/// Lines of street, at most: name, three lines, town and country make six.
pub const STREET_LINES_MAX: usize = 3;

impl PostalAddress {
    /// An address of parts as they were typed or stand in a file; blanks around them are left out.
    #[must_use]
    pub fn of(street: &[&str], postcode: &str, town: &str, country: &str) -> Self {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = street.iter().flat_map(|part| part.lines()).map(tidy);
        Self {
            street: lines.filter(|line| !line.is_empty()).collect(),
            postcode: tidy(postcode),
            town: tidy(town),
            country: tidy(country),
        }
    }

    /// The same with lines that are too long broken at a blank, as far as there is room.
    #[must_use]
    pub fn folded(mut self) -> Self {
        let mut lines = Vec::new();
        for line in &self.street {
            let mut rest = line.as_str();
            while let Some((cut, next)) = cut(rest) {
                lines.push(cut.to_owned());
                rest = next;
            }
            lines.push(rest.to_owned());
        }
        if lines.len() <= STREET_LINES_MAX {
            self.street = lines;
        }
        self
    }

    /// Whether a letter with this address would arrive and fits the window.
    pub fn check(&self) -> Result<(), PostalFault> {
        if self.town.is_empty() {
            return Err(PostalFault::TownMissing);
        }
        if self.street.is_empty() && self.postcode.is_empty() {
            return Err(PostalFault::StreetMissing);
        }
        if self.street.len() > STREET_LINES_MAX {
            return Err(PostalFault::TooManyLines);
        }
        let long = |line: &String| line.chars().count() > LINE_MAX;
        let last = [self.place(), self.country.clone()];
        match self.street.iter().chain(&last).any(long) {
            true => Err(PostalFault::LineTooLong),
            false => Ok(()),
        }
    }

    /// Postcode and town, the town in capitals.
    #[must_use]
    pub fn place(&self) -> String {
        let town = self.town.to_uppercase();
        format!("{} {town}", self.postcode).trim().to_owned()
    }

    /// The block in the window: name, street, town, and the country where it is another than the
    /// sender's. The name is cut where it is too long.
    #[must_use]
    pub fn lines(&self, name: &str, home: &str) -> Vec<String> {
        let mut lines = vec![name.chars().take(LINE_MAX).collect()];
        lines.extend(self.street.iter().cloned());
        lines.push(self.place());
        lines.extend(self.abroad(home));
        lines
    }

    /// The country in capitals, unless it is the sender's own.
    fn abroad(&self, home: &str) -> Option<String> {
        let (own, home) = (country(&self.country), country(home));
        let home = if home.is_empty() { FRANCE } else { &home };
        (!own.is_empty() && own != home).then_some(own)
    }
}

const FRANCE: &str = "FRANCE";

/// Codes that files have in the place of names, with the name on an envelope posted in France.
const COUNTRIES: &[(&str, &str)] = &[
    ("FR", FRANCE),
    ("BE", "BELGIQUE"),
    ("LU", "LUXEMBOURG"),
    ("CH", "SUISSE"),
    ("DE", "ALLEMAGNE"),
    ("ES", "ESPAGNE"),
    ("IT", "ITALIE"),
    ("PT", "PORTUGAL"),
    ("NL", "PAYS-BAS"),
    ("AT", "AUTRICHE"),
    ("IE", "IRLANDE"),
    ("GB", "ROYAUME-UNI"),
    ("UK", "ROYAUME-UNI"),
    ("MC", "MONACO"),
    ("PL", "POLOGNE"),
    ("US", "ÉTATS-UNIS"),
    ("CA", "CANADA"),
];

/// A country as it stands on an envelope: in capitals, by name where its code is known.
fn country(text: &str) -> String {
    let capitals = text.trim().to_uppercase();
    let named = COUNTRIES.iter().find(|(code, _)| *code == capitals);
    named.map_or(capitals, |(_, name)| (*name).to_owned())
}

/// A line that is too long, as what fits and the rest; none when it fits or has no blank.
fn cut(line: &str) -> Option<(&str, &str)> {
    if line.chars().count() <= LINE_MAX {
        return None;
    }
    let end = line.char_indices().nth(LINE_MAX + 1).map(|(at, _)| at);
    let head = end.and_then(|end| line.get(..end)).unwrap_or(line);
    let blank = head.rfind(' ')?;
    let (first, rest) = line.split_at_checked(blank)?;
    Some((first, rest.trim_start()))
}

/// What a supplier's letters begin and end with, beside its name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sender {
    /// Its own address.
    pub address: PostalAddress,
    /// Who signs, when a name is set.
    pub signatory: String,
    /// In which capacity.
    pub capacity: String,
    /// Company form, capital, register: a line at the foot of the head.
    pub legal: String,
}

impl Sender {
    /// From where letters are written: the town as it is typed, without its cedex.
    #[must_use]
    pub fn place(&self) -> String {
        let town = self.address.town.split_whitespace();
        let words = town.take_while(|word| !word.eq_ignore_ascii_case("cedex"));
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delmas() -> PostalAddress {
        PostalAddress::of(
            &["Bâtiment C", " 8  rue de la Gare "],
            "44000",
            "Nantes",
            "",
        )
    }

    #[test]
    fn the_block_ends_with_the_town_in_capitals() {
        let lines = delmas().lines("Transports Delmas SARL", "");
        let expected = [
            "Transports Delmas SARL",
            "Bâtiment C",
            "8 rue de la Gare",
            "44000 NANTES",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_country_stands_last_in_capitals_and_only_abroad() {
        for (own, home, last) in [
            ("BE", "", "BELGIQUE"),
            ("Belgique", "FR", "BELGIQUE"),
            ("France", "", "44000 NANTES"),
            ("fr", "France", "44000 NANTES"),
            ("FR", "BE", "FRANCE"),
            ("", "BE", "44000 NANTES"),
            ("Islande", "", "ISLANDE"),
        ] {
            let mut address = delmas();
            address.country = own.into();
            let lines = address.lines("Delmas", home);
            assert_eq!(lines.last().map(String::as_str), Some(last), "{own} {home}");
            assert!(lines.len() <= LINES_MAX);
        }
    }

    #[test]
    fn what_does_not_fit_or_arrive_is_refused() {
        let mut address = delmas();
        assert_eq!(address.check(), Ok(()));
        address.street = vec!["x".repeat(LINE_MAX + 1)];
        assert_eq!(address.check(), Err(PostalFault::LineTooLong));
        address.street = vec!["a".into(); 4];
        assert_eq!(address.check(), Err(PostalFault::TooManyLines));
        address.street.clear();
        assert_eq!(address.check(), Ok(()));
        address.postcode.clear();
        assert_eq!(address.check(), Err(PostalFault::StreetMissing));
        address.town.clear();
        assert_eq!(address.check(), Err(PostalFault::TownMissing));
    }

    #[test]
    fn long_streets_are_broken_at_a_blank() {
        let street = "Zone artisanale de la Petite Motte, 112 avenue du Général de Gaulle";
        let folded = PostalAddress::of(&[street], "85000", "Mouilleron", "").folded();
        assert_eq!(folded.street.len(), 2);
        assert_eq!(folded.street.join(" "), street);
        assert_eq!(folded.check(), Ok(()));
        let endless = PostalAddress::of(&[&"é".repeat(90)], "85000", "Mouilleron", "");
        assert_eq!(endless.clone().folded(), endless);
    }

    #[test]
    fn letters_are_written_from_the_town() {
        let mut sender = Sender::default();
        sender.address.town = "La Roche sur Yon CEDEX 9".into();
        assert_eq!(sender.place(), "La Roche sur Yon");
    }
}
