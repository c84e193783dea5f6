-- Run after every migration. The journal is only ever appended to.
CREATE OR REPLACE FUNCTION "journal_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only';
END
$$;

-- Only where it is missing: making a trigger locks the table, and other nodes may be at work.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'journal_entry_is_append_only' AND tgrelid = 'journal_entry'::regclass) THEN
    CREATE TRIGGER "journal_entry_is_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "journal_is_append_only"();
  END IF;
END
$$;
