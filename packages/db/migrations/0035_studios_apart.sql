ALTER TABLE "audit_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cart_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "cart_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "carts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "consents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "entitlements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_access" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_photographers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "ledger_postings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_archives" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "order_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "payments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "receipts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "event_people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "faces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "gone_photos" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "photos" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "packages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "face_rereads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reread_photos" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "many_people" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "search_feedback" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "search_matches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "searches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "withdrawn_searches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "split_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "studio_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "studios" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "takedown_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "takedowns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "served" ON "audit_events" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "audit_events" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("audit_events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("audit_events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "cart_choices" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "cart_choices" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("cart_choices"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("cart_choices"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "cart_items" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "cart_items" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("cart_items"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("cart_items"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "carts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "carts" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("carts"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("carts"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "consents" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "consents" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("consents"."event_id" in (select id from events)) WITH CHECK ("consents"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "entitlements" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "entitlements" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "entitlements"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "entitlements"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "order_access" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_access" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "order_access"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "order_access"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "event_photographers" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_photographers" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_photographers"."event_id" in (select id from events)) WITH CHECK ("event_photographers"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "events" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "events" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "ledger_entries" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "ledger_entries" AS PERMISSIVE FOR ALL TO "pix_staff" USING (("ledger_entries"."event_id" in (select id from events) or exists (select from "ledger_postings" parent where parent.id = "ledger_entries"."posting_id"))) WITH CHECK (("ledger_entries"."event_id" in (select id from events) or exists (select from "ledger_postings" parent where parent.id = "ledger_entries"."posting_id")));--> statement-breakpoint
CREATE POLICY "served" ON "ledger_postings" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "ledger_postings" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "ledger_postings"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "ledger_postings"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "order_archives" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_archives" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("order_archives"."event_id" in (select id from events)) WITH CHECK ("order_archives"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "order_codes" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_codes" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "order_codes"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "order_codes"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "order_events" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_events" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("order_events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("order_events"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "order_lines" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_lines" AS PERMISSIVE FOR ALL TO "pix_staff" USING (("order_lines"."event_id" in (select id from events) or exists (select from "orders" parent where parent.id = "order_lines"."order_id"))) WITH CHECK (("order_lines"."event_id" in (select id from events) or exists (select from "orders" parent where parent.id = "order_lines"."order_id")));--> statement-breakpoint
CREATE POLICY "served" ON "orders" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "orders" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("orders"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("orders"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "payments" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "payments" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "payments"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "payments"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "receipts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "receipts" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "payments" parent where parent.id = "receipts"."payment_id")) WITH CHECK (exists (select from "payments" parent where parent.id = "receipts"."payment_id"));--> statement-breakpoint
CREATE POLICY "served" ON "event_people" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "event_people" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("event_people"."event_id" in (select id from events)) WITH CHECK ("event_people"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "faces" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "faces" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("faces"."event_id" in (select id from events)) WITH CHECK ("faces"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "gone_photos" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "gone_photos" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("gone_photos"."event_id" in (select id from events)) WITH CHECK ("gone_photos"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "photos" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "photos" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("photos"."event_id" in (select id from events)) WITH CHECK ("photos"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "packages" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "packages" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("packages"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("packages"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "of_the_platform" ON "packages" AS PERMISSIVE FOR SELECT TO "pix_staff" USING ("packages"."studio_id" is null);--> statement-breakpoint
CREATE POLICY "served" ON "face_rereads" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "face_rereads" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("face_rereads"."event_id" in (select id from events)) WITH CHECK ("face_rereads"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "reread_photos" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "reread_photos" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "face_rereads" parent where parent.id = "reread_photos"."reread_id")) WITH CHECK (exists (select from "face_rereads" parent where parent.id = "reread_photos"."reread_id"));--> statement-breakpoint
CREATE POLICY "served" ON "many_people" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "many_people" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("many_people"."event_id" in (select id from events)) WITH CHECK ("many_people"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "search_feedback" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "search_feedback" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("search_feedback"."event_id" in (select id from events)) WITH CHECK ("search_feedback"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "search_matches" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "search_matches" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "searches" parent where parent.id = "search_matches"."search_id")) WITH CHECK (exists (select from "searches" parent where parent.id = "search_matches"."search_id"));--> statement-breakpoint
CREATE POLICY "served" ON "searches" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "searches" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("searches"."event_id" in (select id from events)) WITH CHECK ("searches"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "withdrawn_searches" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "withdrawn_searches" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("withdrawn_searches"."event_id" in (select id from events)) WITH CHECK ("withdrawn_searches"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "split_rules" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "split_rules" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("split_rules"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("split_rules"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "of_the_platform" ON "split_rules" AS PERMISSIVE FOR SELECT TO "pix_staff" USING ("split_rules"."studio_id" is null);--> statement-breakpoint
CREATE POLICY "served" ON "studio_members" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "studio_members" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("studio_members"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("studio_members"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "studios" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "studios" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("studios"."id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("studios"."id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "takedown_requests" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "takedown_requests" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "takedowns" parent where parent.id = "takedown_requests"."takedown_id")) WITH CHECK (exists (select from "takedowns" parent where parent.id = "takedown_requests"."takedown_id"));--> statement-breakpoint
CREATE POLICY "served" ON "takedowns" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "takedowns" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "photos" parent where parent.id = "takedowns"."photo_id")) WITH CHECK (exists (select from "photos" parent where parent.id = "takedowns"."photo_id"));
--> statement-breakpoint
-- by hand
-- What pix_staff may do; policies say with which rows. It gets nothing by default, and never more than pix_app.
grant usage on schema public to pix_staff;--> statement-breakpoint
grant select, insert, update, delete on
  cart_choices, cart_items, carts, entitlements, event_people, event_photographers, events, face_rereads, faces, gone_photos,
  many_people, order_access, order_archives, order_codes, order_events, order_lines, orders, packages, payments, photos,
  receipts, reread_photos, search_feedback, search_matches, searches, studio_members, takedown_requests, takedowns,
  withdrawn_searches
to pix_staff;--> statement-breakpoint
grant select, insert on audit_events, consents, ledger_entries, ledger_postings, split_rules to pix_staff;--> statement-breakpoint
grant select, update on studios to pix_staff;--> statement-breakpoint
-- What is no studio's, and staff's requests read: names of people and organizers, and whether the books agree.
grant select (id, name, email, email_verified_at, role, suspended_at, deleted_at) on users to pix_staff;--> statement-breakpoint
grant select on organizers, ledger_accounts, ledger_checks to pix_staff;--> statement-breakpoint
grant usage on sequence audit_events_position_seq to pix_staff;
