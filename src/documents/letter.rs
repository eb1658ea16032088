//! A letter on paper: the addressee in the window of an envelope (NF Z10-011: on the right, 103 mm
//! from the left edge, 50 mm from the top), the invoices in a table, the link as text and as code.

use domain::postal::Sender;
use domain::{Day, Money};
use views::format;
use views::mail::{Paper, Sum};
use views::text::document as t;

use super::draw::pdf_of;
use super::font::{Ink, Style};
use super::sheet::{BODY, LEFT, NAME, Pace, Part, RIGHT, Role, SMALL, STRONG, Sheet, WIDTH, style};
use super::table::{amounts, column};
use super::{DocumentError, Letterhead};

/// The window's left edge: 103 mm.
const WINDOW: i32 = 2920;
/// The first line in the window stands on this: its top is 50 mm below the page's.
const WINDOW_TOP: i32 = 1420;
/// How wide the window is.
const WINDOW_WIDTH: i32 = RIGHT - WINDOW;
/// How wide the sender's lines may be without coming near the window.
const SENDER_WIDTH: i32 = 2250;
/// Where place and date stand: below the window, which ends 90 mm from the top.
const DATE: i32 = 2560;
/// Where the words begin.
const WORDS: i32 = 2860;
/// Where a sheet is folded for the envelope: 99 mm.
const FOLD: i32 = 2806;
/// One module of the code: 0.56 mm.
const MODULE: i32 = 16;

const ADDRESS: Style = style(110, false, Ink::Dark);
const SUBJECT: Style = style(120, true, Ink::Dark);
const HEADING: Style = style(110, true, Ink::Dark);

/// Room for a hand to sign in, and how close the rest is set.
type Setting = (Pace, i32);

/// As a letter is set that has little to say.
const OPEN: Setting = (
    Pace {
        pad: 50,
        ..Pace::OPEN
    },
    420,
);

/// As one is set that would need a second page otherwise.
const CLOSE: Setting = (
    Pace {
        text: 95,
        pad: 24,
        gap: 30,
    },
    330,
);

/// Nothing in a letter is smaller than 9 points.
const _: () = assert!(SMALL.size >= 90 && OPEN.0.text >= 90 && CLOSE.0.text >= 90);

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whose, for whom, and its day.
    pub head: Letterhead,
    /// What the supplier's letters begin and end with.
    pub sender: Sender,
    /// The lines in the window.
    pub to: Vec<String>,
    /// What staff and a post office know it by.
    pub reference: String,
    /// Its words.
    pub words: Paper,
    /// The invoices it asks for.
    pub lines: Vec<Line>,
    /// The address of the account, and its code as rows of modules, dark ones true.
    pub link: (String, Vec<Vec<bool>>),
}

/// One invoice of a letter.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: String,
    /// The day it was issued.
    pub issued_on: Day,
    /// The day it fell or falls due.
    pub due_on: Day,
    /// What is asked of it.
    pub amount: Money,
}

/// One letter as PDF.
pub fn letter(facts: &Letter) -> Result<Vec<u8>, DocumentError> {
    letters(std::slice::from_ref(facts), &facts.words.subject)
}

/// Several letters as one PDF to print, each with pages of its own.
pub fn letters(all: &[Letter], title: &str) -> Result<Vec<u8>, DocumentError> {
    let sheets: Vec<Sheet> = all.iter().map(sheet).collect::<Result<_, _>>()?;
    let heads = all.iter().map(|one| &one.head);
    let both: Vec<_> = sheets.iter().zip(heads).collect();
    pdf_of(&both, title)
}

/// A letter takes a page more only if it does not fit when it is set closer.
fn sheet(facts: &Letter) -> Result<Sheet, DocumentError> {
    let open = set(facts, OPEN)?;
    if open.pages() == 1 {
        return Ok(open);
    }
    let close = set(facts, CLOSE)?;
    Ok(if close.pages() < open.pages() {
        close
    } else {
        open
    })
}

fn set(facts: &Letter, (pace, hand): Setting) -> Result<Sheet, DocumentError> {
    let mut sheet = Sheet::blank()?;
    sheet.pace = pace;
    sheet.legal.clone_from(&facts.sender.legal);
    sheet.head(facts);
    sheet.heading(Role::Title, SUBJECT, &facts.words.subject);
    sheet.skip(pace.gap.saturating_mul(2));
    sheet.paragraph(&facts.words.salutation);
    for text in &facts.words.opening {
        sheet.paragraph(text);
    }
    sheet.skip(pace.gap);
    if let Some(heading) = &facts.words.heading {
        sheet.heading(Role::Section, HEADING, heading);
        sheet.skip(pace.gap);
    }
    invoices(&mut sheet, facts);
    sheet.skip(pace.gap.saturating_mul(2));
    sheet.way(facts);
    sheet.end(facts, hand);
    Ok(sheet)
}

fn invoices(sheet: &mut Sheet, facts: &Letter) {
    let lang = facts.head.language;
    let columns = [
        column(t::NUMBER.of(lang), 1950),
        column(t::ISSUED.of(lang), 1000),
        column(t::DUE.of(lang), 1000),
        amounts(t::OUTSTANDING.of(lang), 1000),
    ];
    let row = |line: &Line| {
        vec![
            line.number.clone(),
            format::day(lang, line.issued_on),
            format::day(lang, line.due_on),
            format::money(lang, line.amount),
        ]
    };
    let rows: Vec<Vec<String>> = facts.lines.iter().map(row).collect();
    let sum = |sum: &Sum| {
        let amounts = sum.amounts.iter().map(|one| format::money(lang, *one));
        let texts = vec![
            sum.name.clone(),
            String::new(),
            sum.due.map(|on| format::day(lang, on)).unwrap_or_default(),
            amounts.collect::<Vec<_>>().join(" + "),
        ];
        (sum.is_total, texts)
    };
    let sums: Vec<_> = facts.words.sums.iter().map(sum).collect();
    sheet.table(&columns, &rows, &sums);
}

