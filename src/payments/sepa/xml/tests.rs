//! Hostile and broken files, each refused for its own reason.

use super::*;

const MAX: usize = 1 << 20;

fn verdict(text: &str) -> Result<String, XmlError> {
    check(text.as_bytes(), MAX).map(|checked| checked.as_str().to_owned())
}

fn nested(depth: usize) -> String {
    format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth))
}

#[test]
fn sound_xml_is_taken_unchanged() {
    for text in [
        "<a/>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- c --><a b=\"1 &amp; 2\">x &lt; é&#233;</a>\n",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>plain</a>",
        "<a><![CDATA[<b>]]></a>",
        &nested(DEPTH_MAX),
    ] {
        assert_eq!(verdict(text).as_deref(), Ok(text));
    }
}

#[test]
fn each_fault_has_its_own_refusal() {
    let entity = |name: &str| XmlError::Entity {
        line: 1,
        name: name.to_owned(),
    };
    for (text, expected) in [
        ("", XmlError::NoRoot),
        ("<!-- only -->", XmlError::NoRoot),
        ("<a><b>", XmlError::CutOff),
        ("\n<!DOCTYPE a><a/>", XmlError::Doctype { line: 2 }),
        ("<a/>\n<a/>", XmlError::OutsideRoot { line: 2 }),
        ("<a/>tail", XmlError::OutsideRoot { line: 1 }),
        ("head<a/>", XmlError::OutsideRoot { line: 1 }),
        ("<a/>&amp;", XmlError::OutsideRoot { line: 1 }),
        ("<a>&xxe;</a>", entity("xxe")),
        ("<a>&#0;</a>", entity("#0")),
        ("<a>&#8;</a>", XmlError::Character { line: 1, code: 8 }),
        ("<a b='&#8;'/>", XmlError::Character { line: 1, code: 8 }),
        ("<a>\n\u{0}</a>", XmlError::Character { line: 2, code: 0 }),
        ("<a>\u{1b}</a>", XmlError::Character { line: 1, code: 27 }),
        (
            "<a>\u{ffff}</a>",
            XmlError::Character {
                line: 1,
                code: 0xffff,
            },
        ),
        (&nested(DEPTH_MAX + 1), XmlError::TooDeep { line: 1 }),
        (
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>",
            XmlError::Encoding("ISO-8859-1".to_owned()),
        ),
    ] {
        assert_eq!(verdict(text), Err(expected), "{text:?}");
    }
}

#[test]
fn markup_that_does_not_fit_is_malformed() {
    for text in [
        "<a></b>",
        "<a",
        "<a b='1' b='2'/>",
        "<a b=1/>",
        "<a b='&xxe;'/>",
        "</a>",
        "<a>&amp</a>",
        "<!-- -- --><a/>",
    ] {
        let refused = verdict(text);
        assert!(
            matches!(refused, Err(XmlError::Malformed { .. })),
            "{text}: {refused:?}"
        );
    }
}

#[test]
fn size_and_bytes() {
    assert_eq!(
        check(b"<a/>", 3),
        Err(XmlError::TooLarge { size: 4, max: 3 })
    );
    let broken = XmlError::Bytes {
        line: 2,
        encoding: "UTF-8",
    };
    assert_eq!(check(b"<a>\n\xe9</a>", MAX), Err(broken));
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><a>\xe9</a>";
    let named = XmlError::Encoding("ISO-8859-15".to_owned());
    assert_eq!(check(latin, MAX), Err(named));
}

#[test]
fn utf_16_is_read_in_both_orders() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é€😀</a>";
    let bytes = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let all = format!("\u{feff}{text}");
        all.encode_utf16().flat_map(order).collect()
    };
    for mut file in [bytes(u16::to_le_bytes), bytes(u16::to_be_bytes)] {
        let checked = check(&file, MAX);
        assert_eq!(checked.map(|c| c.as_str().to_owned()).as_deref(), Ok(text));
        file.pop();
        let broken = XmlError::Bytes {
            line: 1,
            encoding: "UTF-16",
        };
        assert_eq!(check(&file, MAX), Err(broken));
    }
}

#[test]
fn a_byte_order_mark_is_no_content() {
    let checked = check(b"\xef\xbb\xbf<a/>", MAX);
    assert_eq!(
        checked.map(|c| c.as_str().to_owned()).as_deref(),
        Ok("<a/>")
    );
}
