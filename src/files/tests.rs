//! Files as they come from phones, scanners and ill-wishers.

use domain::attachment::{BYTES_MAX, FileKind, FileRefusal};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::prepare;

/// A photo of 8 by 4 pixels, red on the left and blue on the right.
fn photo() -> Vec<u8> {
    let image = RgbImage::from_fn(8, 4, |x, _| {
        if x < 4 {
            Rgb([250, 0, 0])
        } else {
            Rgb([0, 0, 250])
        }
    });
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    DynamicImage::from(image)
        .write_with_encoder(encoder)
        .unwrap();
    bytes
}

/// The photo with what a phone adds: where it was taken, and that it was held on its side.
fn photo_with_exif() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // orientation: 90 degrees
    exif.extend(b"\x01\x0f\0\x02\0\0\0\x14\0\0\0\x26\0\0\0\0"); // maker: a text further on
    exif.extend(b"GPS 47.2184 -1.5536\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = photo();
    let (start, rest) = plain.split_at(2);
    [start, b"\xff\xe1", &length, &exif, rest].concat()
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_photo_loses_its_place_and_stands_upright() {
    let given = photo_with_exif();
    assert!(has(&given, b"GPS 47") && has(&given, b"Exif"));
    let kept = prepare(given).unwrap();
    assert_eq!(kept.kind, FileKind::Jpeg);
    assert!(!has(&kept.body, b"GPS") && !has(&kept.body, b"Exif"));
    let image = image::load_from_memory(&kept.body).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (4, 8), "turned by a quarter");
    assert!(image.get_pixel(2, 0)[0] > 200, "what was left is on top");
    assert!(image.get_pixel(2, 7)[2] > 200);
}

#[test]
fn what_hangs_on_an_image_is_left_behind() {
    let mut png = Vec::new();
    let image = DynamicImage::new_rgba8(3, 2);
    let mut cursor = std::io::Cursor::new(&mut png);
    image.write_to(&mut cursor, ImageFormat::Png).unwrap();
    png.extend(b"<script>alert(1)</script>");
    let kept = prepare(png).unwrap();
    assert_eq!(kept.kind, FileKind::Png);
    assert!(!has(&kept.body, b"<script>"));
    assert_eq!(image::load_from_memory(&kept.body).unwrap().width(), 3);
}

#[test]
fn a_document_stays_as_it_is() {
    let pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF".to_vec();
    let kept = prepare(pdf.clone()).unwrap();
    assert_eq!((kept.kind, kept.body), (FileKind::Pdf, pdf));
}

/// A PNG that is nothing but a header and the beginning of its pixels.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let chunk = |length: u8, body: &[u8]| {
        let sum = crc32(body).to_be_bytes();
        [&[0, 0, 0, length][..], body, &sum].concat()
    };
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(13, &header),
        chunk(0, b"IDAT"),
    ]
    .concat()
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

#[test]
fn an_image_is_refused_by_its_header_before_it_is_read() {
    for (bytes, expected) in [
        (claims(60_000, 60_000), FileRefusal::TooManyPixels),
        (claims(40_000_001, 1), FileRefusal::TooManyPixels),
        (claims(10, 10), FileRefusal::Damaged),
        (b"\x89PNG\r\n\x1a\n".to_vec(), FileRefusal::Damaged),
        (b"\xff\xd8\xff\xe0 no more".to_vec(), FileRefusal::Damaged),
        (photo()[..60].to_vec(), FileRefusal::Damaged),
        (vec![b' '; BYTES_MAX + 1], FileRefusal::TooLarge),
        (Vec::new(), FileRefusal::Empty),
    ] {
        let found = prepare(bytes.clone()).map(|kept| kept.kind);
        let shown = &bytes[..bytes.len().min(40)];
        assert_eq!(found, Err(expected), "{shown:?}");
    }
}
