CREATE TABLE "portfolios" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"shown" boolean NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "portfolios_slug_unique" UNIQUE("slug"),
	CONSTRAINT "portfolios_slug" CHECK ("portfolios"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("portfolios"."slug") between 3 and 40),
	CONSTRAINT "portfolios_name" CHECK (length("portfolios"."name") between 1 and 80),
	CONSTRAINT "portfolios_about" CHECK (length("portfolios"."about") <= 600)
);
--> statement-breakpoint
ALTER TABLE "portfolios" ADD CONSTRAINT "portfolios_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photos_on_sale_by" ON "photos" USING btree ("event_id","photographer_id","taken_at","id") WHERE "photos"."approval" = 'approved';--> statement-breakpoint
-- by hand
grant select on portfolios to pix_staff;
