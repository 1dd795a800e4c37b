CREATE TABLE "event_people" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"revision" bigint,
	"grouped_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp with time zone,
	CONSTRAINT "event_people_grouped" CHECK (("event_people"."revision" is null) = ("event_people"."grouped_at" is null))
);
--> statement-breakpoint
ALTER TABLE "faces" ADD COLUMN "person_id" uuid;--> statement-breakpoint
ALTER TABLE "event_people" ADD CONSTRAINT "event_people_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_people" ADD CONSTRAINT "event_people_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "faces_person" ON "faces" USING btree ("event_id","person_id") WHERE "faces"."person_id" is not null;--> statement-breakpoint
grant select, insert, update, delete on event_people to pix_app;
