//! Why a bank refused a direct debit or sent it back, and what is to be done (`sepa.md` §7).
//!
//! Every code of the ISO 20022 lists of the second quarter of 2026 stands in one row; a later one,
//! or a bank's own, goes to a human with its text.

text_enum! {
    /// What follows from a reason.
    pub enum Action {
        /// Our file or set-up is wrong: the operator corrects it and collects anew (B).
        Correct = "correct",
        /// New bank details are asked for; the mandate rests until then (I).
        AskAccount = "ask_account",
        /// One new attempt, announced anew, by the program itself (R).
        Retry = "retry",
        /// The debtor contests: no new attempt, staff talks with it (D).
        Dispute = "dispute",
        /// A human decides (H).
        Human = "human",
        /// Nothing is refused: the bank says what it changed or took.
        Inform = "inform",
        /// Not a refusal at all: the row of a debit that was paid.
        Paid = "paid",
    }
}

impl Action {
    /// The letter that the operator's guide uses, where it has one.
    #[must_use]
    pub const fn letter(self) -> Option<char> {
        match self {
            Self::Correct => Some('B'),
            Self::AskAccount => Some('I'),
            Self::Retry => Some('R'),
            Self::Dispute => Some('D'),
            Self::Human => Some('H'),
            Self::Inform | Self::Paid => None,
        }
    }

    /// Whether a debit that a bank names with it did not go through.
    #[must_use]
    pub const fn refuses(self) -> bool {
        !matches!(self, Self::Inform | Self::Paid)
    }
}

/// What is to be done, and the codes that ask for it.
const TABLE: &[(Action, &str)] = &[
    (
        Action::Correct,
        "AC03 AC07 AC09 AC10 AC11 AG02 AG04 AG05 AG06 AGNT AM01 AM02 AM03 AM05 AM06 AM09 AM10 \
         AM11 AM12 AM13 AM14 AM15 AM16 AM17 AM18 AM19 AM20 AM21 BE01 BE04 BE05 BE06 BE07 BE08 \
         BE09 BE10 BE11 BE12 BE13 BE14 BE15 BE16 BE17 BE18 BE19 BE20 BE21 BE22 CH03 CH04 CH07 \
         CH09 CH10 CH11 CH12 CH13 CH14 CH15 CH16 CH17 CH20 CH21 CH22 CNOR CURR DNOR DS03 DS04 \
         DS08 DS09 DS0A DS0B DS0C DS0D DS0E DS0F DS0G DS0H DS0K DS10 DS11 DS12 DS13 DS14 DS15 \
         DS16 DS17 DS18 DS19 DS20 DS21 DS22 DS23 DS24 DS25 DS26 DS27 DS28 DT01 DT02 DT03 DT04 \
         DT05 DU01 DU02 DU03 DU04 DU05 DUPL FF01 FF02 FF03 FF04 FF05 FF06 FF07 FF08 ID01 INDT \
         MD02 MINF RC01 RC02 RC03 RC04 RC05 RC06 RC07 RC08 RC09 RC10 RC11 RC12 RF01 RR01 RR02 \
         RR03 RR05 RR06 RR07 RR08 RR09 RR10 RR11 RR12 TA01 TD02 TD03 TM01",
    ),
    (Action::AskAccount, "AC01 AC02 AC04 AC05 AC08 AC15"),
    (Action::Retry, "AM04 ED05"),
    (Action::Dispute, "CUST MD01 MD05 MD06 MS02 SP01 SP02 UPAY"),
    (
        Action::Human,
        "AB01 AB02 AB03 AB04 AB05 AB06 AB07 AB08 AB09 AB10 AB11 AB12 AB13 AB15 AB21 AB26 AC06 \
         AC12 AC13 AC14 AC16 AC17 AEML AEXR AG01 AG03 AG07 AG08 AG09 AG10 AG11 AG12 AG13 ALAC \
         AM07 AM22 AM23 AMSE APAR ARDT ARFR ARJR ATNS BDAY BE23 CERI CHCO CHQC CHRG CN01 CNNS \
         CNPC DC02 DC04 DS02 ED01 ED03 ED06 EDNA EDTL EDTR EMVL EOL1 ERIN FF09 FF10 FF11 FF12 \
         FF13 FOCR FR01 FRAD FRTR G000 G001 G002 G003 G004 G005 G006 G007 G008 GUAG IEDT IMCC \
         INAR INCT IPNS IRNR ISWS IUCT MD07 MICT MS03 NARR NERI NOAR NOAS NOCM NOFR NOOR NOPG \
         NRCH OBO1 OBO2 OSNS PINL PINS PNRT RC13 RC15 RC16 RCON RECI REPR RQNR RR04 RTNS RUTA \
         S000 S001 S002 S003 S004 SBRN SL01 SL02 SL03 SL11 SL12 SL13 SL14 SL15 SL16 SL17 SL18 \
         SNRD SPII SVNR TD01 TK01 TK02 TK03 TK09 TKCM TKSG TKSP TKVE TKXP TRAC UCRD UTNV WGDA \
         WGDB",
    ),
    (Action::Inform, "CH19 DS01 DS05 DS06 DS07 DT06 TS01 TS04"),
    (Action::Paid, "0000"),
];

