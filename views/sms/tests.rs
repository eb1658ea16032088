//! Every text in every language, with the widest values: one segment, the supplier first, the link
//! last.

use domain::collection::EndKind;
use domain::dispute::Reason;
use domain::mandate::Scheme;
use domain::message::MessageKind;
use domain::party::{Language, LegalMode};
use domain::plan::Part;
use domain::reason_code::Action;
use domain::reversal::Cause;
use domain::sms::{AMOUNT_MAX, Encoding, LINK_MAX, NUMBER_MAX, SUPPLIER_MAX, measure};
use domain::{Day, Money};

use super::*;
use crate::brand::Brand;
use crate::mail::{
    DebitFacts, DisputeFacts, DisputeOutcome, DisputeSaid, EndedFacts, FormalFacts, Mail,
    MailInvoice, MandateFacts, PlanFacts, ThanksFacts,
};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn formal(total: Vec<Money>) -> FormalFacts {
    FormalFacts {
        on: day("2026-12-02"),
        pay_by: day("2026-12-10"),
        charges: Vec::new(),
        total,
    }
}

/// Values of these widths.
struct Wide {
    supplier: String,
    number: String,
    amount: Money,
    mandate: String,
    invoices: usize,
    currencies: &'static [&'static str],
}

impl Wide {
    /// The widest that the texts are made for.
    fn case() -> Self {
        Self {
            supplier: "Fournitures du Nord".to_owned() + "d",
            number: "FAC-2026-00118".to_owned(),
            amount: Money::eur(99_999_999),
            mandate: "RUM-2026-00118".to_owned(),
            invoices: 1,
            currencies: &["EUR"],
        }
    }

    /// As wide as anything gets.
    fn extreme() -> Self {
        Self {
            supplier: "Compagnie générale des fournitures du Grand Nord et associés".to_owned(),
            number: "W".repeat(35),
            amount: Money::eur(-98_765_432_109),
            mandate: "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678".to_owned(),
            invoices: 1,
            currencies: &["EUR", "CHF", "USD"],
        }
    }

    fn mail(&self, language: Language, legal_mode: LegalMode) -> Mail {
        let invoice = |place: usize| MailInvoice {
            number: self.number.clone(),
            due_on: day("2026-12-12").plus_days(i64::try_from(place).unwrap()),
            amount: self.amount,
            late: true,
        };
        let totals = self.currencies.iter();
        let totals = totals.map(|code| Money::new(self.amount.minor(), code.parse().unwrap()));
        let link = format!("https://compte.fr/l/{}", "a".repeat(LINK_MAX - 20));
        assert_eq!(link.len(), LINK_MAX);
        Mail {
            brand: Brand {
                name: self.supplier.clone(),
                address: String::new(),
                accent: "#1f6f4a".parse().unwrap(),
                contact_email: String::new(),
                contact_phone: String::new(),
            },
            language,
            legal_mode,
            debtor: "Durand & Fils SARL".to_owned(),
            greeting: None,
            invoices: (0..self.invoices).map(invoice).collect(),
            totals: totals.collect(),
            apart: Vec::new(),
            link,
            own: None,
            is_trial: false,
        }
    }

    fn mandate(&self) -> MandateFacts {
        MandateFacts {
            reference: self.mandate.parse().unwrap(),
            creditor_id: "FR72ZZZ123456".parse().unwrap(),
            scheme: Scheme::Core,
            iban_last_four: "0189".to_owned(),
        }
    }

    fn plan(&self) -> PlanFacts {
        let part = Part {
            due_on: day("2026-12-12"),
            amount: self.amount,
        };
        PlanFacts {
            debited: true,
            amount: self.amount,
            parts: vec![part; 12],
            missed: Some(part),
            answer_by: day("2026-12-12"),
            words: "Merci.".to_owned(),
        }
    }

    fn said(&self) -> DisputeSaid {
        DisputeSaid {
            invoice: self.number.clone(),
            amount: self.amount,
            words: "Bonjour".to_owned(),
            answer_by: day("2026-12-12"),
            owner: None,
            outcome: DisputeOutcome::Told,
            settled: false,
            files: false,
        }
    }

