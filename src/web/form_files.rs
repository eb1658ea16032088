//! A form with files, posted within a session: its token first, then files of bounded size.
//!
//! It may come without files as an ordinary form; the rule of `Posted` holds for both: nobody gets
//! the fields or the files of a form whose token is not of the session.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{Error, FromRequest, HttpRequest, web};
use domain::attachment::{BYTES_MAX, FILES_MAX, FileRefusal};

use super::error::WebError;
use super::form::{Fields, Posted};
use super::multipart::{self, Allowance, Cut};
use super::session::{Acting, Visit};
use crate::app::App;
use crate::flows::attach::Given;

/// The name of the fields that hold files.
const FIELD: &str = "file";

/// Bytes of a request. What is beyond the largest file is let go up to here, so that the form can
/// be shown again with what else was typed.
const REQUEST_MAX: usize = 4 * FILES_MAX * BYTES_MAX;

/// Parts of a request, files and fields together.
const PARTS_MAX: usize = 200;

/// A form posted within a session, its token checked, with the files that came with it.
pub(super) struct PostedFiles {
    /// Who posted it.
    pub(super) visit: Visit,
    /// What.
    pub(super) fields: Fields,
    /// The files, as they came.
    pub(super) files: Vec<Given>,
}

impl FromRequest for PostedFiles {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_multipart(request) {
            let posted = Posted::from_request(request, payload);
            return Box::pin(async move {
                let Posted { visit, fields } = posted.await?;
                let files = Vec::new();
                Ok(Self {
                    visit,
                    fields,
                    files,
                })
            });
        }
        let visit = Acting::from_request(request, payload);
        let parts = Multipart::from_request(request, payload);
        let app = request.app_data::<web::Data<App>>().cloned();
        Box::pin(async move {
            let Acting(visit) = visit.await?;
            let app = app.ok_or(WebError::Forbidden)?;
            let signed = |token: &str| visit.signed(&app, token);
            let (fields, files) = read(signed, parts.await?).await?;
            Ok(Self {
                visit,
                fields,
                files,
            })
        })
    }
}

/// Whether a form came with its parts apart, as one with files does.
pub(super) fn is_multipart(request: &HttpRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

/// Reads the parts. Nothing behind a part is read before the form's token was found right, which
/// therefore stands first in our forms.
pub(super) async fn read(
    signed: impl Fn(&str) -> bool,
    mut parts: Multipart,
) -> Result<(Fields, Vec<Given>), WebError> {
    let mut allowance = Allowance::of(REQUEST_MAX);
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    let mut trusted = false;
    while let Some(part) = multipart::next(&mut parts).await {
        let mut part = part.map_err(|_| WebError::BrokenOff)?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == FIELD && trusted {
            files.extend(file(&mut part, &mut allowance, files.len()).await?);
        } else {
            let value = multipart::text(&mut part, &mut allowance).await;
            trusted = trusted || (name == "csrf" && signed(value.trim()));
            if !trusted {
                return Err(WebError::Forbidden);
            }
            pairs.push((name, value));
        }
        if allowance.is_spent() || pairs.len() + files.len() > PARTS_MAX {
            return Err(WebError::TooLarge);
        }
    }
    if trusted {
        Ok((Fields::new(pairs), files))
    } else {
        Err(WebError::Forbidden)
    }
}

/// One file; none where none was chosen. Only as many as a form may have are kept in memory.
async fn file(
    part: &mut Field,
    allowance: &mut Allowance,
    before: usize,
) -> Result<Option<Given>, WebError> {
    let name = multipart::file_name(part);
    let most = if before < FILES_MAX { BYTES_MAX } else { 0 };
    let body = match multipart::bytes(part, most, allowance).await {
        Ok(bytes) if name.is_empty() && bytes.is_empty() => return Ok(None),
        Ok(bytes) => Ok(bytes),
        Err(Cut::BrokenOff) => return Err(WebError::BrokenOff),
        Err(Cut::TooLarge) if before < FILES_MAX => Err(FileRefusal::TooLarge),
        Err(Cut::TooLarge) => Err(FileRefusal::TooMany),
    };
    Ok(Some(Given { name, body }))
}