/// Reasons after which the mandate is not collected under before somebody has seen to it: the
/// account is wrong, closed, blocked or not for debits, or the bank knows no mandate.
const SUSPENDING: &str = "AC01 AC02 AC04 AC05 AC06 AC08 AC13 AC15 AG01 AG03 AG07 MD01 MD07";

/// What the reason of a bank asks for.
#[must_use]
pub fn action(code: &str) -> Action {
    let row = TABLE.iter().find(|(_, codes)| lists(codes, code));
    row.map_or(Action::Human, |(action, _)| *action)
}

/// What is to be done after a debit under which `earlier` attempts had failed for want of money:
/// the program tries again once.
#[must_use]
pub fn action_after(code: &str, earlier: usize) -> Action {
    match action(code) {
        Action::Retry if earlier > 0 => Action::Human,
        action => action,
    }
}

/// Whether the mandate rests until somebody has seen to it.
#[must_use]
pub fn suspends_mandate(code: &str) -> bool {
    lists(SUSPENDING, code)
}

/// Whether nothing is written to the debtor any more: its person is dead.
#[must_use]
pub fn stops_messages(code: &str) -> bool {
    code == "MD07"
}

fn lists(codes: &str, code: &str) -> bool {
    codes.split(' ').any(|one| one == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The lists as ISO publishes them: a name and its codes on each line.
    const PUBLISHED: &str = include_str!("../../tests/data/sepa/reason-codes-2Q2026.txt");

    fn codes<'a>(text: &'a str, list: &str) -> Vec<&'a str> {
        let line = text.lines().find_map(|line| line.strip_prefix(list));
        line.unwrap().split_whitespace().collect()
    }

    #[test]
    fn every_published_code_stands_in_one_row_and_nothing_else_does() {
        let lists = [
            ("ExternalStatusReason1Code", 315),
            ("ExternalReturnReason1Code", 104),
            ("ExternalReversalReason1Code", 11),
        ];
        let mut published = BTreeSet::from(["0000"]);
        for (list, count) in lists {
            let codes = codes(PUBLISHED, list);
            assert_eq!(codes.len(), count, "{list}");
            published.extend(codes);
        }
        let rows: Vec<&str> = TABLE
            .iter()
            .flat_map(|(_, codes)| codes.split(' '))
            .collect();
        assert_eq!(rows.iter().copied().collect::<BTreeSet<_>>(), published);
        assert_eq!(rows.len(), published.len(), "a code stands twice");
        for code in SUSPENDING.split(' ') {
            assert!(published.contains(code) && action(code).refuses(), "{code}");
        }
    }

    /// The table of the norm, row by row.
    #[test]
    fn the_codes_of_direct_debits_lead_where_the_norm_says() {
        for (letter, codes) in [
            (
                'B',
                "AG02 FF05 AM05 BE05 CNOR DNOR FF01 MD02 RC01 RR01 RR02 RR03 TM01 AM10 AM18 CH16 \
                 CH17 CH21 DU01 DU02 DU03 DU04 DU05 DUPL",
            ),
            ('I', "AC01 AC04"),
            ('R', "AM04 ED05"),
            ('D', "MD01 MD06 MS02"),
            ('H', "AC06 AC13 AG01 MD07 MS03 RR04 SL01 XX99"),
        ] {
            for code in codes.split(' ') {
                assert_eq!(action(code).letter(), Some(letter), "{code}");
            }
        }
        assert_eq!(action("0000"), Action::Paid);
        assert_eq!(
            (action("CH19"), action("DT06")),
            (Action::Inform, Action::Inform)
        );
        assert!(!action("CH19").refuses() && action("").refuses());
    }

    #[test]
    fn want_of_money_is_tried_again_once() {
        assert_eq!(action_after("AM04", 0), Action::Retry);
        assert_eq!(action_after("AM04", 1), Action::Human);
        assert_eq!(action_after("MD06", 1), Action::Dispute);
        assert!(suspends_mandate("AC04") && !suspends_mandate("AM04"));
        assert!(stops_messages("MD07") && !stops_messages("MS02"));
    }
}