    fn disputed(&self) -> DisputeFacts {
        DisputeFacts {
            invoice: self.number.clone(),
            amount: self.amount,
            rest: self.amount,
            reason: Reason::DeliveryNoteMissing,
            answer_by: day("2026-12-12"),
            owner: None,
        }
    }

    fn debit(&self) -> DebitFacts {
        DebitFacts {
            amount: self.amount,
            collect_on: day("2026-12-12"),
            mandate: self.mandate(),
        }
    }

    fn ended(&self, arrived: bool) -> EndedFacts {
        EndedFacts {
            amount: self.amount,
            collect_on: day("2026-12-12"),
            kind: EndKind::Return,
            reason: "AM04".to_owned(),
            action: Action::Human,
            again: false,
            arrived,
        }
    }

    /// No wildcard: a new kind of message does not compile before it has its texts or none.
    fn texts(&self, kind: MessageKind, mail: &Mail) -> Vec<String> {
        let (amount, on) = (self.amount, day("2026-12-12"));
        let thanked = |set_off| ThanksFacts {
            amount,
            set_off,
            received_on: on,
            remaining: Vec::new(),
        };
        let one = match kind {
            MessageKind::Notice => notice(mail),
            MessageKind::Reminder1 => reminder_1(mail),
            MessageKind::Reminder2 => reminder_2(mail),
            MessageKind::Reminder3 => reminder_3(mail),
            MessageKind::FormalNotice => formal_notice(mail, &formal(mail.totals.clone())),
            MessageKind::Thanks => {
                return vec![thanks(mail, &thanked(false)), thanks(mail, &thanked(true))];
            }
            MessageKind::MoneyBack => {
                let all = [Cause::Refund, Cause::Dispute, Cause::DebitBack];
                return all.map(|cause| money_back(mail, amount, cause)).into();
            }
            MessageKind::DebitEnded => {
                let all = [true, false];
                return all
                    .map(|arrived| debit_ended(mail, &self.ended(arrived)))
                    .into();
            }
            MessageKind::PromiseNoted => promise_noted(mail, amount, on),
            MessageKind::PromiseSoon => promise_soon(mail, amount, on),
            MessageKind::PromiseBroken => promise_broken(mail, amount, on),
            MessageKind::PlanReceived => plan_received(mail, &self.plan()),
            MessageKind::PlanAccepted => plan_accepted(mail, &self.plan()),
            MessageKind::PlanCountered => plan_countered(mail, &self.plan()),
            MessageKind::PlanRefused => plan_refused(mail, &self.plan()),
            MessageKind::PlanMissed => plan_missed(mail, &self.plan()),
            MessageKind::DisputeReceived => dispute_received(mail, &self.disputed()),
            MessageKind::DisputeQuestion => dispute_question(mail, &self.said()),
            MessageKind::DisputeDelayed => dispute_delayed(mail, &self.said()),
            MessageKind::DisputeAnswer => dispute_answer(mail, &self.said()),
            MessageKind::MandateSigned => mandate_signed(mail, &self.mandate()),
            MessageKind::MandateRevoked => mandate_revoked(mail, &self.mandate()),
            MessageKind::DebitNotice => debit_notice(mail, &self.debit()),
            MessageKind::DebitUnderWay => debit_under_way(mail, amount),
            MessageKind::DebitRefused => debit_refused(mail, amount),
            MessageKind::FreshLink => fresh_link(mail),
            // To a mailbox of their own only.
            MessageKind::Code | MessageKind::Forwarded | MessageKind::ContactChanged => {
                return Vec::new();
            }
        };
        vec![one]
    }
}

#[test]
fn the_widest_values_are_as_wide_as_is_said() {
    let wide = Wide::case();
    assert_eq!(wide.supplier.chars().count(), SUPPLIER_MAX);
    assert_eq!(wide.number.chars().count(), NUMBER_MAX);
    let mail = wide.mail(Language::Fr, LegalMode::OwnAccount);
    assert_eq!(words::money(&mail, wide.amount).chars().count(), AMOUNT_MAX);
}

