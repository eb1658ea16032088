//! SMTP: a small pool of connections that tells when the text starts.
