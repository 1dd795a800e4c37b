ALTER TABLE "events" ADD COLUMN "studio_open" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
-- by hand
-- An event says whether its studio is open, so that whoever reads an event knows whether it sells.
create function events_take_studio() returns trigger language plpgsql as $$
begin
  new.studio_open := coalesce((select status in ('active', 'grace') from studios where id = new.studio_id), true);
  return new;
end $$;
--> statement-breakpoint
create trigger events_take_studio before insert on events for each row execute function events_take_studio();
--> statement-breakpoint
create function studios_tell_events() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update events set studio_open = new.status in ('active', 'grace')
    where studio_id = new.id and studio_open <> (new.status in ('active', 'grace'));
  return null;
end $$;
--> statement-breakpoint
create trigger studios_tell_events after update on studios
  for each row when (old.status is distinct from new.status) execute function studios_tell_events();
