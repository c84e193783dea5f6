-- Edited by hand: a column is added instead of making the table anew, an id is the row's own, and the full text is no
-- table that Prisma knows.
-- AlterTable
ALTER TABLE "request" ADD COLUMN "kind" TEXT NOT NULL DEFAULT '';
UPDATE "request" SET "kind" = coalesce("state" ->> '$.kind', '');

-- CreateTable
CREATE TABLE "search_due" (
    "request_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    PRIMARY KEY ("request_id", "n")
);

-- CreateTable
CREATE TABLE "search_words" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "words" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "request_id_desk_status_urgency_kind_owner_received_at_idx" ON "request"("id", "desk", "status", "urgency", "kind", "owner", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "search_words_request_id_key" ON "search_words"("request_id");

-- CreateIndex
CREATE INDEX "search_words_id_request_id_idx" ON "search_words"("id", "request_id");

-- Words come folded, with a space between; none holds anything but letters, digits, a point or an equals sign. What is
-- taken out is taken out of the pages at once, not marked as gone.
CREATE VIRTUAL TABLE "search_text" USING fts5("words", content='', detail='none', prefix='2 3', tokenize='ascii tokenchars ''.=''');
INSERT INTO "search_text" ("search_text", "rank") VALUES ('secure-delete', 1);

-- What is there already waits to be taken in.
INSERT INTO "search_due" ("request_id", "n", "last") SELECT "id", 1, "version" FROM "request";
