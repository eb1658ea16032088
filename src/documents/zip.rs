//! A ZIP file of files as they are (PKWARE APPNOTE 6.3.10, method 0): PDF files do not get
//! smaller by being packed again. Every entry has one fixed day, so that the same files give the
//! same bytes.

/// 1 January 1980, the first day the format knows.
const DAY: u16 = 0b0000_0000_0010_0001;

/// Names are UTF-8.
const FLAGS: u16 = 0x0800;

/// The files, by name.
#[must_use]
pub fn stored(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let at = length(out.len());
        let mut head = Vec::new();
        head.extend(20_u16.to_le_bytes());
        head.extend(FLAGS.to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        head.extend(DAY.to_le_bytes());
        head.extend(crc(bytes).to_le_bytes());
        head.extend(length(bytes.len()).to_le_bytes());
        head.extend(length(bytes.len()).to_le_bytes());
        head.extend(short(name.len()).to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        // Comment, disk, attributes within and outside: none.
        directory.extend([0_u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (short(files.len()), length(out.len()));
    let size = length(directory.len());
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

/// Batches are small: what they hold stays far below four gigabytes and 65,535 files.
fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// CRC-32 as ZIP has it.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            let carry = 0xedb8_8320 & (crc & 1).wrapping_neg();
            (crc >> 1) ^ carry
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_format() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc(b""), 0);
    }

    #[test]
    fn files_stand_as_they_are_and_the_same_give_the_same_bytes() {
        let files = vec![
            ("a.csv".to_owned(), b"one;two".to_vec()),
            ("é.pdf".to_owned(), b"%PDF-1.7".to_vec()),
        ];
        let zip = stored(&files);
        assert!(zip.starts_with(b"PK\x03\x04"));
        assert!(zip.windows(7).any(|some| some == b"one;two"));
        assert_eq!(zip, stored(&files));
        assert_eq!(&zip[zip.len() - 12..zip.len() - 10], &2_u16.to_le_bytes());
    }
}
