-- CreateTable
CREATE TABLE "paged_desk" (
    "desk" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "paged_desk_pkey" PRIMARY KEY ("desk","request_id")
);
