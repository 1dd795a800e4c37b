ALTER TABLE "outgoing_mail" ADD COLUMN "secrets" jsonb;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "path" text DEFAULT '/' NOT NULL;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_secrets" CHECK ("outgoing_mail"."secrets" is null or "outgoing_mail"."next_try_at" is not null);--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_path" CHECK ("outgoing_mail"."path" like '/%' and "outgoing_mail"."path" not like '//%');
--> statement-breakpoint
-- by hand
UPDATE "outgoing_mail" SET "path" = '/checkout/success/' || ("data" ->> 'orderId') WHERE "template" = 'order_paid' AND "data" ? 'orderId';
