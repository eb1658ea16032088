//! A letter on paper: the addressee in the window of an envelope (NF Z10-011: on the right, 103 mm
//! from the left edge, 50 mm from the top), the invoices in a table, the link as text and as code.

use domain::postal::Sender;
use domain::{Day, Money};
use views::format;
use views::mail::Paper;
use views::text::document as t;

use super::draw::pdf_of;
use super::font::{Ink, Style};
use super::sheet::{
    BODY, LEFT, NAME, Part, RIGHT, Role, SMALL, STRONG, Sheet, WIDTH, amounts, column, style,
};
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
/// Where a sheet is folded for the envelope: 99 mm.
const FOLD: i32 = 2806;
/// One module of the code: 0.56 mm.
const MODULE: i32 = 16;

const ADDRESS: Style = style(110, false, Ink::Dark);
const SUBJECT: Style = style(120, true, Ink::Dark);

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
    /// Their sums, one a currency.
    pub totals: Vec<Money>,
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

fn sheet(facts: &Letter) -> Result<Sheet, DocumentError> {
    let mut sheet = Sheet::blank()?;
    let lang = facts.head.language;
    sheet.legal.clone_from(&facts.sender.legal);
    sheet.head(facts);
    sheet.heading(Role::Title, SUBJECT, &facts.words.subject);
    sheet.skip(160);
    sheet.paragraph(&facts.words.salutation);
    for text in &facts.words.opening {
        sheet.paragraph(text);
    }
    sheet.skip(60);
    invoices(&mut sheet, facts);
    if !facts.words.facts.is_empty() {
        sheet.section(t::BREAKDOWN.of(lang));
        let rows = facts.words.facts.iter();
        let rows: Vec<(&str, String)> = rows
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        sheet.facts(&rows);
    }
    sheet.skip(120);
    sheet.way(facts);
    for text in &facts.words.closing {
        sheet.paragraph(text);
    }
    sheet.end(facts);
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
    let sums = facts.totals.iter().map(|sum| format::money(lang, *sum));
    let total = [
        t::TOTAL.of(lang).to_owned(),
        String::new(),
        String::new(),
        sums.collect::<Vec<_>>().join(" + "),
    ];
    sheet.table(&columns, &rows, Some(&total));
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
        self.y = DATE;
        let account = t::account(lang, &facts.head.code);
        let reference = t::reference(lang, &facts.reference);
        self.block((LEFT, SENDER_WIDTH), &[small(&account), small(&reference)]);
        self.y = DATE + 460;
    }

    /// The address of the account, with its code beside it.
    fn way(&mut self, facts: &Letter) {
        let (link, code) = &facts.link;
        let side = i32::try_from(code.len()).unwrap_or_default();
        let side = side.saturating_mul(MODULE);
        self.need(side.saturating_add(100));
        let top = self.y;
        let width = WIDTH.saturating_sub(side).saturating_sub(300);
        let lines = [(BODY, facts.words.way.clone()), (STRONG, link.clone())];
        self.block((LEFT, width), &lines);
        self.code(code, (RIGHT.saturating_sub(side), top));
        self.y = self.y.max(top.saturating_add(side)).saturating_add(120);
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

    /// The courteous end, who signs, and what the law has to say: kept on one page.
    fn end(&mut self, facts: &Letter) {
        self.need(900);
        self.skip(80);
        self.paragraph(&facts.words.regards);
        self.skip(420);
        let signs = [
            (STRONG, facts.sender.signatory.clone()),
            (BODY, facts.sender.capacity.clone()),
            (BODY, facts.head.brand.name.clone()),
        ];
        self.block((WINDOW, WINDOW_WIDTH), &signs);
        self.skip(160);
        if let Some(note) = &facts.words.note {
            self.note(note);
        }
    }
}
