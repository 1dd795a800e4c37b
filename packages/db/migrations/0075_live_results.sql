ALTER TABLE "searches" ADD COLUMN "seen_revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "live_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "searches_live" ON "searches" USING btree ("live_until") WHERE "searches"."live_until" is not null;