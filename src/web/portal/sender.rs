//! Where a request came from, for the evidence of what somebody agreed to.

use actix_web::HttpRequest;

/// Characters of a header that are kept.
const HEADER_MAX: usize = 300;

/// The sender of a request, as far as it can be told.
pub(super) struct Sender {
    /// Behind a proxy the peer is the proxy, so what it says about the sender is kept beside it.
    pub(super) address: String,
    /// What the browser calls itself.
    pub(super) agent: String,
}

impl Sender {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let header = |name: &str| {
            let value = request.headers().get(name);
            let text = value.and_then(|value| value.to_str().ok());
            text.map(|text| text.chars().take(HEADER_MAX).collect::<String>())
        };
        let peer = request.peer_addr().map(|peer| peer.ip().to_string());
        let peer = peer.unwrap_or_default();
        Self {
            address: match header("x-forwarded-for") {
                Some(sender) => format!("{peer}, forwarded for {sender}"),
                None => peer,
            },
            agent: header("user-agent").unwrap_or_default(),
        }
    }
}
