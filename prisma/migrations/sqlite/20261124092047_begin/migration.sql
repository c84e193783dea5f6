-- CreateTable
CREATE TABLE "installation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "epoch" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "key" BLOB NOT NULL,
    "probed_at" BIGINT
);

-- CreateTable
CREATE TABLE "stream" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "n" INTEGER NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "stream" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    PRIMARY KEY ("stream", "n")
);

-- CreateTable
CREATE TABLE "content" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "stream" TEXT NOT NULL,
    "salt" BLOB,
    "bytes" BLOB,
    "erased_at" BIGINT
);

-- CreateTable
CREATE TABLE "request" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "desk" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "short_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "own_reference_key" TEXT,
    "urgency" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "wants_pages" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "received_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "likeness" (
    "desk" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "request_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,

    PRIMARY KEY ("desk", "key", "at", "request_id")
);

-- CreateTable
CREATE TABLE "alarm" (
    "stream" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "due_at" BIGINT NOT NULL,
    "not_before" BIGINT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("stream", "kind")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "desk" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "short_id" TEXT NOT NULL,
    "officer" TEXT,
    "method_id" TEXT NOT NULL,
    "method_type" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "bundleable" BOOLEAN NOT NULL,
    "created_at" BIGINT NOT NULL,
    "due_at" BIGINT NOT NULL,
    "give_up_at" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "unknowns" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "node" TEXT,
    "boot" TEXT,
    "claimed_at" BIGINT,
    "finished_at" BIGINT,
    "bundle_id" TEXT,
    "code" TEXT,
    "ref" TEXT
);

-- CreateTable
CREATE TABLE "bundle" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "short_id" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "method_id" TEXT NOT NULL,
    "requests" TEXT NOT NULL,
    "claimed_at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "short_id" (
    "short_id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "counter" (
    "desk" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    PRIMARY KEY ("desk", "year")
);

-- CreateTable
CREATE TABLE "view" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "ref" TEXT,
    "due_at" BIGINT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "node" TEXT,
    "boot" TEXT,
    "claimed_at" BIGINT
);

-- CreateTable
CREATE TABLE "officer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "suspended_at" BIGINT
);

-- CreateTable
CREATE TABLE "contact_method" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "desk" TEXT,
    "officer" TEXT,
    "type" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "verified_at" BIGINT,
    "removed_at" BIGINT
);

-- CreateTable
CREATE TABLE "override" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "desk" TEXT NOT NULL,
    "made" INTEGER NOT NULL,
    "start_at" BIGINT NOT NULL,
    "end_at" BIGINT NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "revision" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "request_id" TEXT NOT NULL,
    "label_id" TEXT NOT NULL,
    "content_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "source" TEXT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "media" TEXT NOT NULL,
    "bytes" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "idempotency" (
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_sha256" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("source", "key")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "node" TEXT NOT NULL,
    "boot" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "node" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "boot" TEXT NOT NULL,
    "beat_at" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "officer" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "used_at" BIGINT
);

-- CreateTable
CREATE TABLE "session" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "officer" TEXT NOT NULL,
    "csrf" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "ended_at" BIGINT
);

-- CreateIndex
CREATE INDEX "content_stream_idx" ON "content"("stream");

-- CreateIndex
CREATE UNIQUE INDEX "request_short_id_key" ON "request"("short_id");

-- CreateIndex
CREATE INDEX "request_desk_status_rank_received_at_idx" ON "request"("desk", "status", "rank", "received_at");

-- CreateIndex
CREATE INDEX "request_owner_status_idx" ON "request"("owner", "status");

-- CreateIndex
CREATE INDEX "request_source_own_reference_key_received_at_idx" ON "request"("source", "own_reference_key", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "request_reference_desk_key" ON "request"("reference", "desk");

-- CreateIndex
CREATE INDEX "alarm_rank_not_before_idx" ON "alarm"("rank", "not_before");

-- CreateIndex
CREATE INDEX "delivery_state_rank_due_at_idx" ON "delivery"("state", "rank", "due_at");

-- CreateIndex
CREATE INDEX "delivery_request_id_idx" ON "delivery"("request_id");

-- CreateIndex
CREATE INDEX "delivery_officer_claimed_at_idx" ON "delivery"("officer", "claimed_at");

-- CreateIndex
CREATE INDEX "delivery_officer_state_due_at_idx" ON "delivery"("officer", "state", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "bundle_short_id_key" ON "bundle"("short_id");

-- CreateIndex
CREATE INDEX "view_rank_due_at_idx" ON "view"("rank", "due_at");

-- CreateIndex
CREATE INDEX "contact_method_officer_idx" ON "contact_method"("officer");

-- CreateIndex
CREATE INDEX "override_desk_end_at_idx" ON "override"("desk", "end_at");

-- CreateIndex
CREATE INDEX "attachment_request_id_idx" ON "attachment"("request_id");

-- CreateIndex
CREATE INDEX "session_officer_idx" ON "session"("officer");
