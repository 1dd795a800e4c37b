ALTER TYPE "public"."consent_purpose" ADD VALUE 'face_alert';--> statement-breakpoint
CREATE TABLE "alert_faces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"model_version" text NOT NULL,
	"embedding" "sealed" NOT NULL,
	"quality" real NOT NULL,
	CONSTRAINT "alert_faces_model" UNIQUE("alert_id","model_version"),
	CONSTRAINT "alert_faces_quality" CHECK ("alert_faces"."quality" between 0 and 1)
);
--> statement-breakpoint
ALTER TABLE "alert_faces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "event_alerts_address";--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "search_id" uuid;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "searched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "consent_id" uuid;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "guardian_consent_id" uuid;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "seen_revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD COLUMN "found_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alert_faces" ADD CONSTRAINT "alert_faces_alert_id_event_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."event_alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_faces" ADD CONSTRAINT "alert_faces_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_faces_event" ON "alert_faces" USING btree ("event_id","model_version");--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_alerts_session" ON "event_alerts" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "event_alerts_user" ON "event_alerts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "event_alerts_to_write" ON "event_alerts" USING btree ("found_at") WHERE "event_alerts"."found_at" is not null and "event_alerts"."email" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "event_alerts_address" ON "event_alerts" USING btree ("event_id","email") WHERE "event_alerts"."email" is not null and "event_alerts"."search_id" is null;--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_search_id_unique" UNIQUE("search_id");--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_face" CHECK (("event_alerts"."search_id" is null) = ("event_alerts"."searched_at" is null) and ("event_alerts"."search_id" is null) = ("event_alerts"."consent_id" is null));--> statement-breakpoint
ALTER TABLE "event_alerts" ADD CONSTRAINT "event_alerts_found" CHECK ("event_alerts"."found_at" is null or ("event_alerts"."search_id" is not null and "event_alerts"."confirmed_at" is not null));--> statement-breakpoint
CREATE POLICY "served" ON "alert_faces" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "alert_faces" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("alert_faces"."event_id" in (select id from events)) WITH CHECK ("alert_faces"."event_id" in (select id from events));--> statement-breakpoint
-- by hand: staff read which models the faces of an event are of; the api alone writes them
grant select on alert_faces to pix_staff;
