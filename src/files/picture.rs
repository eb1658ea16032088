//! Images, read within limits and written anew.

use std::io::Cursor;

use domain::attachment::{FileKind, FileRefusal, check_pixels};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// Bytes that reading one image may take: forty megapixels of four bytes, and some more.
const MEMORY_MAX: u64 = 200_000_000;

/// Of a hundred: text on a photographed delivery note stays sharp.
const JPEG_QUALITY: u8 = 85;

/// Reads an image and writes its pixels anew, turned as its camera was held.
pub(super) fn rewrite(kind: FileKind, bytes: &[u8]) -> Result<Vec<u8>, FileRefusal> {
    let image = read(kind, bytes)?;
    let mut body = Vec::new();
    let written = match kind {
        FileKind::Jpeg => {
            image.write_with_encoder(JpegEncoder::new_with_quality(&mut body, JPEG_QUALITY))
        }
        _ => image.write_with_encoder(PngEncoder::new_with_quality(
            &mut body,
            CompressionType::Default,
            FilterType::Adaptive,
        )),
    };
    written.map_err(|_| FileRefusal::Damaged)?;
    Ok(body)
}

/// The size is read off the header and checked before a single pixel is.
fn read(kind: FileKind, bytes: &[u8]) -> Result<DynamicImage, FileRefusal> {
    let format = match kind {
        FileKind::Jpeg => ImageFormat::Jpeg,
        _ => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|why| refusal(&why))?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height)?;
    if decoder.total_bytes() > MEMORY_MAX {
        return Err(FileRefusal::TooManyPixels);
    }
    let turned = decoder.orientation().map_err(|why| refusal(&why))?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|why| refusal(&why))?;
    image.apply_orientation(turned);
    Ok(image)
}

fn refusal(why: &image::ImageError) -> FileRefusal {
    match why {
        image::ImageError::Limits(_) => FileRefusal::TooManyPixels,
        _ => FileRefusal::Damaged,
    }
}
