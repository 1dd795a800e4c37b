CREATE TYPE "public"."ledger_source" AS ENUM('receipt', 'application', 'refund', 'payout', 'settlement', 'adjustment');--> statement-breakpoint
ALTER TYPE "public"."order_status" ADD VALUE 'refund_pending';--> statement-breakpoint
ALTER TYPE "public"."order_status" ADD VALUE 'refunded';--> statement-breakpoint
ALTER TYPE "public"."order_status" ADD VALUE 'partially_refunded';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'studio_payable';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'vat_payable';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'withholding_tax_payable';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'gateway_fees';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'refunds';--> statement-breakpoint
ALTER TYPE "public"."account_kind" ADD VALUE 'payouts_clearing';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'refund';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'payout';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'settlement';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'adjustment';--> statement-breakpoint
CREATE TABLE "ledger_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"postings" integer NOT NULL,
	"unbalanced" integer NOT NULL,
	"wrong" integer NOT NULL,
	"held" integer NOT NULL,
	"held_amount" bigint NOT NULL,
	"balanced" boolean GENERATED ALWAYS AS (unbalanced = 0 and wrong = 0) STORED NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ledger_postings" DROP CONSTRAINT "ledger_postings_receipt";--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_paid";--> statement-breakpoint
ALTER TABLE "ledger_accounts" DROP CONSTRAINT "ledger_accounts_owned";--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "line_id" uuid;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "event_id" uuid;--> statement-breakpoint
-- Every posting of before was made by a receipt. No row is written anew: the ledger is append only.
ALTER TABLE "ledger_postings" ADD COLUMN "source_kind" "ledger_source" DEFAULT 'receipt' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_postings" ALTER COLUMN "source_kind" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "ledger_postings" RENAME COLUMN "receipt_id" TO "source_id";--> statement-breakpoint
CREATE INDEX "ledger_checks_checked_at" ON "ledger_checks" USING btree ("checked_at");--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_line_id_order_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_share" ON "ledger_entries" USING btree ("posting_id","line_id","account_id") WHERE "ledger_entries"."line_id" is not null;--> statement-breakpoint
CREATE INDEX "ledger_entries_line" ON "ledger_entries" USING btree ("line_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_photo" ON "ledger_entries" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_event" ON "ledger_entries" USING btree ("event_id");--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_source" UNIQUE("source_kind","source_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_paid" CHECK (("orders"."status" in ('pending', 'awaiting_payment', 'expired', 'cancelled')) = ("orders"."paid_at" is null));--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_owned" CHECK (("ledger_accounts"."kind"::text in ('photographer_payable', 'organizer_payable', 'studio_payable')) = ("ledger_accounts"."owner_id" is not null));--> statement-breakpoint
-- Of entries from now on: those of before stay as they are.
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_photo" CHECK ("ledger_entries"."photo_id" is null or ("ledger_entries"."line_id" is not null and "ledger_entries"."event_id" is not null)) NOT VALID;