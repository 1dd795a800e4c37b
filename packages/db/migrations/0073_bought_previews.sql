CREATE TYPE "public"."bought_preview_state" AS ENUM('queued', 'ready', 'failed');--> statement-breakpoint
CREATE TABLE "bought_previews" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"state" "bought_preview_state" DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bought_previews_attempts" CHECK ("bought_previews"."attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "bought_previews" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bought_previews" ADD CONSTRAINT "bought_previews_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bought_previews_to_make" ON "bought_previews" USING btree ("queued_at") WHERE "bought_previews"."state" = 'queued';--> statement-breakpoint
CREATE POLICY "served" ON "bought_previews" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "bought_previews" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "photos" parent where parent.id = "bought_previews"."photo_id")) WITH CHECK ((select true from "photos" parent where parent.id = "bought_previews"."photo_id"));--> statement-breakpoint
-- by hand
grant select, insert on bought_previews to pix_staff;--> statement-breakpoint
insert into bought_previews (photo_id, queued_at)
select distinct photo_id, now() from entitlements where closed_at is null and valid_until > now();
