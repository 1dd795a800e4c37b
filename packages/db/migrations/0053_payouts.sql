CREATE TYPE "public"."payee_account_end" AS ENUM('replaced', 'bounced', 'erased');--> statement-breakpoint
CREATE TYPE "public"."payee_form" AS ENUM('person', 'juristic');--> statement-breakpoint
CREATE TYPE "public"."payee_party" AS ENUM('photographer', 'organizer', 'studio');--> statement-breakpoint
CREATE TYPE "public"."payout_batch_state" AS ENUM('drafted', 'approved', 'exported', 'discarded');--> statement-breakpoint
CREATE TYPE "public"."payout_line_state" AS ENUM('drafted', 'approved', 'paid', 'bounced', 'discarded');--> statement-breakpoint
ALTER TYPE "public"."document_kind" ADD VALUE 'withholding_certificate';--> statement-breakpoint
ALTER TYPE "public"."document_source" ADD VALUE 'payout';--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'payout';--> statement-breakpoint
ALTER TYPE "public"."ledger_source" ADD VALUE 'payout_transfer';--> statement-breakpoint
ALTER TYPE "public"."ledger_source" ADD VALUE 'withholding';--> statement-breakpoint
ALTER TYPE "public"."ledger_source" ADD VALUE 'payout_return';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'payout_transfer';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'withholding';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'payout_return';--> statement-breakpoint
CREATE SEQUENCE "public"."payout_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "payee_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"party" "payee_party" NOT NULL,
	"owner_id" uuid NOT NULL,
	"details" "sealed",
	"last_digits" text NOT NULL,
	"form" "payee_form" NOT NULL,
	"vat_registered" boolean NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" uuid,
	"usable_from" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end" "payee_account_end",
	CONSTRAINT "payee_accounts_of_owner" UNIQUE("id","party","owner_id"),
	CONSTRAINT "payee_accounts_last_digits" CHECK ("payee_accounts"."last_digits" ~ '^[0-9]{4}$'),
	CONSTRAINT "payee_accounts_ended" CHECK (("payee_accounts"."ended_at" is null) = ("payee_accounts"."end" is null)),
	CONSTRAINT "payee_accounts_erased" CHECK ("payee_accounts"."details" is not null or "payee_accounts"."ended_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "payee_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "payee_terms" (
	"studio_id" uuid NOT NULL,
	"party" "payee_party" NOT NULL,
	"owner_id" uuid NOT NULL,
	"withholding_bp" integer NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payee_terms_studio_id_party_owner_id_pk" PRIMARY KEY("studio_id","party","owner_id"),
	CONSTRAINT "payee_terms_withholding" CHECK ("payee_terms"."withholding_bp" between 0 and 1500)
);
--> statement-breakpoint
ALTER TABLE "payee_terms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "payout_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"studio_id" uuid NOT NULL,
	"state" "payout_batch_state" NOT NULL,
	"sales_until" timestamp with time zone NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by" uuid,
	"approved_at" timestamp with time zone,
	"approved_by" uuid,
	"exported_at" timestamp with time zone,
	CONSTRAINT "payout_batches_number_unique" UNIQUE("number"),
	CONSTRAINT "payout_batches_of_studio" UNIQUE("id","studio_id"),
	CONSTRAINT "payout_batches_approved" CHECK (("payout_batches"."state" in ('approved', 'exported')) = ("payout_batches"."approved_at" is not null)),
	CONSTRAINT "payout_batches_exported" CHECK (("payout_batches"."state" = 'exported') = ("payout_batches"."exported_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "payout_batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "payout_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL,
	"studio_id" uuid NOT NULL,
	"party" "payee_party" NOT NULL,
	"owner_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"gross" bigint NOT NULL,
	"base" bigint NOT NULL,
	"withholding_bp" integer NOT NULL,
	"withheld" bigint NOT NULL,
	"net" bigint NOT NULL,
	"state" "payout_line_state" NOT NULL,
	"paid_at" timestamp with time zone,
	"reference" text,
	"bounced_at" timestamp with time zone,
	"bounce_reason" text,
	CONSTRAINT "payout_lines_once" UNIQUE("batch_id","party","owner_id"),
	CONSTRAINT "payout_lines_amounts" CHECK ("payout_lines"."net" > 0 and "payout_lines"."gross" = "payout_lines"."withheld" + "payout_lines"."net"),
	CONSTRAINT "payout_lines_withheld" CHECK ("payout_lines"."base" between 0 and "payout_lines"."gross" and "payout_lines"."withheld" between 0 and "payout_lines"."base"),
	CONSTRAINT "payout_lines_paid" CHECK (("payout_lines"."paid_at" is null) = ("payout_lines"."reference" is null) and ("payout_lines"."state" <> 'paid' or "payout_lines"."paid_at" is not null)),
	CONSTRAINT "payout_lines_bounced" CHECK (("payout_lines"."state" = 'bounced') = ("payout_lines"."bounced_at" is not null) and ("payout_lines"."bounced_at" is null) = ("payout_lines"."bounce_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "payout_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "documents" DROP CONSTRAINT "documents_refer";--> statement-breakpoint
ALTER TABLE "documents" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payee_accounts" ADD CONSTRAINT "payee_accounts_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payee_terms" ADD CONSTRAINT "payee_terms_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_drafted_by_users_id_fk" FOREIGN KEY ("drafted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_batch_of_studio" FOREIGN KEY ("batch_id","studio_id") REFERENCES "public"."payout_batches"("id","studio_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_account_of_owner" FOREIGN KEY ("account_id","party","owner_id") REFERENCES "public"."payee_accounts"("id","party","owner_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payee_accounts_one" ON "payee_accounts" USING btree ("party","owner_id") WHERE "payee_accounts"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "payee_accounts_created_by" ON "payee_accounts" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "payout_batches_studio" ON "payout_batches" USING btree ("studio_id","drafted_at","id");--> statement-breakpoint
CREATE INDEX "payout_batches_drafted_by" ON "payout_batches" USING btree ("drafted_by");--> statement-breakpoint
CREATE INDEX "payout_batches_approved_by" ON "payout_batches" USING btree ("approved_by");--> statement-breakpoint
CREATE UNIQUE INDEX "payout_lines_open" ON "payout_lines" USING btree ("studio_id","party","owner_id") WHERE "payout_lines"."state" in ('drafted', 'approved');--> statement-breakpoint
CREATE INDEX "payout_lines_batch" ON "payout_lines" USING btree ("batch_id","studio_id");--> statement-breakpoint
CREATE INDEX "payout_lines_account" ON "payout_lines" USING btree ("account_id","party","owner_id");--> statement-breakpoint
CREATE INDEX "payout_lines_payee" ON "payout_lines" USING btree ("party","owner_id","id");--> statement-breakpoint
CREATE INDEX "payout_lines_studio_paid" ON "payout_lines" USING btree ("studio_id","paid_at");--> statement-breakpoint
CREATE INDEX "payout_lines_bounced_at" ON "payout_lines" USING btree ("bounced_at") WHERE "payout_lines"."state" = 'bounced';--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_of_order_or_payout" CHECK (("documents"."source_kind"::text = 'payout') = ("documents"."order_id" is null));--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_payout" CHECK (("documents"."source_kind"::text = 'payout') = ("documents"."kind"::text = 'withholding_certificate'));--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_refer" CHECK (("documents"."source_kind"::text in ('order', 'payout')) = ("documents"."refers_to" is null));--> statement-breakpoint
CREATE POLICY "served" ON "payee_accounts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "payee_accounts" AS PERMISSIVE FOR ALL TO "pix_staff" USING (case "payee_accounts"."party"
      when 'photographer' then exists (select from order_shares s where s.photographer_id = "payee_accounts"."owner_id")
      when 'organizer' then exists (select from order_shares s where s.organizer_id = "payee_accounts"."owner_id")
      else "payee_accounts"."owner_id" = (select nullif(current_setting('pix.studio', true), '')::uuid) end) WITH CHECK (case "payee_accounts"."party"
      when 'photographer' then exists (select from order_shares s where s.photographer_id = "payee_accounts"."owner_id")
      when 'organizer' then exists (select from order_shares s where s.organizer_id = "payee_accounts"."owner_id")
      else "payee_accounts"."owner_id" = (select nullif(current_setting('pix.studio', true), '')::uuid) end);--> statement-breakpoint
CREATE POLICY "served" ON "payee_terms" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "payee_terms" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("payee_terms"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("payee_terms"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "payout_batches" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "payout_batches" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("payout_batches"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("payout_batches"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "payout_lines" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "payout_lines" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("payout_lines"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("payout_lines"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
ALTER POLICY "own_studio" ON "ledger_postings" TO pix_staff USING (((select true from "orders" parent where parent.id = "ledger_postings"."order_id") or (select true from "payout_lines" parent where parent.id = "ledger_postings"."source_id"))) WITH CHECK (((select true from "orders" parent where parent.id = "ledger_postings"."order_id") or (select true from "payout_lines" parent where parent.id = "ledger_postings"."source_id")));
--> statement-breakpoint
-- by hand
grant select, insert, update on payee_terms, payout_batches, payout_lines to pix_staff;
--> statement-breakpoint
grant select on payee_accounts to pix_staff;
--> statement-breakpoint
grant usage on sequence payout_numbers to pix_staff;
--> statement-breakpoint
-- What a line pays to whom is fixed when it is drafted; its state goes one way.
create function payout_line_moves() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'lines of payouts are never deleted' using errcode = 'check_violation', constraint = 'payout_lines_kept';
  end if;
  if (old.batch_id, old.studio_id, old.party, old.owner_id, old.account_id, old.gross, old.base, old.withholding_bp, old.withheld, old.net)
    is distinct from
    (new.batch_id, new.studio_id, new.party, new.owner_id, new.account_id, new.gross, new.base, new.withholding_bp, new.withheld, new.net) then
    raise exception 'payout line % is fixed', old.id using errcode = 'check_violation', constraint = 'payout_lines_fixed';
  end if;
  if old.state <> new.state and old.state::text || '>' || new.state::text not in
    ('drafted>approved', 'drafted>discarded', 'approved>paid', 'approved>bounced', 'paid>bounced') then
    raise exception 'payout line % cannot go from % to %', old.id, old.state, new.state
      using errcode = 'check_violation', constraint = 'payout_lines_moves';
  end if;
  return null;
end $$;
--> statement-breakpoint
-- After, so that whose row it is was asked first.
create trigger payout_lines_moves after update or delete on payout_lines
  for each row execute function payout_line_moves();
--> statement-breakpoint
-- Postings to these accounts wait until the transaction ends: whoever reads a balance after this and pays it out pays it once.
-- In the order in which postings reach accounts, so that nobody waits in a circle.
create function lock_payable(accounts uuid[]) returns void language sql security definer set search_path = public, pg_temp as $$
  select from ledger_accounts where id = any(accounts) order by kind::text collate "C", owner_id for update
$$;
--> statement-breakpoint
-- Satang that an account of the ledger is owed now, by all studios together: its kept balance and the entries not sealed yet.
create function owed_to(account uuid) returns bigint language sql stable security definer set search_path = public, pg_temp as $$
  select (-coalesce((select amount from ledger_balances where account_id = account), 0) - coalesce((
    select sum(e.amount) from ledger_postings p join ledger_entries e on e.posting_id = p.id
    where p.position > (select coalesce(max(last_position), 0) from seals where kind = 'ledger') and e.account_id = account
  ), 0))::bigint
$$;
--> statement-breakpoint
-- An approved line is in the ledger, and its payee was owed that much, whoever wrote it.
create function payout_within_balance() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account uuid;
  posted bigint;
  owed bigint;
begin
  select e.account_id, e.amount into account, posted
  from ledger_postings p
  join ledger_entries e on e.posting_id = p.id
  join ledger_accounts a on a.id = e.account_id
  where p.source_kind = 'payout' and p.source_id = new.id
    and a.owner_id = new.owner_id and a.kind::text = new.party::text || '_payable';
  if posted is distinct from new.gross then
    raise exception 'payout line % is not posted', new.id using errcode = 'check_violation', constraint = 'payout_lines_posted';
  end if;
  perform lock_payable(array[account]);
  owed := owed_to(account);
  if owed < 0 then
    raise exception 'payout line % is more than its payee is owed', new.id
      using errcode = 'check_violation', constraint = 'payout_within_balance';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger payout_lines_within_balance after update of state on payout_lines
  deferrable initially deferred for each row when (new.state = 'approved' and old.state <> 'approved')
  execute function payout_within_balance();
