CREATE TYPE "public"."coupon_kind" AS ENUM('percent', 'fixed');--> statement-breakpoint
ALTER TYPE "public"."package_kind" ADD VALUE 'whole_event';--> statement-breakpoint
CREATE TABLE "coupons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"event_id" uuid,
	"code" text NOT NULL,
	"kind" "coupon_kind" NOT NULL,
	"percent" integer,
	"amount" bigint,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"max_uses" integer,
	"max_uses_per_buyer" integer,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coupons_code" UNIQUE("studio_id","code"),
	CONSTRAINT "coupons_of_studio" UNIQUE("id","studio_id"),
	CONSTRAINT "coupons_code_form" CHECK ("coupons"."code" ~ '^[A-Z0-9-]{3,30}$'),
	CONSTRAINT "coupons_worth" CHECK (case "coupons"."kind" when 'percent' then "coupons"."percent" between 1 and 100 and "coupons"."percent" is not null and "coupons"."amount" is null
        else "coupons"."amount" > 0 and "coupons"."amount" is not null and "coupons"."percent" is null end),
	CONSTRAINT "coupons_window" CHECK ("coupons"."starts_at" < "coupons"."ends_at"),
	CONSTRAINT "coupons_uses" CHECK ("coupons"."max_uses" > 0 and "coupons"."max_uses_per_buyer" > 0)
);
--> statement-breakpoint
ALTER TABLE "coupons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "coupon_id" uuid;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "discount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "coupon_id" uuid;--> statement-breakpoint
ALTER TABLE "packages" ADD COLUMN "early_price" bigint;--> statement-breakpoint
ALTER TABLE "packages" ADD COLUMN "early_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "packages" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coupons" ADD CONSTRAINT "coupons_event_of_studio" FOREIGN KEY ("event_id","studio_id") REFERENCES "public"."events"("id","studio_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "coupons_event" ON "coupons" USING btree ("event_id","studio_id");--> statement-breakpoint
CREATE INDEX "coupons_newest" ON "coupons" USING btree ("studio_id","created_at","id");--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_coupon_of_studio" FOREIGN KEY ("coupon_id","studio_id") REFERENCES "public"."coupons"("id","studio_id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_coupon_id_coupons_id_fk" FOREIGN KEY ("coupon_id") REFERENCES "public"."coupons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "carts_coupon" ON "carts" USING btree ("coupon_id","studio_id");--> statement-breakpoint
CREATE INDEX "order_lines_of_coupon" ON "order_lines" USING btree ("coupon_id");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_discount" CHECK (case when "order_lines"."kind" in ('photo', 'print') then "order_lines"."discount" between 0 and "order_lines"."unit_price" else "order_lines"."discount" = 0 end);--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_coupon" CHECK (("order_lines"."kind" = 'coupon') = ("order_lines"."coupon_id" is not null));--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_early_price" CHECK ("packages"."early_price" >= 0 and "packages"."early_price" < "packages"."price");--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_early_until" CHECK ("packages"."early_until" is null or "packages"."early_price" is not null);--> statement-breakpoint
CREATE POLICY "served" ON "coupons" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "coupons" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("coupons"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("coupons"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));
--> statement-breakpoint
-- by hand
grant select, insert, update on coupons to pix_staff;
--> statement-breakpoint
-- A cart whose coupon goes keeps its studio.
alter table carts drop constraint carts_coupon_of_studio;
--> statement-breakpoint
alter table carts add constraint carts_coupon_of_studio foreign key (coupon_id, studio_id)
  references coupons (id, studio_id) on delete set null (coupon_id);
--> statement-breakpoint
-- What an order's lines cost is what the order costs, and its photos' discounts are what its coupons take off.
create or replace function order_lines_total() returns trigger language plpgsql as $$
declare
  target uuid;
  wanted bigint;
  found numeric;
  discounts numeric;
  coupons numeric;
begin
  if tg_table_name = 'orders' then target := new.id;
  elsif tg_op = 'DELETE' then target := old.order_id;
  else target := new.order_id; end if;
  select total into wanted from orders where id = target;
  select coalesce(sum(unit_price), 0), coalesce(sum(discount), 0), coalesce(-sum(unit_price) filter (where kind = 'coupon'), 0)
    into found, discounts, coupons from order_lines where order_id = target;
  if wanted <> found then
    raise exception 'order % is % satang but its lines are %', target, wanted, found
      using errcode = 'check_violation', constraint = 'order_lines_total';
  end if;
  if discounts <> coupons then
    raise exception 'the coupons of order % take off % satang but its photos %', target, coupons, discounts
      using errcode = 'check_violation', constraint = 'order_lines_discounts';
  end if;
  return null;
end $$;
