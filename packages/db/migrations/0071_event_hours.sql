CREATE TABLE "event_hours" (
	"event_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"visits" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"nothing_found" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"carts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "event_hours_event_id_hour_pk" PRIMARY KEY("event_id","hour"),
	CONSTRAINT "event_hours_hour" CHECK ("event_hours"."hour" = date_trunc('hour', "event_hours"."hour", 'UTC')),
	CONSTRAINT "event_hours_counts" CHECK (least("event_hours"."visits", "event_hours"."found", "event_hours"."nothing_found", "event_hours"."failed", "event_hours"."carts") >= 0)
);
--> statement-breakpoint
ALTER TABLE "event_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_hours" ADD CONSTRAINT "event_hours_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "served" ON "event_hours" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_hours" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_hours"."event_id" in (select id from events)) WITH CHECK ("event_hours"."event_id" in (select id from events));--> statement-breakpoint
-- by hand
grant select on event_hours to pix_staff;
