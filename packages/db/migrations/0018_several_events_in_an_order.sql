CREATE TYPE "public"."entitlement_closed_why" AS ENUM('refund', 'takedown');--> statement-breakpoint
CREATE TYPE "public"."order_line_kind" AS ENUM('photo', 'print', 'coupon', 'fee');--> statement-breakpoint
CREATE TABLE "cart_choices" (
	"cart_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"choice" uuid NOT NULL,
	CONSTRAINT "cart_choices_cart_id_event_id_pk" PRIMARY KEY("cart_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_why" "entitlement_closed_why",
	CONSTRAINT "entitlements_line_id_unique" UNIQUE("line_id"),
	CONSTRAINT "entitlements_window" CHECK ("entitlements"."valid_until" >= "entitlements"."valid_from"),
	CONSTRAINT "entitlements_closed" CHECK (("entitlements"."closed_at" is null) = ("entitlements"."closed_why" is null))
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"offer" jsonb NOT NULL,
	"split_rule_id" uuid NOT NULL,
	CONSTRAINT "order_events_order_id_event_id_pk" PRIMARY KEY("order_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" "order_line_kind" NOT NULL,
	"event_id" uuid,
	"photo_id" uuid,
	"photographer_id" uuid,
	"unit_price" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "order_lines_kind" CHECK (case when "order_lines"."kind" in ('photo', 'print')
        then "order_lines"."event_id" is not null and "order_lines"."photo_id" is not null and "order_lines"."photographer_id" is not null
        else "order_lines"."photo_id" is null and "order_lines"."photographer_id" is null end),
	CONSTRAINT "order_lines_unit_price" CHECK (case "order_lines"."kind" when 'coupon' then "order_lines"."unit_price" <= 0 else "order_lines"."unit_price" >= 0 end)
);
--> statement-breakpoint
-- An order of before is of one event: what it froze, its photos, its ZIP and what its buyer may download come along.
INSERT INTO "order_events" ("order_id", "event_id", "position", "offer", "split_rule_id")
SELECT "id", "event_id", 0, "offer", "split_rule_id" FROM "orders";--> statement-breakpoint
INSERT INTO "order_lines" ("id", "order_id", "kind", "event_id", "photo_id", "photographer_id", "unit_price", "position")
SELECT i."id", i."order_id", 'photo', o."event_id", i."photo_id", i."photographer_id", i."unit_price", i."position"
FROM "order_items" i JOIN "orders" o ON o."id" = i."order_id";--> statement-breakpoint
-- A line's id serves its entitlement too. Of a photo that one buyer had paid for twice, the later window stays.
INSERT INTO "entitlements" ("id", "session_id", "photo_id", "line_id", "valid_from", "valid_until")
SELECT DISTINCT ON (o."session_id", i."photo_id")
	i."id", o."session_id", i."photo_id", i."id", o."paid_at", greatest(o."paid_at", o."downloads_until")
FROM "order_items" i JOIN "orders" o ON o."id" = i."order_id"
WHERE o."status" IN ('paid', 'fulfilled')
ORDER BY o."session_id", i."photo_id", o."downloads_until" DESC NULLS LAST, i."id";--> statement-breakpoint
INSERT INTO "cart_choices" ("cart_id", "event_id", "choice")
SELECT c."id", c."event_id", p."id" FROM "carts" c JOIN "packages" p ON p."id"::text = c."choice"
WHERE c."event_id" IS NOT NULL;--> statement-breakpoint
DROP TRIGGER "orders_items_total" ON "orders";--> statement-breakpoint
DROP TABLE "order_items";--> statement-breakpoint
DROP FUNCTION "order_items_total";--> statement-breakpoint
ALTER TABLE "carts" DROP CONSTRAINT "carts_session_id_unique";--> statement-breakpoint
ALTER TABLE "order_archives" DROP CONSTRAINT "order_archives_order_id_unique";--> statement-breakpoint
ALTER TABLE "carts" DROP CONSTRAINT "carts_event_id_events_id_fk";
--> statement-breakpoint
ALTER TABLE "order_archives" DROP CONSTRAINT "order_archives_order_id_orders_id_fk";
--> statement-breakpoint
ALTER TABLE "order_archives" DROP CONSTRAINT "order_archives_event_id_events_id_fk";
--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_event_id_events_id_fk";
--> statement-breakpoint
ALTER TABLE "orders" DROP CONSTRAINT "orders_split_rule_id_split_rules_id_fk";
--> statement-breakpoint
DROP INDEX "carts_event";--> statement-breakpoint
DROP INDEX "order_archives_event";--> statement-breakpoint
DROP INDEX "orders_event";--> statement-breakpoint
DROP INDEX "orders_split_rule";--> statement-breakpoint
ALTER TABLE "cart_choices" ADD CONSTRAINT "cart_choices_cart_id_carts_id_fk" FOREIGN KEY ("cart_id") REFERENCES "public"."carts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_choices" ADD CONSTRAINT "cart_choices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_choices" ADD CONSTRAINT "cart_choices_choice_packages_id_fk" FOREIGN KEY ("choice") REFERENCES "public"."packages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_split_rule_id_split_rules_id_fk" FOREIGN KEY ("split_rule_id") REFERENCES "public"."split_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_event" FOREIGN KEY ("order_id","event_id") REFERENCES "public"."order_events"("order_id","event_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cart_choices_event" ON "cart_choices" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "cart_choices_package" ON "cart_choices" USING btree ("choice");--> statement-breakpoint
CREATE UNIQUE INDEX "entitlements_bought" ON "entitlements" USING btree ("session_id","photo_id") WHERE "entitlements"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "entitlements_session" ON "entitlements" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "entitlements_photo" ON "entitlements" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "order_events_event" ON "order_events" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "order_events_split_rule" ON "order_events" USING btree ("split_rule_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_lines_photo" ON "order_lines" USING btree ("order_id","photo_id") WHERE "order_lines"."kind" = 'photo';--> statement-breakpoint
CREATE INDEX "order_lines_order" ON "order_lines" USING btree ("order_id","event_id","position");--> statement-breakpoint
CREATE INDEX "order_lines_by_photo" ON "order_lines" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "order_lines_photographer" ON "order_lines" USING btree ("photographer_id");--> statement-breakpoint
ALTER TABLE "order_archives" ADD CONSTRAINT "order_archives_order_event" FOREIGN KEY ("order_id","event_id") REFERENCES "public"."order_events"("order_id","event_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" DROP COLUMN "event_id";--> statement-breakpoint
ALTER TABLE "carts" DROP COLUMN "choice";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "event_id";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "offer";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "split_rule_id";--> statement-breakpoint
ALTER TABLE "orders" DROP COLUMN "downloads_until";--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_owner" UNIQUE("session_id");--> statement-breakpoint
ALTER TABLE "order_archives" ADD CONSTRAINT "order_archives_once" UNIQUE("order_id","event_id");--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_line_id_order_lines_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- What an order's lines cost is what the order costs.
create function order_lines_total() returns trigger language plpgsql as $$
declare
  target uuid;
  wanted bigint;
  found numeric;
begin
  if tg_table_name = 'orders' then target := new.id;
  elsif tg_op = 'DELETE' then target := old.order_id;
  else target := new.order_id; end if;
  select total into wanted from orders where id = target;
  select coalesce(sum(unit_price), 0) into found from order_lines where order_id = target;
  if wanted <> found then
    raise exception 'order % is % satang but its lines are %', target, wanted, found
      using errcode = 'check_violation', constraint = 'order_lines_total';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger orders_lines_total after insert or update of total on orders
  deferrable initially deferred for each row execute function order_lines_total();
--> statement-breakpoint
create constraint trigger order_lines_order_total after insert or update or delete on order_lines
  deferrable initially deferred for each row execute function order_lines_total();
