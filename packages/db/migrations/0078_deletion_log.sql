CREATE TABLE "deletions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid,
	"what" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone,
	CONSTRAINT "deletions_what" CHECK (jsonb_typeof("deletions"."what" -> 'kind') = 'string')
);
--> statement-breakpoint
ALTER TABLE "deletions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "deletions_at" ON "deletions" USING btree ("at");--> statement-breakpoint
CREATE INDEX "deletions_to_store" ON "deletions" USING btree ("at") WHERE "deletions"."stored_at" is null;--> statement-breakpoint
CREATE POLICY "served" ON "deletions" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "deletions" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("deletions"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("deletions"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
-- by hand: staff delete photos and events of their studio
grant select, insert on deletions to pix_staff;
