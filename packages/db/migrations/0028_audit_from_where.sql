CREATE SEQUENCE "public"."audit_events_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
-- The place of a row in a sequence. The transaction takes its id before the place: once every transaction with an id below
-- one that was seen after a place has ended, no row before that place can come any more.
create function next_position(places regclass) returns bigint language plpgsql volatile as $$
begin
  perform pg_current_xact_id();
  return nextval(places);
end
$$;
--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "position" bigint DEFAULT next_position('audit_events_position_seq') NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "studio_id" uuid;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "ip" "inet";--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "audit_events" ADD COLUMN "after" jsonb;--> statement-breakpoint
CREATE INDEX "audit_events_studio" ON "audit_events" USING btree ("studio_id","created_at","id");--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_position" UNIQUE("position");