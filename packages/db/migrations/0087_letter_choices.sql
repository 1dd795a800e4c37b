CREATE TABLE "letter_choices" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"morning" boolean NOT NULL,
	"first_sale" boolean NOT NULL,
	"refused" boolean NOT NULL,
	"locale" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "letter_choices_locale" CHECK ("letter_choices"."locale" in ('th', 'en'))
);
--> statement-breakpoint
ALTER TABLE "letter_choices" ADD CONSTRAINT "letter_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photos_refused" ON "photos" USING btree ("decided_at","id") WHERE "photos"."approval" = 'rejected' and "photos"."taken_down_at" is null;