CREATE TYPE "public"."report_period" AS ENUM('daily', 'weekly', 'monthly');--> statement-breakpoint
CREATE TABLE "report_rounds" (
	"period" "report_period" NOT NULL,
	"first_day" date NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_rounds_period_first_day_pk" PRIMARY KEY("period","first_day")
);
--> statement-breakpoint
CREATE TABLE "report_choices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"studio_id" uuid,
	"periods" text[] NOT NULL,
	"locale" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_choices_once" UNIQUE NULLS NOT DISTINCT("user_id","studio_id"),
	CONSTRAINT "report_choices_periods" CHECK ("report_choices"."periods" <@ array['daily', 'weekly', 'monthly']),
	CONSTRAINT "report_choices_locale" CHECK ("report_choices"."locale" in ('th', 'en'))
);
--> statement-breakpoint
ALTER TABLE "report_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "report_choices" ADD CONSTRAINT "report_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_choices" ADD CONSTRAINT "report_choices_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_choices_studio" ON "report_choices" USING btree ("studio_id");--> statement-breakpoint
CREATE POLICY "served" ON "report_choices" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "report_choices" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("report_choices"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("report_choices"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));
--> statement-breakpoint
-- by hand: staff choose for themselves which reports they get
grant select, insert, update on report_choices to pix_staff;
