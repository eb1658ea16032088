//! The supplier's face on every page and message, and what its accent needs to stay readable.
//!
//! A supplier chooses one colour; whatever it is, the button on it and the links in it must meet
//! WCAG 2.2 AA (1.4.3: 4.5 to 1 for text). Nothing here stores or looks up a brand.

use domain::party::Accent;

/// Who speaks: a debtor meets the supplier's name, colour and contact only.
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

/// Contrast that normal text needs (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// The darkest paper in light mode that links are read on.
pub const LIGHT_PAGE: Accent = Accent {
    rgb: [0xfa, 0xf9, 0xf6],
};

/// The lightest paper in dark mode that links are read on.
pub const DARK_SURFACE: Accent = Accent {
    rgb: [0x1d, 0x21, 0x25],
};

const BLACK: Accent = Accent { rgb: [0, 0, 0] };
const WHITE: Accent = Accent {
    rgb: [255, 255, 255],
};

/// The text colour on a button of this colour: white where it can be read, else black.
#[must_use]
pub fn button_ink(accent: Accent) -> Accent {
    if contrast(WHITE, accent) >= TEXT_CONTRAST {
        WHITE
    } else {
        BLACK
    }
}

/// The accent as link colour in light mode: darkened in steps of 2 % until it can be read.
#[must_use]
pub fn link_on_light(accent: Accent) -> Accent {
    readable(accent, BLACK, LIGHT_PAGE)
}

/// The accent as link colour in dark mode: lightened in steps of 2 % until it can be read.
#[must_use]
pub fn link_on_dark(accent: Accent) -> Accent {
    readable(accent, WHITE, DARK_SURFACE)
}

fn readable(accent: Accent, toward: Accent, paper: Accent) -> Accent {
    (0..=100)
        .step_by(2)
        .map(|percent| mix(accent, toward, percent))
        .find(|mixed| contrast(*mixed, paper) >= TEXT_CONTRAST)
        .unwrap_or(toward)
}

/// This much of the way, in percent, from one colour to another.
fn mix(from: Accent, toward: Accent, percent: u32) -> Accent {
    let [r, g, b] = from.rgb;
    let [to_r, to_g, to_b] = toward.rgb;
    let channel = |start: u8, end: u8| {
        let kept = u32::from(start).saturating_mul(100_u32.saturating_sub(percent));
        let taken = u32::from(end).saturating_mul(percent);
        u8::try_from(kept.saturating_add(taken) / 100).unwrap_or(u8::MAX)
    };
    Accent {
        rgb: [channel(r, to_r), channel(g, to_g), channel(b, to_b)],
    }
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
#[expect(
    clippy::float_arithmetic,
    reason = "WCAG defines contrast on real numbers"
)]
pub fn contrast(one: Accent, other: Accent) -> f64 {
    let (first, second) = (luminance(one), luminance(other));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
#[expect(
    clippy::float_arithmetic,
    reason = "WCAG defines luminance on real numbers"
)]
fn luminance(colour: Accent) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = colour.rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every accent whose channels are multiples of 8, plus the upper end: 32,768 and more.
    fn sweep() -> impl Iterator<Item = Accent> {
        let steps = || (0..32_u8).map(|step| step * 8 + step / 4);
        steps().flat_map(move |r| {
            steps().flat_map(move |g| steps().map(move |b| Accent { rgb: [r, g, b] }))
        })
    }

    #[test]
    fn every_accent_gives_readable_buttons_and_links() {
        let mut worst = f64::MAX;
        for accent in sweep() {
            let button = contrast(button_ink(accent), accent);
            worst = worst.min(button);
            assert!(button >= TEXT_CONTRAST, "button {accent}: {button}");
            let light = link_on_light(accent);
            assert!(contrast(light, LIGHT_PAGE) >= TEXT_CONTRAST, "{accent}");
            assert!(contrast(light, WHITE) >= TEXT_CONTRAST, "{accent}");
            let dark = link_on_dark(accent);
            assert!(contrast(dark, DARK_SURFACE) >= TEXT_CONTRAST, "{accent}");
        }
        assert!(worst < 4.7, "the sweep misses the hard colours: {worst}");
        assert_eq!(sweep().count(), 32_768);
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert_eq!(format!("{:.2}", contrast(BLACK, WHITE)), "21.00");
        let grey = Accent { rgb: [0x76; 3] };
        assert_eq!(format!("{:.2}", contrast(grey, WHITE)), "4.54");
        assert_eq!(contrast(grey, grey).to_string(), "1");
    }

    #[test]
    fn a_readable_accent_is_left_alone() {
        let blue = Accent {
            rgb: [0x1f, 0x4e, 0x8c],
        };
        assert_eq!(link_on_light(blue), blue);
        assert_eq!(button_ink(blue), WHITE);
        assert_eq!(
            button_ink(Accent {
                rgb: [0xff, 0xc8, 0x3d]
            }),
            BLACK
        );
    }
}
