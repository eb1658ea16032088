//! A correlation id for each request, and one line in the log.
//!
//! The line names the route, never the path: paths hold tokens. Bodies are never logged.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use crate::app::App;
use crate::vault;

/// What an error page shows and the log has too.
#[derive(Clone)]
pub(super) struct Incident(pub(super) String);

impl Incident {
    fn new() -> Self {
        let bytes = vault::random::<6>().unwrap_or_default();
        Self(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
    }

    /// The id this request was given.
    pub(super) fn of(request: &HttpRequest) -> String {
        let known = request.extensions().get::<Self>().cloned();
        known.map_or_else(String::new, |incident| incident.0)
    }
}

/// Gives each request its id and logs how it ended.
pub(super) async fn trace<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let incident = Incident::new();
    request.extensions_mut().insert(incident.clone());
    let clock = request.app_data::<web::Data<App>>().cloned();
    let now = || clock.as_ref().map_or(0, |app| app.now().micros());
    let started = now();
    let answer = next.call(request).await?;
    let route = answer.request().match_pattern();
    tracing::info!(
        incident = incident.0,
        method = %answer.request().method(),
        route = route.as_deref().unwrap_or("none"),
        status = answer.status().as_u16(),
        micros = now().saturating_sub(started),
        "request"
    );
    Ok(answer)
}
