ALTER TABLE "outgoing_mail" DROP CONSTRAINT "outgoing_mail_once";--> statement-breakpoint
ALTER TABLE "outgoing_mail" DROP CONSTRAINT "outgoing_mail_order_id_orders_id_fk";
--> statement-breakpoint
DROP INDEX "outgoing_mail_open";--> statement-breakpoint
ALTER TABLE "receipts" ALTER COLUMN "payment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "receipts" ALTER COLUMN "amount" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "data" jsonb;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "dedupe_key" text;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "next_try_at" timestamp with time zone DEFAULT now();--> statement-breakpoint
-- Letters that were given up after five tries are tried again: their row has kept everything that they say.
UPDATE "outgoing_mail" SET
	"data" = jsonb_build_object('orderId', "outgoing_mail"."order_id", 'number', "orders"."number"),
	"dedupe_key" = "template" || ':' || "outgoing_mail"."order_id",
	"next_try_at" = CASE WHEN "sent_at" IS NULL THEN now() END
FROM "orders" WHERE "orders"."id" = "outgoing_mail"."order_id";--> statement-breakpoint
ALTER TABLE "outgoing_mail" ALTER COLUMN "data" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ALTER COLUMN "dedupe_key" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "receipts_payment" ON "receipts" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "receipts_unapplied" ON "receipts" USING btree ("received_at") WHERE "receipts"."applied_at" is null;--> statement-breakpoint
CREATE INDEX "outgoing_mail_open" ON "outgoing_mail" USING btree ("next_try_at") WHERE "outgoing_mail"."next_try_at" is not null;--> statement-breakpoint
ALTER TABLE "outgoing_mail" DROP COLUMN "order_id";--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_once" UNIQUE("dedupe_key");--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_sent" CHECK ("outgoing_mail"."sent_at" is null or "outgoing_mail"."next_try_at" is null);--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_of_nobody" CHECK ("receipts"."payment_id" is not null or "receipts"."applied_at" is null);--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_amount_known" CHECK ("receipts"."payment_id" is null or "receipts"."amount" is not null);