//! QR codes as SVG.
