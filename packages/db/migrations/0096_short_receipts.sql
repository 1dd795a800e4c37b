ALTER TYPE "public"."ledger_source" ADD VALUE 'shortfall';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'shortfall';--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "short" bigint;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_short" CHECK ("receipts"."short" is null or ("receipts"."short" > 0 and "receipts"."short" < "receipts"."amount"));