-- CreateTable
CREATE TABLE "installation" (
    "id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "created_at" BIGINT NOT NULL,
    "key" BYTEA NOT NULL,
    "probed_at" BIGINT,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream" (
    "name" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "stream_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "stream" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("stream","n")
);

-- CreateTable
CREATE TABLE "content" (
    "id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "salt" BYTEA,
    "bytes" BYTEA,
    "erased_at" BIGINT,

    CONSTRAINT "content_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "id" TEXT NOT NULL,
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
    "received_at" BIGINT NOT NULL,

    CONSTRAINT "request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "likeness" (
    "desk" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "request_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,

    CONSTRAINT "likeness_pkey" PRIMARY KEY ("desk","key","at","request_id")
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

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("stream","kind")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" TEXT NOT NULL,
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
    "ref" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bundle" (
    "id" TEXT NOT NULL,
    "short_id" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "method_id" TEXT NOT NULL,
    "requests" TEXT NOT NULL,
    "claimed_at" BIGINT NOT NULL,

    CONSTRAINT "bundle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "short_id" (
    "short_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,

    CONSTRAINT "short_id_pkey" PRIMARY KEY ("short_id")
);

-- CreateTable
CREATE TABLE "counter" (
    "desk" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "counter_pkey" PRIMARY KEY ("desk","year")
);

-- CreateTable
CREATE TABLE "view" (
    "id" TEXT NOT NULL,
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
    "claimed_at" BIGINT,

    CONSTRAINT "view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "officer" (
    "id" TEXT NOT NULL,
    "suspended_at" BIGINT,

    CONSTRAINT "officer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_method" (
    "id" TEXT NOT NULL,
    "desk" TEXT,
    "officer" TEXT,
    "type" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "verified_at" BIGINT,
    "removed_at" BIGINT,

    CONSTRAINT "contact_method_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "override" (
    "id" TEXT NOT NULL,
    "desk" TEXT NOT NULL,
    "made" INTEGER NOT NULL,
    "start_at" BIGINT NOT NULL,
    "end_at" BIGINT NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revision" (
    "number" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "revision_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "label_id" TEXT NOT NULL,
    "content_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "media" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_sha256" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("source","key")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "boot" TEXT NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "node" (
    "id" TEXT NOT NULL,
    "boot" TEXT NOT NULL,
    "beat_at" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "node_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "hash" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "used_at" BIGINT,

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "session" (
    "hash" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "csrf" TEXT NOT NULL,
    "created_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "ended_at" BIGINT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("hash")
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
