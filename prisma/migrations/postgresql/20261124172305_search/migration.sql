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

-- Words come folded, with a space between. They lie beside the rows, which a search reads by the thousand for their ids.
ALTER TABLE "search_words" ALTER COLUMN "words" SET STORAGE EXTERNAL;
ALTER TABLE "search_words" SET (toast_tuple_target = 128);
CREATE INDEX "search_words_words_idx" ON "search_words" USING gin (array_to_tsvector(string_to_array("words", ' ')));

-- What is there already waits to be taken in.
INSERT INTO "search_due" ("request_id", "n", "last") SELECT "id", 1, "version" FROM "request";
