ALTER TYPE "public"."difference_kind" ADD VALUE 'settlement_other_total';--> statement-breakpoint
CREATE TABLE "ledger_adjustments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint NOT NULL,
	"from_kind" "account_kind" NOT NULL,
	"from_owner" uuid,
	"to_kind" "account_kind" NOT NULL,
	"to_owner" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	CONSTRAINT "ledger_adjustments_reference" UNIQUE("studio_id","reference"),
	CONSTRAINT "ledger_adjustments_amount" CHECK ("ledger_adjustments"."amount" > 0),
	CONSTRAINT "ledger_adjustments_words" CHECK ("ledger_adjustments"."reference" <> '' and "ledger_adjustments"."reason" <> ''),
	CONSTRAINT "ledger_adjustments_from" CHECK ("ledger_adjustments"."from_kind"::text in ('photographer_payable', 'organizer_payable', 'studio_payable', 'platform_revenue', 'gateway_clearing', 'gateway_fees', 'payment_rounding') and ("ledger_adjustments"."from_kind"::text in ('photographer_payable', 'organizer_payable', 'studio_payable')) = ("ledger_adjustments"."from_owner" is not null) and ("ledger_adjustments"."from_kind"::text <> 'studio_payable' or "ledger_adjustments"."from_owner" = "ledger_adjustments"."studio_id")),
	CONSTRAINT "ledger_adjustments_to" CHECK ("ledger_adjustments"."to_kind"::text in ('photographer_payable', 'organizer_payable', 'studio_payable', 'platform_revenue', 'gateway_clearing', 'gateway_fees', 'payment_rounding') and ("ledger_adjustments"."to_kind"::text in ('photographer_payable', 'organizer_payable', 'studio_payable')) = ("ledger_adjustments"."to_owner" is not null) and ("ledger_adjustments"."to_kind"::text <> 'studio_payable' or "ledger_adjustments"."to_owner" = "ledger_adjustments"."studio_id")),
	CONSTRAINT "ledger_adjustments_moves" CHECK (("ledger_adjustments"."from_kind", "ledger_adjustments"."from_owner") is distinct from ("ledger_adjustments"."to_kind", "ledger_adjustments"."to_owner"))
);
--> statement-breakpoint
ALTER TABLE "ledger_adjustments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "gateway_settlements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gateway" text NOT NULL,
	"reference" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"total" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "gateway_settlements_reference" UNIQUE("gateway","reference"),
	CONSTRAINT "gateway_settlements_words" CHECK ("gateway_settlements"."gateway" <> '' and "gateway_settlements"."reference" <> ''),
	CONSTRAINT "gateway_settlements_days" CHECK ("gateway_settlements"."first_day" <= "gateway_settlements"."last_day"),
	CONSTRAINT "gateway_settlements_amounts" CHECK ("gateway_settlements"."total" > 0 and "gateway_settlements"."fee" between 0 and "gateway_settlements"."total")
);
--> statement-breakpoint
ALTER TABLE "ledger_adjustments" ADD CONSTRAINT "ledger_adjustments_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_adjustments" ADD CONSTRAINT "ledger_adjustments_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gateway_settlements" ADD CONSTRAINT "gateway_settlements_recorded_by_users_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_adjustments_studio" ON "ledger_adjustments" USING btree ("studio_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_adjustments_created_by" ON "ledger_adjustments" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "gateway_settlements_recorded" ON "gateway_settlements" USING btree ("recorded_at","id");--> statement-breakpoint
CREATE INDEX "gateway_settlements_last_day" ON "gateway_settlements" USING btree ("last_day");--> statement-breakpoint
CREATE INDEX "gateway_settlements_recorded_by" ON "gateway_settlements" USING btree ("recorded_by");--> statement-breakpoint
CREATE POLICY "served" ON "ledger_adjustments" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "ledger_adjustments" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("ledger_adjustments"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("ledger_adjustments"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "own_studio" ON "ledger_postings" TO pix_staff USING (((select true from "orders" parent where parent.id = "ledger_postings"."order_id") or (select true from "payout_lines" parent where parent.id = "ledger_postings"."source_id") or (select true from "ledger_adjustments" parent where parent.id = "ledger_postings"."source_id"))) WITH CHECK (((select true from "orders" parent where parent.id = "ledger_postings"."order_id") or (select true from "payout_lines" parent where parent.id = "ledger_postings"."source_id") or (select true from "ledger_adjustments" parent where parent.id = "ledger_postings"."source_id")));--> statement-breakpoint
-- by hand
revoke update, delete on ledger_adjustments, gateway_settlements from pix_app;
--> statement-breakpoint
grant select on ledger_adjustments to pix_staff;
--> statement-breakpoint
-- A correction is in the ledger with its two entries, from wherever it was written.
create function adjustment_is_posted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select from ledger_postings p
    join ledger_entries e on e.posting_id = p.id
    join ledger_accounts a on a.id = e.account_id
    where p.source_kind::text = 'adjustment' and p.source_id = new.id
    having count(*) = 2
      and count(*) filter (
        where e.amount = new.amount and a.kind = new.from_kind and a.owner_id is not distinct from new.from_owner) = 1
      and count(*) filter (
        where e.amount = -new.amount and a.kind = new.to_kind and a.owner_id is not distinct from new.to_owner) = 1
  ) then
    raise exception 'adjustment % is not posted', new.id
      using errcode = 'check_violation', constraint = 'ledger_adjustments_posted';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger ledger_adjustments_posted after insert on ledger_adjustments
  deferrable initially deferred for each row execute function adjustment_is_posted();
--> statement-breakpoint
-- The fee of a settlement is in the ledger. One without a fee has no posting.
create function settlement_is_posted() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.fee > 0 and not exists (
    select from ledger_postings p
    join ledger_entries e on e.posting_id = p.id
    join ledger_accounts a on a.id = e.account_id
    where p.source_kind::text = 'settlement' and p.source_id = new.id
    having count(*) = 2
      and count(*) filter (where e.amount = new.fee and a.kind::text = 'gateway_fees') = 1
      and count(*) filter (where e.amount = -new.fee and a.kind::text = 'gateway_clearing') = 1
  ) then
    raise exception 'settlement % is not posted', new.id
      using errcode = 'check_violation', constraint = 'gateway_settlements_posted';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger gateway_settlements_posted after insert on gateway_settlements
  deferrable initially deferred for each row execute function settlement_is_posted();
--> statement-breakpoint
-- A payment is in one settlement of its gateway. Two that are recorded at once wait for each other.
create function settlement_days_apart() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('gateway_settlements ' || new.gateway, 0));
  if exists (
    select from gateway_settlements s
    where s.gateway = new.gateway and s.first_day <= new.last_day and s.last_day >= new.first_day
  ) then
    raise exception 'days of settlement % are settled', new.id
      using errcode = 'exclusion_violation', constraint = 'gateway_settlements_days_apart';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger gateway_settlements_days_apart before insert on gateway_settlements
  for each row execute function settlement_days_apart();
--> statement-breakpoint
-- A posting that says that it is one of them has its row.
create function posting_has_its_row() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.source_kind::text = 'adjustment' and not exists (select from ledger_adjustments where id = new.source_id))
    or (new.source_kind::text = 'settlement' and not exists (select from gateway_settlements where id = new.source_id and fee > 0))
  then
    raise exception 'posting % has no row', new.id
      using errcode = 'check_violation', constraint = 'ledger_postings_has_row';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger ledger_postings_has_row after insert on ledger_postings
  deferrable initially deferred for each row when (new.source_kind::text in ('adjustment', 'settlement'))
  execute function posting_has_its_row();
--> statement-breakpoint
-- Amounts of letters are written with their sign, as on screens: own words of letters name the currency no more.
create function pg_temp.without_currency(said text) returns text language sql as $$
  select regexp_replace(
    regexp_replace(said, '(\{(baht|withheld|taken_back|ready|later)\}) ?(baht|บาท)(?=[ก-๙])', '\1 ', 'g'),
    '(\{(baht|withheld|taken_back|ready|later)\}) ?(baht|บาท)', '\1', 'g')
$$;
--> statement-breakpoint
update letter_words set
  subject = pg_temp.without_currency(subject),
  lines = (
    select array_agg(pg_temp.without_currency(line) order by place) from unnest(lines) with ordinality as said (line, place)
  ),
  hint = pg_temp.without_currency(hint);
