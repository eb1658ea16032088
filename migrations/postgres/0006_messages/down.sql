DROP TABLE link;
DROP TABLE reminder_step;
DROP TABLE message_invoice;
DROP TABLE message;
