-- CreateTable
CREATE TABLE "paged_desk" (
    "desk" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,

    PRIMARY KEY ("desk", "request_id")
);
