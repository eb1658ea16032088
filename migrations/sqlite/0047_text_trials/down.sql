DROP TABLE text_trial;
