//! Idempotency keys: the first answer is kept and given again.

use std::collections::BTreeMap;

use super::answer::{Answer, error};
use super::form::Form;

/// What is known of a key.
struct Kept {
    path: String,
    form: Form,
    answer: Answer,
    finished: bool,
}

/// All keys, by account and key.
#[derive(Default)]
pub struct Keys(BTreeMap<(String, String), Kept>);

/// What a key says about a request that carries it.
pub enum Known {
    /// Nothing yet: do it.
    New,
    /// This was the answer.
    Replay(Answer),
    /// It may not be used like this.
    Refused(Answer),
}

impl Keys {
    /// Looks a key up.
    pub fn look(&self, id: &(String, String), path: &str, form: &Form) -> Known {
        let Some(kept) = self.0.get(id) else {
            return Known::New;
        };
        if kept.path != path || kept.form != *form {
            let message = "Keys for idempotent requests can only be used with the same \
                           parameters they were first used with.";
            return Known::Refused(error(400, "idempotency_error", message));
        }
        if !kept.finished {
            let message = "Another request with this idempotency key is still in progress.";
            return Known::Refused(error(409, "idempotency_error", message));
        }
        Known::Replay(kept.answer.clone())
    }

    /// Keeps an answer, unless the request was refused before anything was done.
    pub fn keep(&mut self, id: (String, String), path: &str, form: Form, answer: &Answer) {
        let done = answer.status < 400 || answer.status == 402 || answer.status >= 500;
        if done {
            let kept = Kept {
                path: path.to_owned(),
                form,
                answer: answer.clone(),
                finished: true,
            };
            self.0.insert(id, kept);
        }
    }

    /// Marks a key as still in progress.
    pub fn hold(&mut self, id: &(String, String)) {
        if let Some(kept) = self.0.get_mut(id) {
            kept.finished = false;
        }
    }

    /// Nothing is in progress any more.
    pub fn finish_all(&mut self) {
        for kept in self.0.values_mut() {
            kept.finished = true;
        }
    }

    /// As if 24 hours had passed.
    pub fn forget(&mut self) {
        self.0.clear();
    }
}
