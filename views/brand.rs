//! The supplier as its debtors see it, and text that stays readable on its one colour.

use domain::party::Accent;

/// What a debtor meets: the supplier's identity and nobody else's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brand {
    /// Trade name.
    pub name: String,
    /// Postal address, one line.
    pub address: String,
    /// The one colour.
    pub accent: Accent,
    /// A mailbox that a human reads.
    pub contact_email: String,
    /// A telephone number that a human answers.
    pub contact_phone: String,
}

/// Linear light of the sRGB values 0, 16, 32, … 256, in hundred-thousandths (IEC 61966-2-1).
const LINEAR: [u32; 17] = [
    0, 518, 1444, 2956, 5127, 8022, 11_697, 16_203, 21_586, 27_889, 35_153, 43_415, 52_712, 63_076,
    74_540, 87_137, 100_895,
];

/// Up to here white has 4.5:1, beyond it black has (WCAG 2.2 draws the lines at 0.1833 and 0.175;
/// interpolating errs by less than 0.0015, towards black).
const WHITE_MAX: u32 = 18_300;

fn linear(channel: u8) -> u32 {
    let (step, rest) = (usize::from(channel / 16), u32::from(channel % 16));
    let below = LINEAR.get(step).copied().unwrap_or_default();
    let above = LINEAR.get(step + 1).copied().unwrap_or(below);
    below + (above - below) * rest / 16
}

/// Black or white, whichever has at least 4.5:1 on this colour (WCAG 2.2, 1.4.3); white first.
#[must_use]
pub fn on_accent(accent: Accent) -> &'static str {
    let [red, green, blue] = accent.rgb.map(linear);
    let luminance = (red * 2126 + green * 7152 + blue * 722) / 10_000;
    if luminance <= WHITE_MAX {
        "#ffffff"
    } else {
        "#000000"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_get_the_readable_text() {
        for (accent, expected) in [
            ("#000000", "#ffffff"),
            ("#ffffff", "#000000"),
            ("#1f4e8c", "#ffffff"),
            ("#ffc83d", "#000000"),
            ("#767676", "#ffffff"),
            ("#777777", "#000000"),
        ] {
            assert_eq!(on_accent(accent.parse().unwrap()), expected, "{accent}");
        }
    }
}
