//! Everything said about a dispute, read for the pages of either side.

use domain::attachment::Attachment;
use domain::credit::Note;
use domain::dispute::lines::DisputedLine;
use domain::dispute::{Author, Dispute, Remark};
use domain::invoice::Invoice;
use domain::{DisputeId, Money, RemarkId, SupplierId};
use views::attached::File;
use views::conversation::Said;

use crate::store::{self, Conn, StoreError};

/// Remarks and files of one dispute that are read.
const SAID_MAX: i64 = 200;

/// A dispute with all that was said about it.
#[derive(Clone, Debug)]
pub(super) struct Talk {
    /// The dispute.
    pub(super) dispute: Dispute,
    /// Its invoice.
    pub(super) invoice: Invoice,
    /// The credit notes of the books that may answer it, while it suspends.
    pub(super) notes: Vec<Note>,
    /// The lines it is about, when they are named.
    pub(super) lines: Vec<DisputedLine>,
    remarks: Vec<Remark>,
    files: Vec<Attachment>,
}

impl Talk {
    /// Reads it.
    pub(super) fn load(
        conn: &mut Conn,
        supplier: SupplierId,
        id: DisputeId,
    ) -> Result<Self, StoreError> {
        let dispute = store::dispute::find(conn, supplier, id)?;
        Self::of(conn, dispute)
    }

    /// Reads what was said about this dispute.
    pub(super) fn of(conn: &mut Conn, dispute: Dispute) -> Result<Self, StoreError> {
        let (supplier, debtor, id) = (dispute.supplier, dispute.debtor, dispute.id);
        Ok(Self {
            invoice: store::invoice::find(conn, supplier, debtor, dispute.invoice)?,
            remarks: store::remark::of_dispute(conn, supplier, id, SAID_MAX)?,
            files: store::attachment::of_dispute(conn, supplier, id, SAID_MAX)?,
            notes: notes(conn, &dispute)?,
            lines: store::dispute_line::of_dispute(conn, supplier, id)?,
            dispute,
        })
    }

    /// Everything said, oldest first: the declaration, then each remark with its files.
    pub(super) fn said(&self) -> Vec<Said> {
        let declared = Said {
            author: Author::Debtor,
            event: None,
            text: self.dispute.text.clone(),
            at: self.dispute.declared_at,
            files: self.files_of(None),
        };
        let remarks = self.remarks.iter().map(|one| Said {
            author: one.author,
            event: Some(one.event),
            text: one.text.clone(),
            at: one.at,
            files: self.files_of(Some(one.id)),
        });
        std::iter::once(declared).chain(remarks).collect()
    }

    /// The files of the declaration.
    pub(super) fn declared(&self) -> Vec<File> {
        self.files_of(None)
    }

    fn files_of(&self, remark: Option<RemarkId>) -> Vec<File> {
        let own = self.files.iter().filter(|one| one.remark == remark);
        own.map(file).collect()
    }

    /// The credit note's number and amount.
    pub(super) fn credit(&self) -> Option<(String, Money)> {
        let note = self.dispute.credit.as_ref()?;
        Some((note.number.clone(), note.amount))
    }
}

fn notes(conn: &mut Conn, dispute: &Dispute) -> Result<Vec<Note>, StoreError> {
    if !dispute.state.suspends() {
        return Ok(Vec::new());
    }
    let claim = store::credit::claim(conn, dispute)?;
    let all = store::credit::notes(conn, dispute.supplier, dispute.debtor)?;
    Ok(claim.candidates(&all).into_iter().cloned().collect())
}

/// A file as pages list it.
pub(super) fn file(one: &Attachment) -> File {
    File {
        id: one.id,
        name: one.name.clone(),
        kind: one.kind,
        size: one.size,
    }
}
