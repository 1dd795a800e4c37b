CREATE TYPE "public"."watermark_place" AS ENUM('tiled', 'corner');--> statement-breakpoint
ALTER TYPE "public"."event_category" ADD VALUE 'school' BEFORE 'other';--> statement-breakpoint
CREATE TABLE "event_alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"email" text,
	"locale" text NOT NULL,
	"link_hash" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	CONSTRAINT "event_alerts_link_hash_unique" UNIQUE("link_hash"),
	CONSTRAINT "event_alerts_told" CHECK (("event_alerts"."email" is null) = ("event_alerts"."told_at" is not null)),
	CONSTRAINT "event_alerts_confirmed_first" CHECK ("event_alerts"."told_at" is null or "event_alerts"."confirmed_at" is not null),
	CONSTRAINT "event_alerts_email" CHECK ("event_alerts"."email" = lower("event_alerts"."email"))
);
--> statement-breakpoint
ALTER TABLE "event_alerts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "event_openings" (
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_openings_session_id_event_id_pk" PRIMARY KEY("session_id","event_id")
);
--> statement-breakpoint
ALTER TABLE "event_openings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "code_hash" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "watermark_logo" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "watermark_place" "watermark_place" DEFAULT 'tiled' NOT NULL;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_openings" ADD CONSTRAINT "event_openings_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_openings" ADD CONSTRAINT "event_openings_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "event_alerts_address" ON "event_alerts" USING btree ("event_id","email") WHERE "event_alerts"."email" is not null;--> statement-breakpoint
CREATE INDEX "event_alerts_event" ON "event_alerts" USING btree ("event_id","confirmed_at");--> statement-breakpoint
CREATE INDEX "event_openings_event" ON "event_openings" USING btree ("event_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_school_not_public" CHECK ("events"."category"::text <> 'school' or "events"."visibility" <> 'public');--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_code" CHECK ("events"."code_hash" is null or "events"."visibility" = 'code');--> statement-breakpoint
CREATE POLICY "served" ON "event_alerts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_alerts" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_alerts"."event_id" in (select id from events)) WITH CHECK ("event_alerts"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "event_openings" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_openings" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_openings"."event_id" in (select id from events)) WITH CHECK ("event_openings"."event_id" in (select id from events));--> statement-breakpoint
-- by hand
grant select, update on event_alerts to pix_staff;
