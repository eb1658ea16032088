//! What the numbers of the SEPA countries look like: the national numbering plans that the ITU
//! publishes (Operational Bulletin, E.164 annexes), as far as telling a mobile number takes.

use std::ops::RangeInclusive;

/// The numbers of one country.
pub(super) struct Plan {
    /// The code it is called with.
    pub(super) code: &'static str,
    /// Digits behind the code.
    pub(super) lengths: RangeInclusive<usize>,
    /// What mobile numbers begin with.
    mobile: &'static str,
    /// What begins like them and is something else: machines, pagers.
    besides: &'static str,
    /// Digits of a mobile number.
    mobile_lengths: RangeInclusive<usize>,
    /// Whether a zero is dialled at home and not from abroad.
    pub(super) drops_zero: bool,
}

impl Plan {
    /// Whether what follows the code is a mobile number.
    pub(super) fn is_mobile(&self, national: &str) -> bool {
        let begins = |list: &str| {
            list.split(' ')
                .any(|one| !one.is_empty() && national.starts_with(one))
        };
        self.mobile_lengths.contains(&national.len())
            && begins(self.mobile)
            && !begins(self.besides)
    }
}

const fn plan(
    code: &'static str,
    lengths: RangeInclusive<usize>,
    mobile: (&'static str, RangeInclusive<usize>),
) -> Plan {
    Plan {
        code,
        lengths,
        mobile: mobile.0,
        besides: "",
        mobile_lengths: mobile.1,
        drops_zero: true,
    }
}

/// The same, but for these.
const fn but(besides: &'static str, plan: Plan) -> Plan {
    Plan { besides, ..plan }
}

/// The same, where a zero belongs to the number or none is ever dialled.
const fn as_dialled(plan: Plan) -> Plan {
    Plan {
        drops_zero: false,
        ..plan
    }
}

/// Codes of three digits come before those of two: none begins with another.
pub(super) const PLANS: &[Plan] = &[
    // Guadeloupe, Réunion and Mayotte, Guyane, Martinique.
    plan("590", 9..=9, ("69", 9..=9)),
    plan("262", 9..=9, ("69 639", 9..=9)),
    plan("594", 9..=9, ("69", 9..=9)),
    plan("596", 9..=9, ("69", 9..=9)),
    but("70", plan("33", 9..=9, ("6 7", 9..=9))),
    plan("32", 8..=9, ("45 46 47 48 49", 9..=9)),
    as_dialled(plan("352", 4..=11, ("6", 9..=9))),
    plan("31", 9..=9, ("6", 9..=9)),
    plan("49", 6..=13, ("15 16 17", 10..=11)),
    plan("43", 4..=13, ("650 66 67 68 69", 10..=13)),
    plan("41", 9..=9, ("75 76 77 78 79", 9..=9)),
    as_dialled(plan("39", 6..=11, ("3", 9..=10))),
    but("70", as_dialled(plan("34", 9..=9, ("6 7", 9..=9)))),
    as_dialled(plan("351", 9..=9, ("91 92 93 96", 9..=9))),
    plan("353", 7..=10, ("83 85 86 87 89", 9..=9)),
    but("70 76", plan("44", 9..=10, ("7", 10..=10))),
    as_dialled(plan(
        "45",
        8..=8,
        (
            "20 21 22 23 24 25 26 27 28 29 30 31 40 41 42 50 51 52 53 60 61 71 81 91 92 93",
            8..=8,
        ),
    )),
    as_dialled(plan("47", 8..=8, ("4 9", 8..=8))),
    plan("46", 7..=10, ("70 72 73 76 79", 9..=9)),
    plan("358", 5..=12, ("40 41 42 43 44 45 46 50", 6..=10)),
    as_dialled(plan("354", 7..=9, ("6 7 8", 7..=7))),
    as_dialled(plan(
        "48",
        9..=9,
        ("45 50 51 53 57 60 66 69 72 73 78 79 88", 9..=9),
    )),
    as_dialled(plan("420", 9..=9, ("60 72 73 77 79", 9..=9))),
    plan("421", 9..=9, ("90 91 94 95", 9..=9)),
    plan("386", 8..=8, ("30 31 40 41 51 64 65 68 69 70 71", 8..=8)),
    plan("36", 8..=9, ("20 30 31 50 70", 9..=9)),
    plan("40", 9..=9, ("7", 9..=9)),
    plan("359", 7..=9, ("87 88 89 98 99", 9..=9)),
    as_dialled(plan("30", 10..=10, ("69", 10..=10))),
    as_dialled(plan("357", 8..=8, ("94 95 96 97 99", 8..=8))),
    as_dialled(plan("356", 8..=8, ("77 79 98 99", 8..=8))),
    as_dialled(plan("372", 7..=8, ("5 81 82", 7..=8))),
    as_dialled(plan("371", 8..=8, ("2", 8..=8))),
    plan("370", 8..=8, ("6", 8..=8)),
    plan("385", 8..=9, ("91 92 95 97 98 99", 8..=9)),
    plan("377", 8..=9, ("4 6", 8..=9)),
    as_dialled(plan("376", 6..=9, ("3 4 6", 6..=6))),
    as_dialled(plan("378", 6..=10, ("66", 8..=10))),
    as_dialled(plan("423", 7..=9, ("7", 7..=7))),
    // North America: mobiles look like the rest.
    as_dialled(plan("1", 10..=10, ("", 10..=10))),
];

/// What is dialled like a number of mainland France, and the code it has from elsewhere.
pub(super) const OVERSEAS: &[(&str, &str)] = &[
    ("262", "262"),
    ("263", "262"),
    ("269", "262"),
    ("639", "262"),
    ("692", "262"),
    ("693", "262"),
    ("590", "590"),
    ("690", "590"),
    ("691", "590"),
    ("594", "594"),
    ("694", "594"),
    ("596", "596"),
    ("696", "596"),
    ("697", "596"),
];
