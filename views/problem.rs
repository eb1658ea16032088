//! What is wrong with a form: told at the field, and in a summary that links to it.

use domain::attachment::FileRefusal;
use domain::bank::BankError;
use domain::own_text::Flaw;
use domain::{Day, Money};
use maud::{Markup, html};

use domain::party::Language;
use domain::scenario::Fault;

use crate::text::common as t;
use crate::text::wrong;

/// One field and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The field's name as posted, which is also its id on the page.
    pub field: String,
    /// What is wrong.
    pub wrong: Wrong,
}

impl Problem {
    /// This is wrong with that field.
    #[must_use]
    pub fn new(field: &str, wrong: Wrong) -> Self {
        Self {
            field: field.to_owned(),
            wrong,
        }
    }
}

/// Everything that can be wrong with what a person entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// A text of the supplier's own, on a line of it.
    Text(Flaw),
    /// No mobile number.
    Mobile,
    /// No reason was chosen.
    ReasonMissing,
    /// "Other" needs words.
    TextMissing,
    /// Neither words nor a file.
    NothingSaid,
    /// More characters than this.
    TooLong(usize),
    /// No amount.
    AmountMissing,
    /// Not a number, or finer than the currency.
    AmountUnreadable,
    /// Nothing or less.
    AmountNotPositive,
    /// More than this is left.
    AmountAbove(Money),
    /// No line was named, or one without its name.
    LineMissing,
    /// The lines add up to more than this, which is all that can be disputed.
    LinesAbove(Money),
    /// A payment in part comes to at least this.
    BelowMinimum(Money),
    /// Why charges are waived is needed.
    WaiverReason,
    /// No invoice was chosen.
    NothingChosen,
    /// Invoices of two currencies cannot be paid together.
    TwoCurrencies,
    /// Not a day.
    DayUnreadable,
    /// Not between these days, both included.
    DayOutside(Day, Day),
    /// The instalments come to the first amount, not to the second.
    PartsSum(Money, Money),
    /// No day was given.
    DayMissing,
    /// An invoice is on a plan already.
    OnPlan,
    /// Nothing was answered.
    AnswerMissing,
    /// No way of paying was chosen.
    MethodMissing,
    /// A name is needed.
    NameMissing,
    /// A place is needed.
    PlaceMissing,
    /// The IBAN was refused.
    Iban(BankError),
    /// No IBAN was given.
    IbanMissing,
    /// The account is the one in use.
    SameAccount,
    /// The IBAN is the supplier's own.
    IbanOfSupplier,
    /// The account's country, for which banks want a BIC too.
    BicMissing(String),
    /// The account's country, which SEPA debits do not reach.
    OutsideSepa(String),
    /// Not 8 or 11 letters and digits.
    Bic,
    /// No reference of a mandate, or one that another mandate has.
    MandateReference,
    /// One-off or recurring was not chosen.
    UsageMissing,
    /// The box under the mandate was not ticked.
    ConsentMissing,
    /// E-mail or password is wrong; it is not said which.
    SignIn,
    /// The password is not that of whoever is signed in.
    Password,
    /// The supplier's reason is needed.
    WordsMissing,
    /// The credit note's number is needed beside its amount.
    CreditNumberMissing,
    /// Less than the typed amount is left of the credit note.
    CreditSpent(Money),
    /// A file of this name is not taken.
    FileRefused(String, FileRefusal),
    /// No file was chosen.
    FileMissing,
    /// The file has more megabytes than this.
    FileTooLarge(usize),
    /// The file holds no text.
    FileEmpty,
    /// The file holds a NUL byte on this line: no text file.
    FileNotText(usize),
    /// No column title of the file is known; the titles that were seen.
    FileColumns(Vec<String>),
    /// The file cannot be read, and what the reader said.
    FileUnreadable(String),
    /// Not an e-mail address.
    Email,
    /// Too many accesses were passed on.
    TooManyForwards,
    /// No code was typed.
    CodeMissing,
    /// The code is wrong; tries that are left.
    Code(u16),
    /// The code no longer counts.
    CodeOver,
    /// Too many codes were asked for.
    TooManyCodes,
    /// The file is no PDF.
    FileNotPdf,
    /// No customer of this code.
    CustomerUnknown,
    /// A part needs the customer of the rest.
    RestMissing,
    /// Something about reminders.
    Reminder(ReminderWrong),
    /// Something about a letter or a call.
    ByHand(ByHandWrong),
    /// Two columns hold this field; its stable name.
    ColumnTwice(String),
    /// No column holds a field that the import cannot do without; its stable name.
    ColumnMissing(String),
    /// The same two of a bank's table.
    BankColumnTwice(String),
    /// No column holds what a statement cannot do without.
    BankColumnMissing(String),
    /// Neither an IBAN nor another account number.
    AccountMissing,
    /// What is confirmed must be what was shown.
    LookFirst,
}

/// What can be wrong with an address, a letter or a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByHandWrong {
    /// No town.
    TownMissing,
    /// Neither street nor postcode.
    StreetMissing,
    /// More than fits the window of an envelope.
    StreetLong,
    /// Not a day between printing and today.
    PostingDay,
    /// Nothing came of the call.
    OutcomeMissing,
    /// No day to come, or no hour of a day.
    NextCall,
}

/// What can be wrong with a scenario, a pause or a rhythm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReminderWrong {
    /// A step makes no sense.
    Step(Fault),
    /// Not a whole number between these two.
    Number(i64, i64),
    /// The name is missing or another has it.
    Name,
    /// No day, or hours that end before they begin.
    Rhythm,
    /// Another reason needs a note, and a note is short.
    Note,
}

/// What is wrong with this field, in words.
pub(crate) fn at(problems: &[Problem], field: &str, lang: Language) -> Option<String> {
    problems
        .iter()
        .find(|problem| problem.field == field)
        .map(|problem| wrong::words(lang, &problem.wrong))
}

/// The summary above a form that came back; takes the focus, so that it is read first.
pub(crate) fn summary(problems: &[Problem], lang: Language) -> Markup {
    html! {
        @if !problems.is_empty() {
            div.banner.bad role="alert" tabindex="-1" autofocus {
                h2.lead { (t::ERRORS_TITLE.of(lang)) }
                ul {
                    @for problem in problems {
                        li {
                            a href={ "#" (problem.field) } { (wrong::words(lang, &problem.wrong)) }
                        }
                    }
                }
            }
        }
    }
}
