CREATE TABLE "gone_photos" (
	"event_id" uuid NOT NULL,
	"revision" bigint NOT NULL,
	"photo_id" uuid NOT NULL,
	CONSTRAINT "gone_photos_event_id_revision_photo_id_pk" PRIMARY KEY("event_id","revision","photo_id")
);
--> statement-breakpoint
ALTER TABLE "gone_photos" ADD CONSTRAINT "gone_photos_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
grant select, insert, update, delete on gone_photos to pix_app;
--> statement-breakpoint
-- Every way in which a photo or a face stops being searchable, or begins to be, raises its event's index revision: a
-- search process that holds the event's index learns of it at the next search. The application raises it itself, event
-- first; these see to whatever does not.
create function next_index_revision(event uuid) returns bigint language sql as $$
  update events set index_revision = index_revision + 1 where id = event returning index_revision
$$;
--> statement-breakpoint
create function photo_changes_sale() returns trigger language plpgsql as $$
begin
  new.index_revision := next_index_revision(new.event_id);
  return new;
end $$;
--> statement-breakpoint
create trigger photos_change_sale before update of approval on photos for each row
  when ((old.approval = 'approved') <> (new.approval = 'approved') and new.index_revision = old.index_revision)
  execute function photo_changes_sale();
--> statement-breakpoint
-- Once for each event, however many photos go at once.
create function photos_go() returns trigger language plpgsql as $$
begin
  insert into gone_photos (event_id, revision, photo_id)
  select events.event_id, events.revision, gone.id
  from (
    select event_id, next_index_revision(event_id) as revision
    from (select distinct event_id from gone where index_revision > 0) searched
  ) events
  join gone on gone.event_id = events.event_id and gone.index_revision > 0;
  return null;
end $$;
--> statement-breakpoint
create trigger photos_go after delete on photos
  referencing old table as gone for each statement execute function photos_go();
--> statement-breakpoint
-- Of photos on sale only: one that is processed again is not on sale, and one that is deleted takes its faces with it.
create function faces_change() returns trigger language plpgsql as $$
declare
  event uuid;
begin
  for event in
    select distinct p.event_id from changed join photos p on p.id = changed.photo_id where p.approval = 'approved'
  loop
    update photos set index_revision = raised.revision
    from (select next_index_revision(event) as revision) raised
    where photos.event_id = event and approval = 'approved' and id in (select photo_id from changed);
  end loop;
  return null;
end $$;
--> statement-breakpoint
create trigger faces_come after insert on faces
  referencing new table as changed for each statement execute function faces_change();
--> statement-breakpoint
create trigger faces_go after delete on faces
  referencing old table as changed for each statement execute function faces_change();
