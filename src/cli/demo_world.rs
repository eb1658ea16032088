//! The demonstration's made-up companies and what they owe. Nobody here exists: names are invented
//! and every address ends in a reserved domain (RFC 2606).

use std::fmt::Write;

use domain::batch::DebitProfile;
use domain::party::{BankAccount, Language, LegalMode, Supplier};
use domain::postal::{PostalAddress, Sender};
use domain::{Day, Zone};

use crate::clock::new_id;

/// Debtors of each supplier.
const DEBTORS: [usize; 2] = [36, 24];

/// The debtor of each whom letters reach and mails do not.
const WITHOUT_EMAIL: usize = 20;

/// Documents of all debtors together.
const DOCUMENTS: usize = 400;

const TRADES: &[&str] = &[
    "Menuiserie",
    "Garage",
    "Boulangerie",
    "Imprimerie",
    "Transports",
    "Cave",
    "Pépinières",
    "Serrurerie",
    "Librairie",
    "Atelier",
    "Maçonnerie",
    "Brasserie",
    "Fromagerie",
    "Optique",
    "Papeterie",
];
const PLACES: &[&str] = &[
    "du Vieux Port",
    "des Tilleuls",
    "de la Vallée",
    "du Pont Neuf",
    "des Remparts",
    "du Marais",
    "de l’Étang",
    "des Forges",
    "du Grand Large",
    "de la Halle",
    "des Coteaux",
    "du Phare",
];
const FORMS: &[&str] = &["SARL", "SAS", "EURL", "& Fils", "SA"];

/// A fixed run of numbers: the same demonstration every time.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `below` − 1 (Knuth's MMIX generator, upper bits).
    pub(super) fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33)
            .unwrap_or(0)
            .checked_rem(below)
            .unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let place = self.roll(from.len());
        from.get(place).copied().unwrap_or_default()
    }

    fn days(&mut self, from: i64, to: i64) -> i64 {
        let width = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.roll(width)).unwrap_or(0)
    }
}

/// A document in a supplier's books.
struct Document {
    debtor: usize,
    kind: &'static str,
    number: String,
    issued_on: Day,
    due_on: Day,
    cents: i64,
    /// Paid outside Acquit on this day, as the books will show.
    gone_on: Option<Day>,
}

/// A debtor in a supplier's books.
struct Customer {
    code: String,
    name: String,
    email: String,
    phone: String,
    /// Street, postcode and town.
    postal: String,
}

/// One supplier's books.
pub(super) struct Books {
    pub(super) supplier: Supplier,
    customers: Vec<Customer>,
    documents: Vec<Document>,
}

impl Books {
    /// The balance of a day, as the accounting software would write it.
    pub(super) fn balance(&self, day: Day) -> String {
        let mut csv = String::from(
            "Code client;Nom;E-mail;Téléphone;Adresse;Code postal;Ville;Type;N° document;Date;\
             Date d'échéance;Montant TTC;Reste dû\r\n",
        );
        let open = |document: &&Document| {
            document.issued_on <= day && document.gone_on.is_none_or(|gone| gone > day)
        };
        for document in self.documents.iter().filter(open) {
            let Some(customer) = self.customers.get(document.debtor) else {
                continue;
            };
            let (code, name, email) = (&customer.code, &customer.name, &customer.email);
            let (phone, postal) = (&customer.phone, &customer.postal);
            let (kind, number) = (document.kind, &document.number);
            let (issued, due) = (french(document.issued_on), french(document.due_on));
            let amount = decimal(document.cents);
            // Writing to a String cannot fail.
            let _ = write!(
                csv,
                "{code};{name};{email};{phone};{postal};{kind};{number};{issued};{due};\
                 {amount};{amount}\r\n"
            );
        }
        csv
    }
}

/// From where a supplier's letters are written, and who signs them.
pub(super) fn letterhead(supplier: &Supplier) -> Sender {
    let (street, town) = supplier.address.split_once(", ").unwrap_or_default();
    let (postcode, town) = town.split_once(' ').unwrap_or_default();
    Sender {
        address: PostalAddress::of(&[street], postcode, town, "FR"),
        signatory: "Le service comptabilité clients".into(),
        capacity: String::new(),
        legal: String::new(),
    }
}

fn french(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{},{:02}", cents / 100, cents % 100)
}

/// Both suppliers' books, as they stand around `today`.
pub(super) fn books(today: Day) -> anyhow::Result<Vec<Books>> {
    let mut dice = Dice::new(20_261_121);
    let all: usize = DEBTORS.iter().sum();
    let suppliers = [boreal()?, lumen()?];
    Ok(suppliers
        .into_iter()
        .zip(DEBTORS)
        .map(|(supplier, count)| {
            let customers = (0..count)
                .map(|place| customer(&mut dice, &supplier, place))
                .collect();
            let documents = (0..DOCUMENTS * count / all)
                .map(|place| document(&mut dice, today, place, count))
                .collect();
            Books {
                supplier,
                customers,
                documents,
            }
        })
        .collect())
}

