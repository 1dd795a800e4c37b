CREATE TABLE "face_rereads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"from_model" text NOT NULL,
	"to_model" text NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"tidied_at" timestamp with time zone,
	CONSTRAINT "face_rereads_models" CHECK ("face_rereads"."from_model" <> "face_rereads"."to_model"),
	CONSTRAINT "face_rereads_end" CHECK ("face_rereads"."changed_at" is null or "face_rereads"."cancelled_at" is null),
	CONSTRAINT "face_rereads_tidied" CHECK ("face_rereads"."tidied_at" is null or "face_rereads"."changed_at" is not null or "face_rereads"."cancelled_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "reread_photos" (
	"reread_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "reread_photos_reread_id_photo_id_pk" PRIMARY KEY("reread_id","photo_id"),
	CONSTRAINT "reread_photos_attempts" CHECK ("reread_photos"."attempts" >= 0)
);
--> statement-breakpoint
ALTER TABLE "search_matches" ALTER COLUMN "face_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "face_model" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "face_bound" real;--> statement-breakpoint
ALTER TABLE "event_people" ADD COLUMN "face_model" text;--> statement-breakpoint
ALTER TABLE "search_matches" ADD COLUMN "face_box" jsonb;--> statement-breakpoint
ALTER TABLE "face_rereads" ADD CONSTRAINT "face_rereads_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "face_rereads" ADD CONSTRAINT "face_rereads_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reread_photos" ADD CONSTRAINT "reread_photos_reread_id_face_rereads_id_fk" FOREIGN KEY ("reread_id") REFERENCES "public"."face_rereads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reread_photos" ADD CONSTRAINT "reread_photos_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "face_rereads_open" ON "face_rereads" USING btree ("event_id") WHERE "face_rereads"."tidied_at" is null;--> statement-breakpoint
CREATE INDEX "reread_photos_photo" ON "reread_photos" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "search_matches_face" ON "search_matches" USING btree ("face_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_face_bound" CHECK ("events"."face_bound" > 0 and "events"."face_bound" < 2.8);--> statement-breakpoint
ALTER TABLE "search_matches" ADD CONSTRAINT "search_matches_place" CHECK ("search_matches"."face_id" is not null or "search_matches"."face_box" is not null);
--> statement-breakpoint
grant select, insert, update, delete on face_rereads, reread_photos to pix_app;
--> statement-breakpoint
-- Events that have faces stay with the models that found them.
update events set face_model = (select model_version from faces where event_id = events.id order by id desc limit 1);
--> statement-breakpoint
update event_people set face_model = events.face_model from events
where events.id = event_people.event_id and event_people.revision is not null;
--> statement-breakpoint
-- 0.6 was the bound of the only engine there was, and stays its own.
update events set face_bound = face_threshold where face_threshold <> 0.6::real;
--> statement-breakpoint
-- Searches look at the faces of one model version: the event's. Its first faces decide it; others come only while its
-- photos are read again for that very version. So a program that knows one engine cannot hide its photos from searches:
-- it fails, and tries again.
create function faces_have_model() returns trigger language plpgsql as $$
begin
  update events set face_model = first.model_version
  from (select distinct on (event_id) event_id, model_version from come order by event_id, id) first
  where events.id = first.event_id and events.face_model is null;
  if exists (
    select from come join events on events.id = come.event_id
    where come.model_version <> events.face_model and not exists (
      select from face_rereads reading
      where reading.event_id = events.id and reading.to_model = come.model_version
        and reading.changed_at is null and reading.cancelled_at is null
    )
  ) then
    raise exception 'faces of a model version that is not their event''s'
      using errcode = 'check_violation', constraint = 'faces_model';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger faces_belong after insert on faces
  referencing new table as come for each statement execute function faces_have_model();
--> statement-breakpoint
-- As before (0006_gone_photos), but for the faces that searches look at only.
create or replace function faces_change() returns trigger language plpgsql as $$
declare
  event uuid;
begin
  for event in
    select distinct p.event_id
    from changed join photos p on p.id = changed.photo_id join events e on e.id = p.event_id
    where p.approval = 'approved' and changed.model_version = e.face_model
  loop
    update photos set index_revision = raised.revision
    from (select next_index_revision(event) as revision) raised
    where photos.event_id = event and approval = 'approved' and id in (select photo_id from changed);
  end loop;
  return null;
end $$;
