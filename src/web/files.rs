//! Files of people, handed out to be kept: never shown or run by the browser.

use actix_web::HttpResponse;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, ContentType, X_CONTENT_TYPE_OPTIONS,
};
use domain::attachment::Attachment;

use super::address;

/// A file as a download under its own name (RFC 6266, RFC 8187).
pub(super) fn download(file: &Attachment, body: Vec<u8>) -> HttpResponse {
    let disposition = format!(
        "attachment; filename=\"{}\"; filename*=UTF-8''{}",
        plain(&file.name),
        address::value(&file.name)
    );
    let kind = file
        .kind
        .as_str()
        .parse()
        .map_or_else(|_| ContentType::octet_stream(), ContentType);
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .body(body)
}

/// The name for programs that know no other letters.
fn plain(name: &str) -> String {
    let known = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_' | ' ');
    name.chars()
        .map(|sign| if known(sign) { sign } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderMap;
    use domain::attachment::FileKind;
    use domain::{AttachmentId, DebtorId, Id, Moment};

    fn headers(name: &str) -> HeaderMap {
        let file = Attachment {
            id: AttachmentId::from_bits(1),
            debtor: DebtorId::from_bits(1),
            dispute: None,
            remark: None,
            name: name.into(),
            kind: FileKind::Pdf,
            size: 1,
            at: Moment::from_seconds(0),
        };
        download(&file, vec![1]).headers().clone()
    }

    #[test]
    fn a_file_is_to_be_kept_under_its_name_and_never_run() {
        let found = headers("Reçu \"n°1\"; x=\r\n.pdf");
        let name = "attachment; filename=\"Re_u _n_1__ x___.pdf\"; filename*=UTF-8''\
                    Re%C3%A7u%20%22n%C2%B01%22%3B%20x%3D%0D%0A.pdf";
        assert_eq!(found.get(CONTENT_DISPOSITION).unwrap(), name);
        assert_eq!(found.get(X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
        assert_eq!(found.get("content-type").unwrap(), "application/pdf");
        let policy = found.get(CONTENT_SECURITY_POLICY).unwrap();
        assert!(policy.to_str().unwrap().contains("default-src 'none'"));
    }
}
