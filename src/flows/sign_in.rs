//! Staff sign in with a mailbox and a password (argon2id).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use domain::{SupplierId, UserId};

use super::error::FlowError;
use crate::app::App;
use crate::clock::new_id;
use crate::store::user::{StaffRole, User};
use crate::store::{self, Across};

/// The fewest characters of a password (OWASP ASVS 6.2.1 asks for at least 8).
pub const PASSWORD_MIN: usize = 10;

/// A staff user and where it may work.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user.
    pub user: User,
    /// The suppliers it works for, and as what.
    pub roles: Vec<(SupplierId, StaffRole)>,
}

/// The user of this mailbox, if the password is right. A wrong mailbox costs the same time as a
/// wrong password, so that neither can be told from the other.
pub async fn check(app: &App, email: &str, password: &str) -> Result<Option<SignedIn>, FlowError> {
    let email = email.trim().to_lowercase();
    let found = app
        .store
        .read(Across::SignIn, move |conn| {
            let Some(user) = store::user::by_email(conn, &email)? else {
                return Ok(None);
            };
            let roles = store::user::roles(conn, user.id)?;
            Ok(Some(SignedIn { user, roles }))
        })
        .await?;
    let hash = found
        .as_ref()
        .map_or_else(stand_in, |found| found.user.password_hash.clone());
    let password = password.to_owned();
    let right = tokio::task::spawn_blocking(move || verify(&hash, &password))
        .await
        .map_err(|why| FlowError::Unusable(why.to_string()))?;
    Ok(found.filter(|_| right))
}

/// The user of a session, as it is now.
pub async fn again(app: &App, id: UserId) -> Result<SignedIn, FlowError> {
    Ok(app
        .store
        .read(Across::SignIn, move |conn| {
            let user = store::user::find(conn, id)?;
            Ok(SignedIn {
                roles: store::user::roles(conn, id)?,
                user,
            })
        })
        .await?)
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// A hash no password has, of the same cost as real ones.
fn stand_in() -> String {
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IGhlcmU$\
     2YHVwJ0Qd0zQm3Xx0o3mJ2tQm3cGJ1m6fWmQk0a3m7E"
        .to_owned()
}

/// Adds a user and its roles.
pub async fn add_user(
    app: &App,
    email: &str,
    name: &str,
    password: &str,
    roles: Vec<(SupplierId, StaffRole)>,
) -> Result<UserId, FlowError> {
    if password.chars().count() < PASSWORD_MIN {
        let why = format!("the password needs at least {PASSWORD_MIN} characters");
        return Err(FlowError::Unusable(why));
    }
    let hash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|why| FlowError::Unusable(why.to_string()))?
        .to_string();
    let user = User {
        id: new_id(),
        email: email.trim().to_lowercase(),
        name: name.to_owned(),
        password_hash: hash,
        epoch: 0,
    };
    let id = user.id;
    let written: Result<(), FlowError> = app
        .store
        .write(Across::SignIn, move |conn| {
            store::user::insert(conn, &user)?;
            for (supplier, role) in &roles {
                store::user::grant(conn, *supplier, user.id, *role)?;
            }
            Ok(())
        })
        .await;
    written?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Were it no hash of the usual cost, a mailbox that nobody has would be answered faster.
    #[test]
    fn the_stand_in_costs_what_a_real_hash_costs() {
        let real = Argon2::default().hash_password(b"anything").unwrap();
        let stand_in = stand_in();
        let stand_in = PasswordHash::new(&stand_in).unwrap();
        assert_eq!(stand_in.algorithm, real.algorithm);
        assert_eq!(stand_in.version, real.version);
        assert_eq!(stand_in.params.to_string(), real.params.to_string());
        assert_eq!(
            stand_in.hash.map(|hash| hash.len()),
            real.hash.map(|hash| hash.len())
        );
        assert!(!verify(&stand_in.to_string(), "anything"));
    }
}
