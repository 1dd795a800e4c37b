DROP INDEX "photos_event_sha256";--> statement-breakpoint
CREATE UNIQUE INDEX "photos_event_sha256" ON "photos" USING btree ("event_id","sha256") WHERE "photos"."deleted_at" is null;