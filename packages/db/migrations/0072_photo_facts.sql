ALTER TABLE "photos" ADD COLUMN "exposure_seconds" real;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "f_number" real;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "iso" integer;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "focal_length" real;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "camera_facts_read" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "camera_serial" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "lens_serial" text;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_exposure" CHECK ("photos"."exposure_seconds" > 0 and "photos"."f_number" > 0 and "photos"."iso" > 0 and "photos"."focal_length" > 0);--> statement-breakpoint
-- by hand: a photo stays of its event. Its objects' keys, its faces and the event's index are made of it, and a move to
-- another event is a new photo there (docs/decisions/0068).
create function photos_stay() returns trigger language plpgsql as $$
begin
  raise exception 'a photo stays of its event' using errcode = 'check_violation', constraint = 'photos_stay';
end $$;
--> statement-breakpoint
create trigger photos_stay after update of event_id on photos for each row
  when (new.event_id is distinct from old.event_id) execute function photos_stay();
