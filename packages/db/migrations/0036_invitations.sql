CREATE TYPE "public"."crew_role" AS ENUM('photographer', 'organizer');--> statement-breakpoint
CREATE TABLE "event_invitations" (
	"invitation_id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"role" "crew_role" NOT NULL,
	"trusted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "event_invitations_trusted" CHECK (not "event_invitations"."trusted" or "event_invitations"."role" = 'photographer')
);
--> statement-breakpoint
ALTER TABLE "event_invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "studio_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" "studio_role",
	"token_hash" text NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "studio_invitations_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "studio_invitations_of_studio" UNIQUE("id","studio_id"),
	CONSTRAINT "studio_invitations_email_lower" CHECK ("studio_invitations"."email" = lower("studio_invitations"."email")),
	CONSTRAINT "studio_invitations_one_end" CHECK ("studio_invitations"."accepted_at" is null or "studio_invitations"."revoked_at" is null),
	CONSTRAINT "studio_invitations_accepted" CHECK ("studio_invitations"."accepted_by" is null or "studio_invitations"."accepted_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "studio_invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_invitations" ADD CONSTRAINT "event_invitations_invitation" FOREIGN KEY ("invitation_id","studio_id") REFERENCES "public"."studio_invitations"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_invitations" ADD CONSTRAINT "event_invitations_event" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_invitations" ADD CONSTRAINT "studio_invitations_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_invitations" ADD CONSTRAINT "studio_invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_invitations" ADD CONSTRAINT "studio_invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_invitations_by_invitation" ON "event_invitations" USING btree ("invitation_id","studio_id");--> statement-breakpoint
CREATE INDEX "event_invitations_by_event" ON "event_invitations" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "studio_invitations_open" ON "studio_invitations" USING btree ("studio_id","email") WHERE "studio_invitations"."role" is not null and "studio_invitations"."accepted_at" is null and "studio_invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "studio_invitations_newest" ON "studio_invitations" USING btree ("studio_id","created_at","id");--> statement-breakpoint
CREATE INDEX "studio_invitations_email" ON "studio_invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "studio_invitations_invited_by" ON "studio_invitations" USING btree ("invited_by");--> statement-breakpoint
CREATE INDEX "studio_invitations_accepted_by" ON "studio_invitations" USING btree ("accepted_by");--> statement-breakpoint
CREATE INDEX "studio_invitations_expires_at" ON "studio_invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE POLICY "served" ON "event_invitations" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_invitations" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_invitations"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("event_invitations"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "studio_invitations" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "studio_invitations" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("studio_invitations"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("studio_invitations"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));
--> statement-breakpoint
-- by hand
grant select, insert, update, delete on studio_invitations, event_invitations to pix_staff;
--> statement-breakpoint
-- Both functions work as the owner of the tables: staff of a studio may not change accounts, and see no other studio.
-- A studio that had an owner keeps one. The studio's row is locked, so that of two owners who leave at once one stays.
create function studio_members_keep_owner() returns trigger
language plpgsql security definer set search_path = public as $$
begin
  perform 1 from studios where id = old.studio_id for no key update;
  if not exists (select 1 from studio_members where studio_id = old.studio_id and role = 'owner') then
    raise check_violation using
      message = 'the last owner of a studio stays', table = 'studio_members', constraint = 'studio_members_last_owner';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger studio_members_last_owner after update or delete on studio_members
  for each row when (old.role = 'owner') execute function studio_members_keep_owner();
--> statement-breakpoint
-- Another role, or none, ends the access tokens of before, and the invitations that somebody sent as more than they are
-- now. Whoever is no member any more takes no photos at the studio's events.
create function studio_members_change_rights() returns trigger
language plpgsql security definer set search_path = public as $$
begin
  update users set session_version = session_version + 1 where id = old.user_id;
  if tg_op = 'DELETE' or new.role > old.role then
    update studio_invitations set revoked_at = now()
      where studio_id = old.studio_id and invited_by = old.user_id and accepted_at is null and revoked_at is null;
  end if;
  if tg_op = 'DELETE' then
    delete from event_photographers p using events e
      where e.id = p.event_id and e.studio_id = old.studio_id and p.user_id = old.user_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger studio_members_other_role after update on studio_members
  for each row when (old.role is distinct from new.role) execute function studio_members_change_rights();
--> statement-breakpoint
create trigger studio_members_gone after delete on studio_members
  for each row execute function studio_members_change_rights();
