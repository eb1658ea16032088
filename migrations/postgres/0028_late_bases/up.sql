-- Base rates of half-years that came after the program, as domain::late::Added writes itself.
ALTER TABLE supplier ADD COLUMN late_bases TEXT NOT NULL DEFAULT '';
