DROP INDEX "packages_event";--> statement-breakpoint
CREATE INDEX "refresh_tokens_user" ON "refresh_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_expires_at" ON "refresh_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "cart_items_by_photo" ON "cart_items" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "carts_event" ON "carts" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "event_photographers_user" ON "event_photographers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "events_organizer" ON "events" USING btree ("organizer_id") WHERE "events"."organizer_id" is not null;--> statement-breakpoint
CREATE INDEX "events_face_search_by" ON "events" USING btree ("face_search_by") WHERE "events"."face_search_by" is not null;--> statement-breakpoint
CREATE INDEX "organizers_user" ON "organizers" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "order_archives_event" ON "order_archives" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "order_archives_to_build" ON "order_archives" USING btree ("queued_at") WHERE "order_archives"."state" in ('queued', 'building');--> statement-breakpoint
CREATE INDEX "order_archives_to_remove" ON "order_archives" USING btree ("expires_at") WHERE "order_archives"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "order_items_photographer" ON "order_items" USING btree ("photographer_id");--> statement-breakpoint
CREATE INDEX "orders_paid_at" ON "orders" USING btree ("paid_at");--> statement-breakpoint
CREATE INDEX "orders_split_rule" ON "orders" USING btree ("split_rule_id");--> statement-breakpoint
CREATE INDEX "orders_to_fulfil" ON "orders" USING btree ("paid_at") WHERE "orders"."status" = 'paid';--> statement-breakpoint
CREATE INDEX "event_people_asked_by" ON "event_people" USING btree ("asked_by");--> statement-breakpoint
CREATE INDEX "photos_photographer" ON "photos" USING btree ("photographer_id");--> statement-breakpoint
CREATE INDEX "photos_decided_by" ON "photos" USING btree ("decided_by") WHERE "photos"."decided_by" is not null;--> statement-breakpoint
CREATE INDEX "face_rereads_event" ON "face_rereads" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "face_rereads_asked_by" ON "face_rereads" USING btree ("asked_by") WHERE "face_rereads"."asked_by" is not null;--> statement-breakpoint
CREATE INDEX "split_rules_event" ON "split_rules" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "consents_event" ON "consents" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "search_feedback_event" ON "search_feedback" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "searches_event" ON "searches" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "searches_consent" ON "searches" USING btree ("consent_id");--> statement-breakpoint
CREATE INDEX "searches_created_at" ON "searches" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "packages_event" ON "packages" USING btree ("event_id");--> statement-breakpoint
-- Tables and sequences of later migrations are served without a grant of their own; append-only ones take rights away.
alter default privileges in schema public grant select, insert, update, delete on tables to pix_app;
--> statement-breakpoint
alter default privileges in schema public grant usage on sequences to pix_app;
