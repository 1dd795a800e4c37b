CREATE TYPE "public"."refund_reason" AS ENUM('pays_nothing', 'not_me', 'quality', 'mistake', 'taken_down', 'other');--> statement-breakpoint
CREATE TYPE "public"."refund_state" AS ENUM('requested', 'approved', 'refused', 'transferred');--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'receipt';--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'refund';--> statement-breakpoint
ALTER TYPE "public"."ledger_source" ADD VALUE 'refund_transfer';--> statement-breakpoint
ALTER TYPE "public"."posting_kind" ADD VALUE 'refund_transfer';--> statement-breakpoint
CREATE SEQUENCE "public"."refund_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "refund_lines" (
	"refund_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"refused" boolean DEFAULT false NOT NULL,
	CONSTRAINT "refund_lines_refund_id_line_id_pk" PRIMARY KEY("refund_id","line_id"),
	CONSTRAINT "refund_lines_amount" CHECK ("refund_lines"."amount" > 0)
);
--> statement-breakpoint
ALTER TABLE "refund_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"order_id" uuid,
	"receipt_id" uuid,
	"amount" bigint NOT NULL,
	"state" "refund_state" NOT NULL,
	"reason" "refund_reason" NOT NULL,
	"statement" text,
	"payee" "sealed",
	"requested_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision_reason" text,
	"transferred_at" timestamp with time zone,
	"transfer_reference" text,
	CONSTRAINT "refunds_number_unique" UNIQUE("number"),
	CONSTRAINT "refunds_of_order" UNIQUE("id","order_id"),
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount" > 0),
	CONSTRAINT "refunds_of_something" CHECK ("refunds"."order_id" is not null or "refunds"."receipt_id" is not null),
	CONSTRAINT "refunds_decided" CHECK (("refunds"."state" = 'requested') = ("refunds"."decided_at" is null)),
	CONSTRAINT "refunds_refused" CHECK ("refunds"."state" <> 'refused' or "refunds"."decision_reason" is not null),
	CONSTRAINT "refunds_transferred" CHECK (("refunds"."state" = 'transferred') = ("refunds"."transferred_at" is not null) and ("refunds"."transferred_at" is null) = ("refunds"."transfer_reference" is null))
);
--> statement-breakpoint
ALTER TABLE "refunds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "receipts" DROP CONSTRAINT "receipts_of_nobody";--> statement-breakpoint
ALTER TABLE "receipts" DROP CONSTRAINT "receipts_applied_or_reason";--> statement-breakpoint
DROP INDEX "receipts_unapplied";--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "applied_to" uuid;--> statement-breakpoint
ALTER TABLE "receipts" ADD COLUMN "given_back_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_refund_of_order" FOREIGN KEY ("refund_id","order_id") REFERENCES "public"."refunds"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_line_of_order" FOREIGN KEY ("line_id","order_id") REFERENCES "public"."order_lines"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_lines_once" ON "refund_lines" USING btree ("line_id") WHERE not "refund_lines"."refused";--> statement-breakpoint
CREATE INDEX "refund_lines_refund" ON "refund_lines" USING btree ("refund_id","order_id");--> statement-breakpoint
CREATE INDEX "refund_lines_line" ON "refund_lines" USING btree ("line_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_receipt_once" ON "refunds" USING btree ("receipt_id") WHERE "refunds"."state" <> 'refused';--> statement-breakpoint
CREATE INDEX "refunds_receipt" ON "refunds" USING btree ("receipt_id");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("order_id","requested_at");--> statement-breakpoint
CREATE INDEX "refunds_decided_by" ON "refunds" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "refunds_open" ON "refunds" USING btree ("requested_at","id") WHERE "refunds"."state" in ('requested', 'approved');--> statement-breakpoint
CREATE INDEX "refunds_payees" ON "refunds" USING btree ("requested_at") WHERE "refunds"."payee" is not null;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_applied_to_orders_id_fk" FOREIGN KEY ("applied_to") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipts_applied_to" ON "receipts" USING btree ("applied_to");--> statement-breakpoint
CREATE INDEX "receipts_unapplied" ON "receipts" USING btree ("received_at") WHERE "receipts"."applied_at" is null and "receipts"."given_back_at" is null;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_applied_to" CHECK ("receipts"."applied_to" is null or "receipts"."applied_at" is not null);--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_given_back" CHECK ("receipts"."given_back_at" is null or "receipts"."applied_at" is null);--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_of_nobody" CHECK ("receipts"."payment_id" is not null or "receipts"."applied_to" is not null or "receipts"."applied_at" is null);--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_applied_or_reason" CHECK ("receipts"."applied_at" is not null or "receipts"."reason" is not null);--> statement-breakpoint
CREATE POLICY "served" ON "refund_lines" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "refund_lines" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "refund_lines"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "refund_lines"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "refunds" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "refunds" AS PERMISSIVE FOR ALL TO "pix_staff" USING (exists (select from "orders" parent where parent.id = "refunds"."order_id")) WITH CHECK (exists (select from "orders" parent where parent.id = "refunds"."order_id"));
--> statement-breakpoint
-- by hand
-- What a refund's lines give back is what the refund gives back. A receipt's has no lines.
create function refund_lines_total() returns trigger language plpgsql as $$
declare
  target uuid;
  wanted bigint;
  found numeric;
begin
  if tg_table_name = 'refunds' then target := new.id;
  elsif tg_op = 'DELETE' then target := old.refund_id;
  else target := new.refund_id; end if;
  select case when receipt_id is null then amount else 0 end into wanted from refunds where id = target;
  select coalesce(sum(amount), 0) into found from refund_lines where refund_id = target;
  if wanted <> found then
    raise exception 'refund % is % satang but its lines are %', target, wanted, found
      using errcode = 'check_violation', constraint = 'refund_lines_total';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger refunds_lines_total after insert or update of amount on refunds
  deferrable initially deferred for each row execute function refund_lines_total();
--> statement-breakpoint
create constraint trigger refund_lines_refund_total after insert or update or delete on refund_lines
  deferrable initially deferred for each row execute function refund_lines_total();
