//! A day for the debtor's own calendar (RFC 5545): one all-day event, to be imported.

use domain::{Day, Moment};

/// One event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// What makes it the same event when it is imported again.
    pub uid: String,
    /// Who publishes it.
    pub publisher: String,
    /// When it was made.
    pub made_at: Moment,
    /// The day.
    pub on: Day,
    /// What to do.
    pub summary: String,
    /// More words.
    pub description: String,
}

/// Bytes of a line, at most (RFC 5545 §3.1).
const LINE_MAX: usize = 75;

/// The calendar file.
#[must_use]
pub fn file(event: &Event) -> String {
    let day = event.on.to_string().replace('-', "");
    let made_at = event.made_at.to_string().replace(['-', ':'], "");
    let lines = [
        String::from("BEGIN:VCALENDAR"),
        String::from("VERSION:2.0"),
        format!("PRODID:-//{}//", text(&event.publisher)),
        String::from("METHOD:PUBLISH"),
        String::from("BEGIN:VEVENT"),
        format!("UID:{}", text(&event.uid)),
        format!("DTSTAMP:{made_at}"),
        format!("DTSTART;VALUE=DATE:{day}"),
        format!("SUMMARY:{}", text(&event.summary)),
        format!("DESCRIPTION:{}", text(&event.description)),
        String::from("TRANSP:TRANSPARENT"),
        String::from("END:VEVENT"),
        String::from("END:VCALENDAR"),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// A value in which no sign means anything (RFC 5545 §3.3.11); control characters are left out.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for sign in value.chars() {
        match sign {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            _ if sign.is_control() => {}
            _ => out.push(sign),
        }
    }
    out
}

/// A line cut into pieces of 75 bytes, never inside a character; each further one begins with a
/// space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len().saturating_add(2));
    let mut used = 0_usize;
    for sign in line.chars() {
        let size = sign.len_utf8();
        if used.saturating_add(size) > LINE_MAX {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(sign);
        used = used.saturating_add(size);
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "pro_1@boreal.example".into(),
            publisher: "Boréal, Énergie".into(),
            made_at: Moment::from_seconds(1_795_250_865),
            on: "2026-11-30".parse().unwrap(),
            summary: summary.into(),
            description: "FA-1; FA-2\nRF18 5390".into(),
        }
    }

    /// Name and value of each line, unfolded and read back.
    fn read(file: &str) -> Vec<(String, String)> {
        let whole = file.replace("\r\n ", "");
        let lines = whole.strip_suffix("\r\n").unwrap().split("\r\n");
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap();
                let value = value.replace("\\n", "\n").replace("\\,", ",");
                (name.to_owned(), value.replace("\\;", ";"))
            })
            .collect()
    }

    #[test]
    fn a_calendar_reads_what_was_written() {
        let found = read(&file(&event("Payer 1 250,00 €")));
        let value = |name: &str| {
            let one = found.iter().find(|(own, _)| own == name).unwrap();
            one.1.as_str()
        };
        assert_eq!(value("METHOD"), "PUBLISH");
        assert_eq!(value("DTSTART;VALUE=DATE"), "20261130");
        assert_eq!(value("DTSTAMP"), "20261121T084745Z");
        assert_eq!(value("SUMMARY"), "Payer 1 250,00 €");
        assert_eq!(value("DESCRIPTION"), "FA-1; FA-2\nRF18 5390");
        let ends: Vec<&str> = found
            .iter()
            .filter(|(name, _)| name == "BEGIN" || name == "END")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(ends, ["VCALENDAR", "VEVENT", "VEVENT", "VCALENDAR"]);
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let summary = "é".repeat(200);
        let file = file(&event(&summary));
        for line in file.split("\r\n") {
            assert!(line.len() <= LINE_MAX, "{} bytes", line.len());
        }
        assert!(read(&file).contains(&("SUMMARY".into(), summary)));
    }

    #[test]
    fn names_cannot_add_lines() {
        let file = file(&event("a\r\nATTACH:x"));
        assert!(file.contains("SUMMARY:a\\nATTACH:x\r\n"));
    }
}
