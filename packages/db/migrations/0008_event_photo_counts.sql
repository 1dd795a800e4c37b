ALTER TABLE "events" ADD COLUMN "photo_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_photo_count" CHECK ("events"."photo_count" >= 0);
--> statement-breakpoint
-- Lists of events are read far more often than a photo changes sides: the change counts, in its own transaction and
-- once for a whole statement. Each kind of change has its function: a transition table exists only where it is named.
create function photos_counted_in() returns trigger language plpgsql as $$
begin
  update events set photo_count = photo_count + changed.photos
  from (select event_id, count(*) as photos from come where approval = 'approved' group by event_id) changed
  where events.id = changed.event_id;
  return null;
end $$;
--> statement-breakpoint
create function photos_counted_out() returns trigger language plpgsql as $$
begin
  update events set photo_count = photo_count - changed.photos
  from (select event_id, count(*) as photos from gone where approval = 'approved' group by event_id) changed
  where events.id = changed.event_id;
  return null;
end $$;
--> statement-breakpoint
create function photos_counted_again() returns trigger language plpgsql as $$
begin
  update events set photo_count = photo_count + changed.photos
  from (
    select event_id, sum(photos) as photos
    from (
      select event_id, 1 as photos from come where approval = 'approved'
      union all
      select event_id, -1 from gone where approval = 'approved'
    ) sides
    group by event_id having sum(photos) <> 0
  ) changed
  where events.id = changed.event_id;
  return null;
end $$;
--> statement-breakpoint
create trigger photos_count_in after insert on photos
  referencing new table as come for each statement execute function photos_counted_in();
--> statement-breakpoint
create trigger photos_count_out after delete on photos
  referencing old table as gone for each statement execute function photos_counted_out();
--> statement-breakpoint
create trigger photos_count_again after update on photos
  referencing old table as gone new table as come for each statement execute function photos_counted_again();
--> statement-breakpoint
update events set photo_count = counted.photos
from (select event_id, count(*) as photos from photos where approval = 'approved' group by event_id) counted
where events.id = counted.event_id;
