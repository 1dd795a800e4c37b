ALTER TABLE "begun_uploads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "begun_uploads" ADD COLUMN "event_id" uuid;--> statement-breakpoint
CREATE POLICY "served" ON "begun_uploads" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "begun_uploads" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("begun_uploads"."event_id" in (select id from events)) WITH CHECK ("begun_uploads"."event_id" in (select id from events));
--> statement-breakpoint
-- by hand
grant select, insert, update, delete on begun_uploads to pix_staff;
