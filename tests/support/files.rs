//! Files as people send them, made of bytes.

/// The smallest thing that begins like a PDF and ends like one.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// A photo in a phone's own format.
pub fn heic() -> Vec<u8> {
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()
}

/// What a word processor or a program writes.
pub fn zip() -> Vec<u8> {
    b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml".to_vec()
}

/// A JPEG of a few pixels with what a phone adds: where it was taken.
pub fn photo_with_place() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
    exif.extend(b"\x01\x0f\0\x02\0\0\0\x14\0\0\0\x1a\0\0\0\0");
    exif.extend(b"GPS 47.2184 -1.5536\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg();
    let (start, rest) = plain.split_at(2);
    [start, b"\xff\xe1", &length, &exif, rest].concat()
}

fn jpeg() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::DynamicImage::new_rgb8(8, 4);
    image
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

/// A PNG of some bytes that says it has so many pixels.
pub fn claims_pixels(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let chunk = |length: u8, body: &[u8]| {
        let sum = crc32(body).to_be_bytes();
        [&[0, 0, 0, length][..], body, &sum].concat()
    };
    let start = b"\x89PNG\r\n\x1a\n".to_vec();
    [start, chunk(13, &header), chunk(0, b"IDAT")].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}
