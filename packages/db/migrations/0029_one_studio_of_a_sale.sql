ALTER TABLE "carts" DROP CONSTRAINT "carts_owner";--> statement-breakpoint
ALTER TABLE "cart_choices" DROP CONSTRAINT "cart_choices_cart_id_carts_id_fk";--> statement-breakpoint
ALTER TABLE "cart_choices" DROP CONSTRAINT "cart_choices_event_id_events_id_fk";--> statement-breakpoint
ALTER TABLE "cart_items" DROP CONSTRAINT "cart_items_cart_id_carts_id_fk";--> statement-breakpoint
ALTER TABLE "cart_items" DROP CONSTRAINT "cart_items_photo_id_photos_id_fk";--> statement-breakpoint
ALTER TABLE "order_events" DROP CONSTRAINT "order_events_order_id_orders_id_fk";--> statement-breakpoint
ALTER TABLE "order_events" DROP CONSTRAINT "order_events_event_id_events_id_fk";--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "order_lines_photo_id_photos_id_fk";--> statement-breakpoint
ALTER TABLE "packages" DROP CONSTRAINT "packages_event_id_events_id_fk";--> statement-breakpoint
ALTER TABLE "split_rules" DROP CONSTRAINT "split_rules_event_id_events_id_fk";--> statement-breakpoint
DROP INDEX "cart_choices_event";--> statement-breakpoint
DROP INDEX "cart_items_by_photo";--> statement-breakpoint
DROP INDEX "order_events_event";--> statement-breakpoint
DROP INDEX "order_lines_by_photo";--> statement-breakpoint
DROP INDEX "packages_event";--> statement-breakpoint
DROP INDEX "split_rules_version";--> statement-breakpoint
DROP INDEX "split_rules_event";--> statement-breakpoint
-- All that is there belongs to the house studio (0021_studios). The default fills the rows without writing them.
ALTER TABLE "cart_choices" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "cart_choices" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "cart_items" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "cart_items" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "cart_items" ADD COLUMN "event_id" uuid;--> statement-breakpoint
UPDATE "cart_items" i SET "event_id" = p."event_id" FROM "photos" p WHERE p."id" = i."photo_id";--> statement-breakpoint
ALTER TABLE "cart_items" ALTER COLUMN "event_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "carts" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "order_events" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "order_events" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "packages" ADD COLUMN "studio_id" uuid;--> statement-breakpoint
UPDATE "packages" SET "studio_id" = '00000000-0000-7000-8000-000000000001' WHERE "event_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "studio_id" uuid;--> statement-breakpoint
UPDATE "split_rules" SET "studio_id" = '00000000-0000-7000-8000-000000000001' WHERE "event_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_of_studio" UNIQUE("id","studio_id");--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_owner" UNIQUE("session_id","studio_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_of_studio" UNIQUE("id","studio_id");--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_of_event" UNIQUE("id","event_id");--> statement-breakpoint
ALTER TABLE "cart_choices" ADD CONSTRAINT "cart_choices_cart_of_studio" FOREIGN KEY ("cart_id","studio_id") REFERENCES "public"."carts"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_choices" ADD CONSTRAINT "cart_choices_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_cart_of_studio" FOREIGN KEY ("cart_id","studio_id") REFERENCES "public"."carts"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_photo_of_event" FOREIGN KEY ("photo_id","event_id") REFERENCES "public"."photos"("id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_of_studio" FOREIGN KEY ("order_id","studio_id") REFERENCES "public"."orders"("id","studio_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_photo_of_event" FOREIGN KEY ("photo_id","event_id") REFERENCES "public"."photos"("id","event_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_choices_cart" ON "cart_choices" USING btree ("cart_id","studio_id");--> statement-breakpoint
CREATE INDEX "cart_items_cart" ON "cart_items" USING btree ("cart_id","studio_id");--> statement-breakpoint
CREATE INDEX "cart_items_event" ON "cart_items" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE INDEX "carts_studio" ON "carts" USING btree ("studio_id");--> statement-breakpoint
CREATE INDEX "order_events_order" ON "order_events" USING btree ("order_id","studio_id");--> statement-breakpoint
CREATE INDEX "orders_studio" ON "orders" USING btree ("studio_id","created_at","id");--> statement-breakpoint
CREATE INDEX "packages_studio" ON "packages" USING btree ("studio_id");--> statement-breakpoint
CREATE INDEX "split_rules_studio" ON "split_rules" USING btree ("studio_id");--> statement-breakpoint
CREATE INDEX "cart_choices_event" ON "cart_choices" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE INDEX "cart_items_by_photo" ON "cart_items" USING btree ("photo_id","event_id");--> statement-breakpoint
CREATE INDEX "order_events_event" ON "order_events" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE INDEX "order_lines_by_photo" ON "order_lines" USING btree ("photo_id","event_id");--> statement-breakpoint
CREATE INDEX "packages_event" ON "packages" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE UNIQUE INDEX "split_rules_version" ON "split_rules" USING btree (coalesce("event_id", "studio_id", '00000000-0000-0000-0000-000000000000'::uuid),"version");--> statement-breakpoint
CREATE INDEX "split_rules_event" ON "split_rules" USING btree ("event_id","studio_id");--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_scope" CHECK ("packages"."event_id" is null or "packages"."studio_id" is not null);--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_scope" CHECK ("split_rules"."event_id" is null or "split_rules"."studio_id" is not null);
