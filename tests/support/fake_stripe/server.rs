//! The HTTP side: takes requests apart, sends answers back or breaks the connection.

use std::io;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, rt, web};
use futures_util::stream;

use super::Shared;
use super::books::{Call, Fault, Reply};
use super::form::Form;

/// Listens on a free loopback port and gives it.
pub fn start(shared: &Arc<Shared>) -> (ServerHandle, u16) {
    let data = web::Data::from(Arc::clone(shared));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(data.clone())
            .default_service(web::route().to(answer))
    })
    .workers(1)
    // No test takes as long: a connection closed meanwhile would be a fault of ours.
    .keep_alive(std::time::Duration::from_secs(600))
    .disable_signals()
    .bind(("127.0.0.1", 0))
    .unwrap();
    let port = server.addrs()[0].port();
    let server = server.run();
    let handle = server.handle();
    rt::spawn(server);
    (handle, port)
}

async fn answer(shared: web::Data<Shared>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let mut released = shared.released.subscribe();
    released.mark_unchanged();
    let reply = shared.books().handle(call(&request, &body));
    if reply.fault == Some(Fault::Hold) {
        shared.held.send_modify(|count| *count += 1);
        released.changed().await.unwrap();
    }
    send(&reply)
}

fn call(request: &HttpRequest, body: &[u8]) -> Call {
    let header = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    let bearer = header("authorization");
    let text = match request.method().as_str() {
        "GET" => request.query_string(),
        _ => std::str::from_utf8(body).unwrap_or_default(),
    };
    Call {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        bearer: bearer.and_then(|text| Some(text.strip_prefix("Bearer ")?.to_owned())),
        version: header("stripe-version"),
        account: header("stripe-account"),
        key: header("idempotency-key"),
        form: Form::parse(text),
    }
}

fn send(reply: &Reply) -> HttpResponse {
    let status = StatusCode::from_u16(reply.answer.status).unwrap();
    let mut response = HttpResponse::build(status);
    if reply.replayed {
        response.insert_header(("idempotent-replayed", "true"));
    }
    match reply.fault {
        // A body that fails makes the server break the connection.
        Some(Fault::LoseAnswer) => {
            let broken = io::Error::from(io::ErrorKind::ConnectionReset);
            response.streaming(stream::iter([Err::<web::Bytes, _>(broken)]))
        }
        Some(Fault::Garbled) => response.body("<html>Bad gateway</html>"),
        _ => response.json(&reply.answer.body),
    }
}
