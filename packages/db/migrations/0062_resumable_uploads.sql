CREATE TABLE "resumable_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"pieces" text[] DEFAULT '{}' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"photo_id" uuid,
	"is_duplicate" boolean,
	"sha256" text,
	CONSTRAINT "resumable_uploads_received" CHECK ("resumable_uploads"."received" between 0 and "resumable_uploads"."bytes" and "resumable_uploads"."bytes" > 0),
	CONSTRAINT "resumable_uploads_whole" CHECK (("resumable_uploads"."received" = "resumable_uploads"."bytes") = ("resumable_uploads"."photo_id" is not null)),
	CONSTRAINT "resumable_uploads_outcome" CHECK (num_nulls("resumable_uploads"."photo_id", "resumable_uploads"."is_duplicate", "resumable_uploads"."sha256") in (0, 3)),
	CONSTRAINT "resumable_uploads_sha256" CHECK ("resumable_uploads"."sha256" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
ALTER TABLE "resumable_uploads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "resumable_uploads" ADD CONSTRAINT "resumable_uploads_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resumable_uploads_photographer" ON "resumable_uploads" USING btree ("photographer_id","created_at");--> statement-breakpoint
CREATE INDEX "resumable_uploads_created" ON "resumable_uploads" USING btree ("created_at");--> statement-breakpoint
CREATE POLICY "served" ON "resumable_uploads" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "resumable_uploads" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("resumable_uploads"."event_id" in (select id from events)) WITH CHECK ("resumable_uploads"."event_id" in (select id from events));--> statement-breakpoint
-- by hand
grant select, insert, update, delete on resumable_uploads to pix_staff;
