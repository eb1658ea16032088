//! A TLS stream in the shape lettre's connection takes.
//!
//! lettre connects over a given stream only when it looks like a plain one, and expects a greeting
//! on it. This wraps lettre's own TLS stream (so its roots and its checks apply) and, after
//! STARTTLS, repeats the greeting that was read in clear.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::io::{AsyncRead as _, AsyncWrite as _};
#[expect(deprecated, reason = "lettre offers no other way to its TLS stream")]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::{AsyncTokioStream, TlsParameters};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::reply::Failure;

/// What lettre reads where STARTTLS leaves no greeting to be read.
const GREETING: &[u8] = b"220 TLS\r\n";

#[derive(Debug)]
pub(super) struct Secured {
    greeting: &'static [u8],
    peer: SocketAddr,
    #[expect(deprecated, reason = "see above")]
    stream: AsyncNetworkStream,
}

impl Secured {
    /// TLS from the first byte; the server greets inside.
    pub(super) async fn from_start(tcp: TcpStream, tls: TlsParameters) -> Result<Self, Failure> {
        Self::handshake(tcp, tls, b"").await
    }

    /// TLS after STARTTLS; the server has greeted in clear.
    pub(super) async fn after_greeting(
        tcp: TcpStream,
        tls: TlsParameters,
    ) -> Result<Self, Failure> {
        Self::handshake(tcp, tls, GREETING).await
    }

    async fn handshake(
        tcp: TcpStream,
        tls: TlsParameters,
        greeting: &'static [u8],
    ) -> Result<Self, Failure> {
        let peer = tcp.peer_addr()?;
        #[expect(deprecated, reason = "see above")]
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(tcp));
        stream.upgrade_tls(tls).await?;
        Ok(Self {
            greeting,
            peer,
            stream,
        })
    }
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.greeting.is_empty() {
            let count = self.greeting.len().min(into.remaining());
            let (now, later) = self.greeting.split_at_checked(count).unwrap_or_default();
            into.put_slice(now);
            self.greeting = later;
            return Poll::Ready(Ok(()));
        }
        let count =
            ready!(Pin::new(&mut self.stream).poll_read(context, into.initialize_unfilled()))?;
        into.advance(count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Secured {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_close(context)
    }
}
