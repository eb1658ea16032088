//! The doctor, against a name server and a relay of the test's own.

use std::collections::BTreeMap;
use std::net::UdpSocket;
use std::process::Output;

use acquit::flows::deliver::outlet;
use acquit::flows::mail_settings::{self, MailSettings, SigningKey};

use super::program;
use super::server::Server;
use crate::support::databases::backends;
use crate::support::world::{World, paris};

/// The kind of record that names a mail host; whatever else is asked for is a text.
const MX: u8 = 15;

/// A name server that knows these texts, and for each of them the domain as its own mail host.
fn name_server(texts: BTreeMap<String, String>) -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = socket.local_addr().unwrap().port();
    // It ends with the test's process.
    std::thread::spawn(move || {
        let mut query = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut query) {
            let _ = socket.send_to(&answer(&query[..length], &texts), from);
        }
    });
    port
}

fn answer(query: &[u8], texts: &BTreeMap<String, String>) -> Vec<u8> {
    let mut labels = Vec::new();
    let mut at = 12;
    while query[at] != 0 {
        let end = at + 1 + usize::from(query[at]);
        labels.push(String::from_utf8_lossy(&query[at + 1..end]).into_owned());
        at = end;
    }
    let kind = query[at + 2];
    let found = texts.get(&labels.join("."));
    let mut bytes = query.to_vec();
    (bytes[2], bytes[3]) = (0x81, if found.is_some() { 0x80 } else { 0x83 });
    let Some(text) = found else {
        return bytes;
    };
    let data = match kind {
        MX => vec![0, 10, 0xc0, 12],
        _ => text
            .as_bytes()
            .chunks(255)
            .flat_map(|piece| [&[u8::try_from(piece.len()).unwrap()], piece].concat())
            .collect(),
    };
    bytes[7] = 1;
    bytes.extend([0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60]);
    bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
    bytes.extend(data);
    bytes
}

fn examined(world: &World, dns: u16, relay: u16) -> Output {
    program(world)
        .args(["doctor", "--dns", &format!("127.0.0.1:{dns}")])
        .env("ACQUIT_SMTP_HOST", "localhost")
        .env("ACQUIT_SMTP_PORT", relay.to_string())
        .env("ACQUIT_SMTP_SECURITY", "plain")
        .output()
        .unwrap()
}

#[actix_web::test]
async fn the_doctor_names_what_is_to_be_mended_and_is_content_once_it_is() {
    for backend in backends() {
        let server = Server::start();
        let world = World::new(backend, paris("2026-03-02", 10));
        let supplier = world.supplier("four").await;
        let settings = MailSettings {
            keys: vec![SigningKey {
                domain: "four.example".into(),
                selector: "acquit1".into(),
                kind: "ed25519".into(),
                key: "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".into(),
            }],
            return_path: Some("rebonds@mail.four.example".into()),
            ..MailSettings::default()
        };
        let record = outlet(&settings).unwrap().signers[0].record();
        let set = move |old: &mut MailSettings| *old = settings.clone();
        mail_settings::change(&world.app, supplier.id, set)
            .await
            .unwrap();

        let nothing = examined(&world, name_server(BTreeMap::new()), server.port);
        let said = String::from_utf8(nothing.stdout).unwrap();
        assert!(!nothing.status.success(), "{said}");
        assert!(
            said.contains("installation relay good: localhost:"),
            "{said}"
        );
        for expected in [
            "four spf BAD: no record begins with v=spf1",
            &format!("acquit1._domainkey.four.example write: {record}"),
            "four dmarc BAD: no record begins with v=dmarc1",
            "four reports BAD: mail.four.example has no mail host",
        ] {
            assert!(said.contains(expected), "{expected} is not in:\n{said}");
        }

        let texts = [
            ("mail.four.example", "v=spf1 ip4:192.0.2.1 -all".to_owned()),
            ("acquit1._domainkey.four.example", record),
            ("_dmarc.four.example", "v=DMARC1; p=reject".to_owned()),
        ];
        let texts = texts.map(|(name, text)| (name.to_owned(), text)).into();
        let all = examined(&world, name_server(texts), server.port);
        let said = String::from_utf8(all.stdout).unwrap();
        assert!(all.status.success(), "{said}");
        assert_eq!(
            said.lines().filter(|line| line.contains(" good: ")).count(),
            5,
            "{said}"
        );

        let away = examined(&world, name_server(BTreeMap::new()), 1);
        let said = String::from_utf8(away.stdout).unwrap();
        assert!(said.contains("installation relay BAD: "), "{said}");
    }
}