#[test]
fn every_text_is_one_segment_in_the_worst_case() {
    let mut longest = 0;
    for legal_mode in LegalMode::ALL {
        for language in Language::ALL {
            for invoices in [1, 42] {
                let wide = Wide {
                    invoices,
                    ..Wide::case()
                };
                let mail = wide.mail(*language, *legal_mode);
                for kind in MessageKind::ALL {
                    for text in wide.texts(*kind, &mail) {
                        let length = measure(&text);
                        println!("{:3} {language} {kind}: {text}", length.units);
                        assert_eq!(length.encoding, Encoding::Gsm7, "{text}");
                        assert_eq!(length.segments, 1, "{} {text}", length.units);
                        assert!(text.starts_with(&format!("{}: ", wide.supplier)), "{text}");
                        assert!(text.ends_with(&format!(" {}", mail.link)), "{text}");
                        assert!(!text.contains('€') && !text.contains("  "), "{text}");
                        longest = longest.max(length.units);
                    }
                }
            }
        }
    }
    println!("longest: {longest}");
}

/// What a text is about is told in the worst case too: nothing was dropped to make room.
#[test]
fn nothing_is_dropped_in_the_worst_case() {
    let wide = Wide::case();
    for language in Language::ALL {
        let mail = wide.mail(*language, LegalMode::OwnAccount);
        let amount = words::money(&mail, wide.amount);
        for text in [
            notice(&mail),
            reminder_1(&mail),
            reminder_2(&mail),
            reminder_3(&mail),
        ] {
            assert!(text.contains(&amount), "{text}");
        }
        for text in [notice(&mail), reminder_1(&mail)] {
            assert!(text.contains(&wide.number), "{text}");
        }
        let debit = wide.texts(MessageKind::DebitNotice, &mail);
        assert!(
            debit.iter().all(|text| text.contains(&wide.mandate)),
            "{debit:?}"
        );
    }
}

#[test]
fn values_wider_than_that_give_way_to_one_segment() {
    for language in Language::ALL {
        for invoices in [1, 42] {
            let wide = Wide {
                invoices,
                ..Wide::extreme()
            };
            let mail = wide.mail(*language, LegalMode::OwnAccount);
            for kind in MessageKind::ALL {
                for text in wide.texts(*kind, &mail) {
                    let length = measure(&text);
                    assert_eq!(length.encoding, Encoding::Gsm7, "{text}");
                    assert_eq!(length.segments, 1, "{} {text}", length.units);
                    assert!(text.starts_with("Compagnie: ") || text.starts_with("Compagnie "));
                }
            }
        }
    }
}

#[test]
fn an_operator_names_no_formal_notice() {
    for legal_mode in [LegalMode::OutsourcedReminder, LegalMode::ThirdParty] {
        for (language, word) in [(Language::Fr, "mise en demeure"), (Language::En, "formal")] {
            let mail = Wide::case().mail(language, legal_mode);
            for text in [
                notice(&mail),
                reminder_1(&mail),
                reminder_2(&mail),
                reminder_3(&mail),
            ] {
                assert!(!text.contains(word), "{text}");
            }
        }
    }
}

#[test]
fn texts_read_as_they_are_meant_to() {
    let mut wide = Wide::case();
    wide.supplier = "Boréal Fournitures".to_owned();
    wide.number = "F-118".to_owned();
    wide.amount = Money::eur(716_000);
    let mail = wide.mail(Language::Fr, LegalMode::OwnAccount);
    let read = |text: String| text.replace(&mail.link, "L");
    assert_eq!(
        read(notice(&mail)),
        "Boréal Fournitures: facture F-118, 7160,00 EUR, échéance le 12/12. Une question ? L"
    );
    assert_eq!(
        read(reminder_1(&mail)),
        "Boréal Fournitures: sauf erreur, facture F-118 (7160,00 EUR) est échue. \
         Payer ou répondre : L"
    );
    let mail = wide.mail(Language::En, LegalMode::OwnAccount);
    let read = |text: String| text.replace(&mail.link, "L");
    assert_eq!(
        read(formal_notice(&mail, &formal(vec![wide.amount]))),
        "Boréal Fournitures: a formal notice (7160.00 EUR) is on its way by post. Reply: L"
    );
}
