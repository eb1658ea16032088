//! All integration tests, linked once.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod stripe;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tidy;
