DROP INDEX bank_entry_by_batch;
DROP INDEX bank_entry_by_ref;
DROP INDEX bank_entry_by_amount;
DROP INDEX bank_entry_by_sum;
