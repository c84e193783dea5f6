-- Run after every migration: a table that SQLite makes anew for a change loses its triggers.
-- The journal is only ever appended to.
CREATE TRIGGER IF NOT EXISTS "journal_entry_is_not_changed" BEFORE UPDATE ON "journal_entry"
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER IF NOT EXISTS "journal_entry_is_not_removed" BEFORE DELETE ON "journal_entry"
BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;
