//! Answers as name servers give them, also cut, looped and broken ones.

use tokio::net::TcpListener;

use super::*;

fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(test)
}

/// An answer to a query, with these records of a kind; their names jump back to the question.
fn answer(query: &[u8], kind: u16, records: &[Vec<u8>], code: u8) -> Vec<u8> {
    let mut bytes = query.to_vec();
    bytes[2] = 0x81;
    bytes[3] = 0x80 | code;
    bytes[7] = u8::try_from(records.len()).unwrap();
    for record in records {
        bytes.extend([0xc0, 12]);
        bytes.extend(kind.to_be_bytes());
        bytes.extend([0, 1, 0, 0, 0, 60]);
        bytes.extend(u16::try_from(record.len()).unwrap().to_be_bytes());
        bytes.extend(record);
    }
    bytes
}

fn pieces(text: &str) -> Vec<u8> {
    let pieces = text.as_bytes().chunks(255);
    pieces
        .flat_map(|one| [&[u8::try_from(one.len()).unwrap()], one].concat())
        .collect()
}

/// A server that answers once by datagram, and once by connection when that was cut.
async fn server(reply: impl Fn(&[u8]) -> Vec<u8> + Send + 'static, cut: bool) -> Resolver {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    let listener = TcpListener::bind(at).await.unwrap();
    tokio::spawn(async move {
        let mut query = vec![0; 512];
        let (length, from) = socket.recv_from(&mut query).await.unwrap();
        query.truncate(length);
        let mut bytes = reply(&query);
        if cut {
            bytes[2] |= 0x02;
            bytes.truncate(30);
        }
        socket.send_to(&bytes, from).await.unwrap();
        if cut {
            let (mut stream, _) = listener.accept().await.unwrap();
            let length = stream.read_u16().await.unwrap();
            let mut query = vec![0; usize::from(length)];
            stream.read_exact(&mut query).await.unwrap();
            let whole = reply(&query);
            stream
                .write_u16(u16::try_from(whole.len()).unwrap())
                .await
                .unwrap();
            stream.write_all(&whole).await.unwrap();
        }
    });
    Resolver::at(at)
}

#[test]
fn texts_come_whole_by_datagram_and_by_connection() {
    let long = "v=DKIM1; k=rsa; p=".to_owned() + &"A".repeat(600);
    for cut in [false, true] {
        run(async {
            let records = vec![pieces("v=spf1 -all"), pieces(&long)];
            let resolver = server(move |query| answer(query, TXT, &records, 0), cut).await;
            let texts = resolver
                .texts("acquit1._domainkey.boreal.example")
                .await
                .unwrap();
            assert_eq!(texts, ["v=spf1 -all", &long]);
        });
    }
}

#[test]
fn mail_hosts_are_names_that_may_jump_back() {
    run(async {
        // The host is `mx` in front of the question's own name.
        let record = vec![0, 10, 2, b'm', b'x', 0xc0, 12];
        let resolver = server(
            move |query| answer(query, MX, std::slice::from_ref(&record), 0),
            false,
        )
        .await;
        let hosts = resolver.mail_hosts("Boreal.example").await.unwrap();
        assert_eq!(hosts, ["mx.boreal.example"]);
    });
}

#[test]
fn no_such_name_is_an_empty_answer_and_a_refusal_is_told() {
    run(async {
        let resolver = server(|query| answer(query, TXT, &[], 3), false).await;
        assert_eq!(
            resolver.texts("nobody.example").await.unwrap(),
            Vec::<String>::new()
        );
        let resolver = server(|query| answer(query, TXT, &[], 2), false).await;
        let refused = resolver.texts("boreal.example").await;
        assert!(
            matches!(refused, Err(DnsError::Refused(_, 2))),
            "{refused:?}"
        );
    });
}

#[test]
fn names_that_are_none_are_not_asked_for() {
    for name in ["", "a..b", "é.example", &"a".repeat(64)] {
        let refused = query(1, name, TXT);
        assert!(matches!(refused, Err(DnsError::Name(_))), "{name}");
    }
}

#[test]
fn broken_answers_are_refused_and_loops_end() {
    let asked = query(7, "boreal.example", TXT).unwrap();
    let whole = answer(&asked, TXT, &[pieces("v=spf1 -all")], 0);
    assert!(read(&whole, 7, TXT).is_some());
    assert!(
        read(&whole, 8, TXT).is_none(),
        "an answer to another question"
    );
    for end in 0..whole.len() {
        assert!(read(&whole[..end], 7, TXT).is_none(), "{end}");
    }
    let mut looped = whole;
    looped[12] = 0xc0;
    looped[13] = 12;
    assert!(read(&looped, 7, TXT).is_none());
}
