CREATE INDEX "users_created" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_platform_admins" ON "users" USING btree ("created_at","id") WHERE "users"."role" = 'platform_admin';--> statement-breakpoint
CREATE INDEX "orders_studio_paid" ON "orders" USING btree ("studio_id","paid_at","total") WHERE "orders"."paid_at" is not null;--> statement-breakpoint
CREATE INDEX "photos_unfinished" ON "photos" USING btree ("event_id","state") WHERE "photos"."state" <> 'processed';
--> statement-breakpoint
-- by hand
-- Of two admins who are taken away at once one stays: whoever comes second waits for the first to commit.
create function users_keep_platform_admin() returns trigger
language plpgsql security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtext('users_last_platform_admin'));
  if not exists (
    select 1 from users
    where role = 'platform_admin' and suspended_at is null and deleted_at is null and id <> old.id
  ) then
    raise check_violation using
      message = 'the last platform admin stays', table = 'users', constraint = 'users_last_platform_admin';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger users_last_platform_admin after update of role, suspended_at, deleted_at on users
  for each row
  when (
    old.role = 'platform_admin' and old.suspended_at is null and old.deleted_at is null
    and (new.role <> 'platform_admin' or new.suspended_at is not null or new.deleted_at is not null)
  )
  execute function users_keep_platform_admin();
