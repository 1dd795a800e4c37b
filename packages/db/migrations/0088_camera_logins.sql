CREATE TYPE "public"."camera_outcome" AS ENUM('stored', 'duplicate', 'refused', 'raw');--> statement-breakpoint
CREATE TABLE "camera_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"outcome" "camera_outcome",
	"code" text,
	"photo_id" uuid,
	CONSTRAINT "camera_files_code" CHECK (("camera_files"."outcome" is not distinct from 'refused') = ("camera_files"."code" is not null)),
	CONSTRAINT "camera_files_photo" CHECK (("camera_files"."photo_id" is null) = ("camera_files"."outcome" is null or "camera_files"."outcome" in ('refused', 'raw')))
);
--> statement-breakpoint
ALTER TABLE "camera_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "camera_logins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"user_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "camera_logins_user_name_unique" UNIQUE("user_name"),
	CONSTRAINT "camera_logins_user_name" CHECK ("camera_logins"."user_name" ~ '^cam-[a-z2-9]{8}$')
);
--> statement-breakpoint
ALTER TABLE "camera_logins" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "camera_files" ADD CONSTRAINT "camera_files_login_id_camera_logins_id_fk" FOREIGN KEY ("login_id") REFERENCES "public"."camera_logins"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_logins" ADD CONSTRAINT "camera_logins_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_logins" ADD CONSTRAINT "camera_logins_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "camera_files_login" ON "camera_files" USING btree ("login_id","created_at");--> statement-breakpoint
CREATE INDEX "camera_files_created" ON "camera_files" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "camera_logins_event" ON "camera_logins" USING btree ("event_id","photographer_id","created_at");--> statement-breakpoint
CREATE INDEX "camera_logins_photographer" ON "camera_logins" USING btree ("photographer_id");--> statement-breakpoint
CREATE POLICY "served" ON "camera_files" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "camera_files" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "camera_logins" parent where parent.id = "camera_files"."login_id")) WITH CHECK ((select true from "camera_logins" parent where parent.id = "camera_files"."login_id"));--> statement-breakpoint
CREATE POLICY "served" ON "camera_logins" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "camera_logins" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("camera_logins"."event_id" in (select id from events)) WITH CHECK ("camera_logins"."event_id" in (select id from events));--> statement-breakpoint
-- by hand
grant select, insert, update, delete on camera_logins, camera_files to pix_staff;
