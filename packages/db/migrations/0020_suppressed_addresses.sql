CREATE TABLE "suppressed_addresses" (
	"address" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"suppressed_at" timestamp with time zone NOT NULL,
	"mail_id" uuid,
	CONSTRAINT "suppressed_addresses_lower" CHECK ("suppressed_addresses"."address" = lower("suppressed_addresses"."address"))
);
--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "given_up" text;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "last_answer" text;--> statement-breakpoint
ALTER TABLE "suppressed_addresses" ADD CONSTRAINT "suppressed_addresses_mail_id_outgoing_mail_id_fk" FOREIGN KEY ("mail_id") REFERENCES "public"."outgoing_mail"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "suppressed_addresses_letter" ON "suppressed_addresses" USING btree ("mail_id");--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_given_up" CHECK ("outgoing_mail"."given_up" is null or ("outgoing_mail"."given_up" in ('expired', 'refused', 'suppressed') and "outgoing_mail"."sent_at" is null and "outgoing_mail"."next_try_at" is null));