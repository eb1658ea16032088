//! Why a request got no page of its own. The page that says so is made by `faults`.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpResponse, ResponseError};
use domain::MoneyError;

use crate::flows::FlowError;
use crate::store::StoreError;
use crate::vault::VaultError;

/// Seconds after which a busy server may be asked again.
const BUSY_SECONDS: u32 = 2;

/// Why a request got no page of its own.
#[derive(Debug, thiserror::Error)]
pub(super) enum WebError {
    /// No session, an ended one, or a form that is not from our pages.
    #[error("no open session, or a form that is not of this session")]
    Forbidden,
    /// The access allows to look, not to act.
    #[error("this access allows to look, not to act")]
    ViewOnly,
    /// Nothing here, or nothing of this visitor's.
    #[error("not found")]
    NotFound,
    /// More often than anybody needs.
    #[error("too many requests")]
    TooMany,
    /// More bytes than any form of ours brings.
    #[error("the request is too large")]
    TooLarge,
    /// The connection ended before the form did.
    #[error("the request broke off")]
    BrokenOff,
    /// A flow or the storage failed.
    #[error(transparent)]
    Flow(#[from] FlowError),
}

impl From<StoreError> for WebError {
    fn from(why: StoreError) -> Self {
        Self::Flow(why.into())
    }
}

impl From<MoneyError> for WebError {
    fn from(why: MoneyError) -> Self {
        Self::Flow(why.into())
    }
}

impl From<VaultError> for WebError {
    fn from(why: VaultError) -> Self {
        Self::Flow(why.into())
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Forbidden | Self::ViewOnly => StatusCode::FORBIDDEN,
            Self::NotFound | Self::Flow(FlowError::Store(StoreError::NotFound)) => {
                StatusCode::NOT_FOUND
            }
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BrokenOff => StatusCode::BAD_REQUEST,
            Self::Flow(FlowError::Store(StoreError::Busy)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Flow(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut answer = HttpResponse::build(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            answer.insert_header((RETRY_AFTER, BUSY_SECONDS));
        }
        answer.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_store_asks_for_patience_and_a_failing_one_does_not() {
        let busy = WebError::from(StoreError::Busy).error_response();
        assert_eq!(busy.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(busy.headers().get(RETRY_AFTER).unwrap(), "2");
        let failed = WebError::from(StoreError::Failed("away".into())).error_response();
        assert_eq!(failed.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(failed.headers().get(RETRY_AFTER).is_none());
        let missing = WebError::from(StoreError::NotFound).error_response();
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    }
}
