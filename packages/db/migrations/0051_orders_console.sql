ALTER TABLE "orders" ADD COLUMN "cancel_note" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "cancelled_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "orders_status" ON "orders" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_number_begins" ON "orders" USING btree ("number" collate "C");--> statement-breakpoint
CREATE INDEX "orders_email_begins" ON "orders" USING btree ("buyer_email" collate "C");--> statement-breakpoint
CREATE INDEX "payments_gateway" ON "payments" USING btree ("gateway","order_id");--> statement-breakpoint
CREATE INDEX "payments_trans_id" ON "payments" USING btree ("trans_id");--> statement-breakpoint
CREATE INDEX "receipts_trans_id" ON "receipts" USING btree ("trans_id");--> statement-breakpoint
CREATE INDEX "refunds_transfer_reference" ON "refunds" USING btree ("transfer_reference") WHERE "refunds"."transfer_reference" is not null;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_cancel_note" CHECK ("orders"."cancel_note" is null or "orders"."cancel_reason" is not null);
--> statement-breakpoint
-- by hand
grant select on refunds, refund_lines to pix_staff;
