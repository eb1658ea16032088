//! All integration tests, linked once.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod judges;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod portal;
#[cfg(test)]
mod races;
#[cfg(test)]
mod staff;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod stripe;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod walls;