/// Where customers are.
const TOWNS: &[(&str, &str)] = &[
    ("44000", "Nantes"),
    ("35000", "Rennes"),
    ("69003", "Lyon"),
    ("13002", "Marseille"),
    ("59800", "Lille"),
    ("33000", "Bordeaux"),
];

fn customer(dice: &mut Dice, supplier: &Supplier, place: usize) -> Customer {
    let trade = TRADES
        .get(place % TRADES.len())
        .copied()
        .unwrap_or_default();
    let name = format!("{trade} {} {}", dice.pick(PLACES), dice.pick(FORMS));
    let letter = supplier
        .code
        .chars()
        .next()
        .unwrap_or('x')
        .to_ascii_uppercase();
    let code = format!("{letter}{:04}", 101 + place);
    let email = match place {
        WITHOUT_EMAIL => String::new(),
        _ => format!("comptabilite@{}.example", code.to_lowercase()),
    };
    let phone = format!("01 99 00 {:02} {:02}", place / 100 % 100, place % 100);
    let (postcode, town) = TOWNS.get(place % TOWNS.len()).copied().unwrap_or_default();
    let postal = format!("{} rue de la Gare;{postcode};{town}", 2 + place % 88);
    Customer {
        code,
        name,
        email,
        phone,
        postal,
    }
}

fn document(dice: &mut Dice, today: Day, place: usize, customers: usize) -> Document {
    let issued_on = today.plus_days(-dice.days(3, 130));
    let term = [30, 30, 45, 60].get(dice.roll(4)).copied().unwrap_or(30);
    let due_on = issued_on.plus_days(term);
    let credit = place % 19 == 7;
    let euros = i64::try_from(dice.roll(180) * dice.roll(60) + 48).unwrap_or(48);
    let cents = euros * 100 + i64::try_from(dice.roll(100)).unwrap_or(0);
    let late_by = dice.days(-6, 24);
    let pays = dice.roll(10) < 6 && !credit;
    Document {
        debtor: place % customers,
        kind: if credit { "AV" } else { "FA" },
        number: format!(
            "{}{}-{:05}",
            if credit { "AV" } else { "FA" },
            issued_on.year(),
            1200 + place
        ),
        issued_on,
        due_on: if credit { issued_on } else { due_on },
        cents: if credit { -cents / 4 } else { cents },
        gone_on: pays.then(|| due_on.plus_days(late_by)),
    }
}

fn boreal() -> anyhow::Result<Supplier> {
    Ok(Supplier {
        id: new_id(),
        code: "boreal".into(),
        name: "Boréal Fournitures".into(),
        address: "12 quai des Platanes, 44000 Nantes".into(),
        accent: "#0b6e5f".parse()?,
        sender: "comptabilite@boreal.example".into(),
        contact_email: "clients@boreal.example".into(),
        contact_phone: "02 99 00 12 34".into(),
        language: Language::Fr,
        zone: Zone::PARIS,
        legal_mode: LegalMode::OwnAccount,
        bank: Some(BankAccount {
            holder: "BOREAL FOURNITURES SAS".into(),
            iban: "FR7630006000011234567890189".parse()?,
            bic: Some("AGRIFRPP".parse()?),
            creditor_id: Some("FR72ZZZ123456".parse()?),
            debits: alone(),
        }),
        promise_days_max: 30,
        data_age_days_max: 10,
        data_as_of: None,
    })
}

/// One person works with the demonstration's direct debits.
fn alone() -> DebitProfile {
    DebitProfile {
        one_user: true,
        ..DebitProfile::default()
    }
}

fn lumen() -> anyhow::Result<Supplier> {
    Ok(Supplier {
        id: new_id(),
        code: "lumen".into(),
        name: "Ateliers Lumen".into(),
        address: "3 rue du Verre, 69007 Lyon".into(),
        accent: "#8a2a5b".parse()?,
        sender: "compta@lumen.example".into(),
        contact_email: "bonjour@lumen.example".into(),
        contact_phone: "04 99 00 56 78".into(),
        bank: Some(BankAccount {
            holder: "ATELIERS LUMEN".into(),
            iban: "FR1420041010050500013M02606".parse()?,
            bic: Some("PSSTFRPPLYO".parse()?),
            // Without a creditor identifier, its payment provider debits in its place.
            creditor_id: None,
            debits: alone(),
        }),
        ..boreal()?
    })
}
