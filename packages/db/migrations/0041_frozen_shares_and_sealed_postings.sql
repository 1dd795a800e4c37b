CREATE TYPE "public"."split_preset" AS ENUM('standard', 'premium', 'platform_owned', 'charity', 'corporate', 'custom');--> statement-breakpoint
CREATE SEQUENCE "public"."ledger_postings_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "ledger_balances" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"amount" bigint NOT NULL,
	"seal_number" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_shares" (
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"split_rule_id" uuid NOT NULL,
	"rate_id" uuid,
	"platform_bp" integer NOT NULL,
	"studio_bp" integer NOT NULL,
	"photographer_bp" integer NOT NULL,
	"organizer_bp" integer NOT NULL,
	"organizer_id" uuid,
	"vat_bp" integer DEFAULT 0 NOT NULL,
	"fee_bp" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "order_shares_order_id_event_id_photographer_id_pk" PRIMARY KEY("order_id","event_id","photographer_id"),
	CONSTRAINT "order_shares_total" CHECK ("order_shares"."platform_bp" + "order_shares"."studio_bp" + "order_shares"."photographer_bp" + "order_shares"."organizer_bp" = 10000),
	CONSTRAINT "order_shares_parts" CHECK (least("order_shares"."platform_bp", "order_shares"."studio_bp", "order_shares"."photographer_bp", "order_shares"."organizer_bp", "order_shares"."vat_bp", "order_shares"."fee_bp") >= 0),
	CONSTRAINT "order_shares_organizer" CHECK ("order_shares"."organizer_bp" = 0 or "order_shares"."organizer_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "order_shares" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "photographer_rates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"rate_bp" integer,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "photographer_rates_bp" CHECK ("photographer_rates"."rate_bp" between 0 and 10000)
);
--> statement-breakpoint
ALTER TABLE "photographer_rates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "split_deductions" (
	"studio_id" uuid PRIMARY KEY NOT NULL,
	"vat_bp" integer NOT NULL,
	"fee_bp" integer NOT NULL,
	CONSTRAINT "split_deductions_vat" CHECK ("split_deductions"."vat_bp" between 0 and 3000),
	CONSTRAINT "split_deductions_fee" CHECK ("split_deductions"."fee_bp" between 0 and 2000)
);
--> statement-breakpoint
ALTER TABLE "split_deductions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "split_rules" DROP CONSTRAINT "split_rules_scope";--> statement-breakpoint
ALTER TABLE "split_rules" DROP CONSTRAINT "split_rules_total";--> statement-breakpoint
ALTER TABLE "split_rules" DROP CONSTRAINT "split_rules_shares";--> statement-breakpoint
DROP INDEX "split_rules_version";--> statement-breakpoint
ALTER TABLE "ledger_checks" drop column "balanced";--> statement-breakpoint
ALTER TABLE "ledger_checks" ADD COLUMN "drifted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_checks" ADD COLUMN "balanced" boolean GENERATED ALWAYS AS (unbalanced = 0 and wrong = 0 and drifted = 0) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD COLUMN "position" bigint DEFAULT next_position('ledger_postings_position_seq') NOT NULL;--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "category" "event_category";--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "photographer_id" uuid;--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "preset" "split_preset" DEFAULT 'custom' NOT NULL;--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "studio_bp" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "split_rules" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "ledger_balances" ADD CONSTRAINT "ledger_balances_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_split_rule_id_split_rules_id_fk" FOREIGN KEY ("split_rule_id") REFERENCES "public"."split_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_rate_id_photographer_rates_id_fk" FOREIGN KEY ("rate_id") REFERENCES "public"."photographer_rates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_organizer_id_organizers_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_shares" ADD CONSTRAINT "order_shares_order_event" FOREIGN KEY ("order_id","event_id") REFERENCES "public"."order_events"("order_id","event_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photographer_rates" ADD CONSTRAINT "photographer_rates_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photographer_rates" ADD CONSTRAINT "photographer_rates_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photographer_rates" ADD CONSTRAINT "photographer_rates_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_deductions" ADD CONSTRAINT "split_deductions_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_shares_photographer" ON "order_shares" USING btree ("photographer_id");--> statement-breakpoint
CREATE INDEX "order_shares_split_rule" ON "order_shares" USING btree ("split_rule_id");--> statement-breakpoint
CREATE INDEX "order_shares_rate" ON "order_shares" USING btree ("rate_id") WHERE "order_shares"."rate_id" is not null;--> statement-breakpoint
CREATE INDEX "order_shares_organizer" ON "order_shares" USING btree ("organizer_id") WHERE "order_shares"."organizer_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "photographer_rates_start" ON "photographer_rates" USING btree ("studio_id","photographer_id","starts_at");--> statement-breakpoint
CREATE INDEX "photographer_rates_photographer" ON "photographer_rates" USING btree ("photographer_id");--> statement-breakpoint
CREATE INDEX "photographer_rates_created_by" ON "photographer_rates" USING btree ("created_by");--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_postings_created_at" ON "ledger_postings" USING btree ("created_at");--> statement-breakpoint
-- Of versions of one scope that began together the latest counted: each begins a microsecond after the one before.
UPDATE "split_rules" s SET "starts_at" = s."starts_at" + d.later * interval '1 microsecond'
FROM (SELECT "id", row_number() OVER (PARTITION BY "studio_id", "event_id", "starts_at" ORDER BY "version") - 1 AS later FROM "split_rules") d
WHERE d."id" = s."id" AND d.later > 0;--> statement-breakpoint
CREATE UNIQUE INDEX "split_rules_start" ON "split_rules" USING btree (coalesce("studio_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("event_id", "photographer_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("category", 'other'), ("category" is null),"starts_at");--> statement-breakpoint
CREATE INDEX "split_rules_photographer" ON "split_rules" USING btree ("photographer_id");--> statement-breakpoint
CREATE INDEX "split_rules_created_by" ON "split_rules" USING btree ("created_by");--> statement-breakpoint
CREATE UNIQUE INDEX "split_rules_version" ON "split_rules" USING btree (coalesce("studio_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("event_id", "photographer_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("category", 'other'), ("category" is null),"version");--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_position" UNIQUE("position");--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_house" CHECK ("split_rules"."studio_id" is distinct from '00000000-0000-7000-8000-000000000001'::uuid or "split_rules"."studio_bp" = 0);--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_preset" CHECK (case "split_rules"."preset"::text
          when 'standard' then "split_rules"."photographer_bp" = 5000 and "split_rules"."organizer_bp" = 2000
          when 'premium' then "split_rules"."photographer_bp" = 5500 and "split_rules"."organizer_bp" = 2000
          when 'platform_owned' then "split_rules"."photographer_bp" = 0 and "split_rules"."organizer_bp" = 0
          else true end);--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_scope" CHECK (num_nonnulls("split_rules"."event_id", "split_rules"."category", "split_rules"."photographer_id") <= 1
          and ("split_rules"."studio_id" is not null or ("split_rules"."event_id" is null and "split_rules"."photographer_id" is null)));--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_total" CHECK ("split_rules"."platform_bp" + "split_rules"."studio_bp" + "split_rules"."photographer_bp" + "split_rules"."organizer_bp" = 10000);--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_shares" CHECK (least("split_rules"."platform_bp", "split_rules"."studio_bp", "split_rules"."photographer_bp", "split_rules"."organizer_bp") >= 0);--> statement-breakpoint
CREATE POLICY "served" ON "order_shares" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_shares" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("order_shares"."event_id" in (select id from events)) WITH CHECK ("order_shares"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "photographer_rates" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "photographer_rates" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("photographer_rates"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("photographer_rates"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "split_deductions" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "split_deductions" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("split_deductions"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("split_deductions"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
-- by hand
UPDATE "split_rules" SET "preset" = 'standard' WHERE "photographer_bp" = 5000 AND "organizer_bp" = 2000;--> statement-breakpoint
-- What orders of before froze: their event's rule, and the organizer whom their sale paid, or the event's where nothing is posted.
INSERT INTO "order_shares" ("order_id", "event_id", "photographer_id", "split_rule_id", "platform_bp", "studio_bp", "photographer_bp", "organizer_bp", "organizer_id")
SELECT f."order_id", f."event_id", f."photographer_id", f."rule",
  f."platform_bp" + CASE WHEN f."organizer" IS NULL THEN f."organizer_bp" ELSE 0 END, 0, f."photographer_bp",
  CASE WHEN f."organizer" IS NULL THEN 0 ELSE f."organizer_bp" END, f."organizer"
FROM (
  SELECT DISTINCT l."order_id", l."event_id", l."photographer_id", r."id" AS "rule", r."platform_bp", r."photographer_bp", r."organizer_bp",
    CASE WHEN o."paid_at" IS NULL OR o."total" = 0 THEN e."organizer_id" ELSE (
      SELECT a."owner_id" FROM "ledger_postings" p
      JOIN "ledger_entries" x ON x."posting_id" = p."id" AND (x."event_id" = l."event_id" OR p."event_id" = l."event_id")
      JOIN "ledger_accounts" a ON a."id" = x."account_id" AND a."kind" = 'organizer_payable'
      WHERE p."order_id" = l."order_id" AND p."kind" = 'sale' LIMIT 1
    ) END AS "organizer"
  FROM "order_lines" l
  JOIN "orders" o ON o."id" = l."order_id"
  JOIN "order_events" oe ON oe."order_id" = l."order_id" AND oe."event_id" = l."event_id"
  JOIN "split_rules" r ON r."id" = oe."split_rule_id"
  JOIN "events" e ON e."id" = l."event_id"
  WHERE l."kind" = 'photo'
) f;--> statement-breakpoint
revoke update, delete on order_shares, photographer_rates from pix_app;--> statement-breakpoint
grant select, insert on order_shares, photographer_rates to pix_staff;--> statement-breakpoint
grant select, insert, update, delete on split_deductions to pix_staff;--> statement-breakpoint
grant select on ledger_balances to pix_staff;--> statement-breakpoint
grant usage on sequence ledger_postings_position_seq to pix_staff;
