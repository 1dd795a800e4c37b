DROP INDEX "ledger_entries_account";--> statement-breakpoint
DROP INDEX "photos_photographer";--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "photos_to_delete" ON "photos" USING btree ("deleted_at") WHERE "photos"."deleted_at" is not null and "photos"."bytes_gone_at" is null;--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "ledger_entries" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "photos_photographer" ON "photos" USING btree ("photographer_id","event_id","state","approval");--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_deleted" CHECK ("photos"."deleted_at" is null or "photos"."taken_down_at" is not null);