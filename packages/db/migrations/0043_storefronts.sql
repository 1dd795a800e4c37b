ALTER TABLE "outgoing_mail" ADD COLUMN "storefront" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "storefront" text;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "logo_upload" text;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "logo_fault" text;--> statement-breakpoint
ALTER TABLE "studios" ADD COLUMN "gateway" text;--> statement-breakpoint
CREATE INDEX "studios_logo_waits" ON "studios" USING btree ("id") WHERE "studios"."logo_upload" is not null;--> statement-breakpoint
ALTER TABLE "studios" ADD CONSTRAINT "studios_logo_fault" CHECK ("studios"."logo_fault" is null or "studios"."logo_upload" is null);