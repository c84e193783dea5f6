-- Edited by hand: an index over the words, of a kind that Prisma does not know.
-- AlterTable
ALTER TABLE "request" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT '';
UPDATE "request" SET "kind" = coalesce("state"::json ->> 'kind', '');

-- CreateTable
CREATE TABLE "search_due" (
    "request_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "search_due_pkey" PRIMARY KEY ("request_id","n")
);

-- CreateTable
CREATE TABLE "search_words" (
    "id" BIGINT NOT NULL,
    "request_id" TEXT NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "search_words_request_id_key" ON "search_words"("request_id");

-- CreateIndex
CREATE INDEX "search_words_id_request_id_idx" ON "search_words"("id", "request_id");

-- CreateIndex
CREATE INDEX "request_id_desk_status_urgency_kind_owner_received_at_idx" ON "request"("id", "desk", "status", "urgency", "kind", "owner", "received_at");

-- Words come folded, with a space between. A search reads rows by the hundred thousand for the ids in them, so the words
-- must lie beside them. The server does that to rows of more than 2 kB only, and then until they are small: the filler makes
-- each so large, and is some 40 bytes once it is packed.
ALTER TABLE "search_words" ADD COLUMN "filler" TEXT NOT NULL GENERATED ALWAYS AS (repeat(' ', 2048)) STORED;
ALTER TABLE "search_words" ALTER COLUMN "words" SET STORAGE EXTERNAL;
ALTER TABLE "search_words" SET (toast_tuple_target = 128);
CREATE INDEX "search_words_words_idx" ON "search_words" USING gin (array_to_tsvector(string_to_array("words", ' ')));

-- Ids of the requests that have these words. By the index, always: for a word that many requests have the planner would
-- rather take every row's words apart, which takes a hundred times as long.
CREATE FUNCTION "search_hits"("asked" tsquery) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100000
  SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0 SET jit = off
  AS $$ SELECT "request_id" FROM "search_words" WHERE array_to_tsvector(string_to_array("words", ' ')) @@ "asked" $$;

-- What is there already waits to be taken in.
INSERT INTO "search_due" ("request_id", "n", "last") SELECT "id", 1, "version" FROM "request";
