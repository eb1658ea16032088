//! Wording of attached files: what is taken, and why one is not.

use domain::attachment::{FILES_MAX, FileKind, FileRefusal, MEGABYTES_MAX, MEGAPIXELS_MAX};
use domain::party::Language;

texts! {
    FILES = "Pièces jointes", "Attached files";
    ADD = "Joindre des photos ou des documents", "Attach photos or documents";
    KEPT = "Fichiers déjà joints\u{a0}: cochez ceux à retirer",
        "Files already attached: tick those to remove";
    REMOVE = "retirer", "remove";
}

/// « PDF, JPEG ou PNG, 10 Mo au plus chacun, 5 fichiers à la fois. »
pub(crate) fn limits(language: Language) -> String {
    match language {
        Language::Fr => format!(
            "PDF, JPEG ou PNG\u{a0}; {FILES_MAX} fichiers à la fois, {MEGABYTES_MAX}\u{a0}Mo au \
             plus chacun. Le lieu et l’appareil enregistrés dans une photo sont effacés."
        ),
        Language::En => format!(
            "PDF, JPEG or PNG; {FILES_MAX} files at a time, {MEGABYTES_MAX} MB each at most. The \
             place and device recorded in a photo are removed."
        ),
    }
}

/// « PDF, 1,2 Mo ».
pub(crate) fn described(language: Language, kind: FileKind, bytes: usize) -> String {
    let kind = match kind {
        FileKind::Pdf => "PDF",
        FileKind::Jpeg => "JPEG",
        FileKind::Png => "PNG",
    };
    format!("{kind}, {}", size(language, bytes))
}

fn size(language: Language, bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000);
    let (large, small, mark) = match language {
        Language::Fr => ("Mo", "ko", ','),
        Language::En => ("MB", "kB", '.'),
    };
    if bytes < 1_000_000 {
        format!("{}\u{a0}{small}", bytes.div_ceil(1_000))
    } else {
        format!("{}{mark}{}\u{a0}{large}", tenths / 10, tenths % 10)
    }
}

/// Names the file, the limit and what to do.
pub(crate) fn refused(language: Language, name: &str, why: FileRefusal) -> String {
    let told = match language {
        Language::Fr => french(why),
        Language::En => english(why),
    };
    match language {
        Language::Fr => format!("«\u{a0}{name}\u{a0}» {told}"),
        Language::En => format!("“{name}” {told}"),
    }
}

fn french(why: FileRefusal) -> String {
    match why {
        FileRefusal::Empty => "est vide\u{a0}: choisissez à nouveau le fichier".into(),
        FileRefusal::Heic => "est une photo HEIC, que peu d’ordinateurs lisent\u{a0}: \
             enregistrez-la en JPEG (sur iPhone\u{a0}: Réglages, Appareil photo, Formats, Le plus \
             compatible) ou joignez une capture d’écran"
            .into(),
        FileRefusal::Kind => "n’est ni un PDF, ni une image JPEG ou PNG\u{a0}: enregistrez-le \
             dans l’un de ces formats"
            .into(),
        FileRefusal::TooLarge => {
            format!(
                "dépasse {MEGABYTES_MAX}\u{a0}Mo\u{a0}: réduisez-le ou joignez-le en plusieurs \
                 fichiers"
            )
        }
        FileRefusal::TooMany => format!(
            "est de trop\u{a0}: {FILES_MAX} fichiers à la fois\u{a0}; vous pourrez en ajouter \
             ensuite"
        ),
        FileRefusal::TooManyPixels => {
            format!("dépasse {MEGAPIXELS_MAX}\u{a0}mégapixels\u{a0}: réduisez l’image")
        }
        FileRefusal::Damaged => {
            "ne peut pas être lu comme une image\u{a0}: enregistrez-la à nouveau".into()
        }
    }
}

fn english(why: FileRefusal) -> String {
    match why {
        FileRefusal::Empty => "is empty: choose the file again".into(),
        FileRefusal::Heic => "is a HEIC photo, which few computers can read: save it as JPEG (on \
             an iPhone: Settings, Camera, Formats, Most Compatible) or attach a screenshot"
            .into(),
        FileRefusal::Kind => "is neither a PDF nor a JPEG or PNG image: save it in one of these \
             formats"
            .into(),
        FileRefusal::TooLarge => {
            format!(
                "has more than {MEGABYTES_MAX} MB: make it smaller or attach it in several files"
            )
        }
        FileRefusal::TooMany => {
            format!("is one too many: {FILES_MAX} files at a time; you can add more afterwards")
        }
        FileRefusal::TooManyPixels => {
            format!("has more than {MEGAPIXELS_MAX} megapixels: make the image smaller")
        }
        FileRefusal::Damaged => "cannot be read as an image: save it again".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_a_few_digits() {
        for (bytes, expected) in [
            (1, "1\u{a0}ko"),
            (999_001, "1000\u{a0}ko"),
            (1_000_000, "1,0\u{a0}Mo"),
            (9_950_001, "10,0\u{a0}Mo"),
        ] {
            assert_eq!(size(Language::Fr, bytes), expected);
        }
    }
}