impl Sheet {
    /// Lines one below the other from a place on; a line that is too wide is broken.
    fn block(&mut self, (x, width): (i32, i32), lines: &[(Style, String)]) {
        let mut runs = Vec::new();
        for (style, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
            let text = self.faces.printable(line);
            for piece in self.faces.lines(*style, &text, width) {
                self.y = self.y.saturating_add(style.leading());
                runs.push(self.run(*style, x, piece));
            }
        }
        self.parts.push(Part::of(Role::Text, runs));
    }

    /// Sender, addressee, references, place and date.
    fn head(&mut self, facts: &Letter) {
        let (brand, lang) = (&facts.head.brand, facts.head.language);
        let small = |text: &str| (SMALL, text.to_owned());
        let mut lines = vec![(NAME, brand.name.clone())];
        match facts.sender.address.check() {
            Ok(()) => {
                let own = facts
                    .sender
                    .address
                    .lines("", &facts.sender.address.country);
                lines.extend(own.iter().map(|line| small(line)));
            }
            Err(_) => lines.push(small(&brand.address)),
        }
        lines.push(small(&brand.contact_phone));
        lines.push(small(&brand.contact_email));
        self.block((LEFT, SENDER_WIDTH), &lines);
        let account = t::account(lang, &facts.head.code);
        let reference = t::reference(lang, &facts.reference);
        self.skip(SMALL.leading());
        self.block((LEFT, SENDER_WIDTH), &[small(&account), small(&reference)]);
        self.y = WINDOW_TOP;
        let to: Vec<_> = facts
            .to
            .iter()
            .map(|line| (ADDRESS, line.clone()))
            .collect();
        self.block((WINDOW, WINDOW_WIDTH), &to);
        self.bar(0, FOLD, 140, 5, Ink::Line);
        self.y = DATE;
        let day = format::day(lang, facts.head.on);
        let place = facts.sender.place();
        self.block(
            (WINDOW, WINDOW_WIDTH),
            &[(BODY, t::written(lang, &place, &day))],
        );
        self.y = WORDS;
    }

    /// The address of the account and whom to ask, with the code beside them.
    fn way(&mut self, facts: &Letter) {
        let (link, code) = &facts.link;
        let side = i32::try_from(code.len()).unwrap_or_default();
        let side = side.saturating_mul(MODULE);
        self.need(side);
        let top = self.y;
        let width = WIDTH.saturating_sub(side).saturating_sub(300);
        let [body, strong] = [BODY, STRONG].map(|one| self.at_pace(one));
        let words = &facts.words;
        self.block(
            (LEFT, width),
            &[(body, words.way.clone()), (strong, link.clone())],
        );
        self.skip(self.pace.gap);
        self.block((LEFT, width), &[(body, words.question.clone())]);
        self.code(code, (RIGHT.saturating_sub(side), top.saturating_add(20)));
        let end = top.saturating_add(side).saturating_add(20);
        self.y = self
            .y
            .max(end)
            .saturating_add(self.pace.gap.saturating_mul(2));
    }

    /// Dark modules as bars, a run of them each; a hair of overlap leaves no white between rows.
    fn code(&mut self, rows: &[Vec<bool>], (left, top): (i32, i32)) {
        let mut y = top;
        for row in rows {
            let mut x = left;
            for run in row.chunk_by(|one, next| one == next) {
                let width = i32::try_from(run.len()).unwrap_or_default();
                let width = width.saturating_mul(MODULE);
                if run.first() == Some(&true) {
                    self.bar(x, y, width, MODULE + 1, Ink::Dark);
                }
                x = x.saturating_add(width);
            }
            y = y.saturating_add(MODULE);
        }
    }

    /// What follows, the courteous end, who signs, and what the law has to say: on one page.
    fn end(&mut self, facts: &Letter, hand: i32) {
        let (words, body) = (&facts.words, self.at_pace(BODY));
        let strong = self.at_pace(STRONG);
        let signs = [
            (strong, facts.sender.signatory.clone()),
            (body, facts.sender.capacity.clone()),
            (body, facts.head.brand.name.clone()),
        ];
        let texts = words.closing.iter().chain([&words.regards]);
        let mut high: i32 = texts
            .map(|text| self.height(body, text).saturating_add(self.pace.gap))
            .sum();
        let note = words.note.iter().map(|note| self.height(SMALL, note));
        high = high.saturating_add(hand).saturating_add(note.sum());
        for (style, text) in signs.iter().filter(|(_, text)| !text.is_empty()) {
            high = high.saturating_add(self.height(*style, text));
        }
        self.need(high.saturating_add(self.pace.gap));
        for text in words.closing.iter().chain([&words.regards]) {
            self.paragraph(text);
        }
        self.skip(hand);
        self.block((WINDOW, WINDOW_WIDTH), &signs);
        self.skip(self.pace.gap);
        if let Some(note) = &words.note {
            self.note(note);
        }
    }
}
