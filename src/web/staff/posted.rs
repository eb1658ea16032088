//! A form of the staff's pages that may bring files: its token first, as everywhere.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};
use views::portal::notice::Fault;

use super::answer::Refusal;
use super::session::Staff;
use crate::flows::attach::Given;
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::form_files::{is_multipart, read};

/// What was posted, its token checked.
pub(super) struct Sent {
    /// Its fields.
    pub(super) fields: Fields,
    /// The files, as they came.
    pub(super) files: Vec<Given>,
}

/// A form posted by somebody signed in; refused when it is not of their session.
pub(super) struct StaffPosted {
    /// Who posted it.
    pub(super) staff: Staff,
    /// What.
    pub(super) sent: Result<Sent, Refusal>,
}

impl FromRequest for StaffPosted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::from_request(request, payload);
        if is_multipart(request) {
            let parts = Multipart::from_request(request, payload);
            return Box::pin(async move {
                let (staff, parts) = (staff.await?, parts.await?);
                let sent = with_files(&staff, parts).await;
                Ok(Self { staff, sent })
            });
        }
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let (staff, form) = (staff.await?, form.await?);
            let fields = Fields::new(form.into_inner());
            let checked = staff.check_form(fields.text("csrf"));
            let files = Vec::new();
            let sent = checked.map(|()| Sent { fields, files });
            Ok(Self { staff, sent })
        })
    }
}

async fn with_files(staff: &Staff, parts: Multipart) -> Result<Sent, Refusal> {
    let signed = |token: &str| staff.check_form(token).is_ok();
    match read(signed, parts).await {
        Ok((fields, files)) => Ok(Sent { fields, files }),
        Err(WebError::Forbidden) => Err(Refusal::Fault(Fault::Forbidden)),
        Err(WebError::TooLarge) => Err(Refusal::Fault(Fault::TooLarge)),
        Err(WebError::Flow(why)) => Err(why.into()),
        Err(_) => Err(Refusal::Fault(Fault::Unreadable)),
    }
}
