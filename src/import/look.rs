//! A file's columns for a person to confirm: what was recognised, and what stands in them.

use std::io::Read;

use super::{BalanceReader, FileError, Mapping, read};
use crate::tables::{MappingError, Step, shortened, tidy};

/// Lines that are shown of a file.
const EXAMPLES: usize = 3;

/// What a file's columns look like.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Look {
    /// Every column title, spaces collapsed.
    pub headers: Vec<String>,
    /// The columns that were recognised; may lack what an import cannot do without.
    pub guess: Mapping,
    /// The cells of the first lines that are not blank.
    pub examples: Vec<Vec<String>>,
}

/// Looks at the beginning of a file. Refuses it when not one column title is known.
pub fn look(beginning: &[u8]) -> Result<Look, FileError> {
    let refused = match read(beginning, None) {
        Ok(reader) => return look_on(reader),
        Err(refused) => refused,
    };
    let FileError::Mapping(MappingError::Missing { headers, .. }) = &refused else {
        return Err(refused);
    };
    let guess = Mapping::guess(headers);
    if guess.columns().next().is_none() {
        return Err(refused);
    }
    match read(beginning, Some(&guess)) {
        Ok(reader) => look_on(reader),
        Err(_) => Ok(Look {
            headers: headers.clone(),
            guess,
            examples: Vec::new(),
        }),
    }
}

fn look_on<R: Read>(mut reader: BalanceReader<R>) -> Result<Look, FileError> {
    let mut examples = Vec::new();
    while examples.len() < EXAMPLES && reader.records.advance()? == Step::Record {
        let cells = reader.records.current().cells();
        let cells: Vec<String> = cells.map(|cell| shortened(&tidy(cell))).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            examples.push(cells);
        }
    }
    Ok(Look {
        guess: reader.mapping().clone(),
        headers: reader.headers,
        examples,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Field;
    use crate::tables::Holds;

    fn fields(look: &Look) -> Vec<(&'static str, usize)> {
        let columns = look.guess.columns();
        columns
            .map(|(field, column)| (field.name(), column.index))
            .collect()
    }

    #[test]
    fn a_known_file_is_recognised_with_examples() {
        let file = b"Balance\n\nCode;Nom;Pi\xe8ce;Ech\xe9ance;Solde;Libre\n\
                     C1;Caf\xe9;F1;01/02/2026;10,00;a\n\nC2;B;F2;01/03/2026;20,00;b\n";
        let look = look(file).unwrap();
        assert_eq!(look.headers.len(), 6);
        assert_eq!(look.guess.column(Field::Due).unwrap().title, "Echéance");
        assert_eq!(look.examples.len(), 2);
        assert_eq!(look.examples[0][1], "Café");
    }

    #[test]
    fn what_is_known_of_a_file_is_told_though_something_lacks() {
        let file = b"Code;Nom;Pi\xe8ce;Jour J;Solde\nC1;A;F1;01/02/2026;10,00\n";
        let look = look(file).unwrap();
        assert_eq!(
            fields(&look),
            [("code", 0), ("name", 1), ("number", 2), ("open", 4)]
        );
        assert_eq!(look.examples[0][3], "01/02/2026");
    }

    #[test]
    fn a_file_of_unknown_columns_is_refused() {
        let refused = look(b"foo;bar\n1;2\n").unwrap_err();
        assert!(matches!(refused, FileError::Mapping(_)), "{refused}");
        assert!(matches!(look(b" \n").unwrap_err(), FileError::Empty));
    }
}
