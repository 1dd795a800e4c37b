CREATE TYPE "public"."difference_end" AS ENUM('agrees', 'by_hand');--> statement-breakpoint
CREATE TYPE "public"."difference_kind" AS ENUM('charge_without_receipt', 'receipt_without_charge', 'other_amount', 'receipt_without_posting', 'posting_other_amount', 'posting_without_receipt', 'books');--> statement-breakpoint
CREATE TYPE "public"."slip_state" AS ENUM('reading', 'waiting', 'unreadable', 'repeated', 'arrived', 'not_arrived');--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'slip';--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'difference';--> statement-breakpoint
CREATE TABLE "differences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "difference_kind" NOT NULL,
	"subject" text NOT NULL,
	"day" date NOT NULL,
	"facts" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended" "difference_end",
	"ended_by" uuid,
	"reason" text,
	CONSTRAINT "differences_ended" CHECK (("differences"."ended_at" is null) = ("differences"."ended" is null)),
	CONSTRAINT "differences_by_hand" CHECK ("differences"."ended" is distinct from 'by_hand' or "differences"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"asked_by" uuid,
	"charges" integer DEFAULT 0 NOT NULL,
	"unanswered" integer DEFAULT 0 NOT NULL,
	"receipts" integer DEFAULT 0 NOT NULL,
	"postings" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slips" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"account_id" uuid,
	"state" "slip_state" DEFAULT 'reading' NOT NULL,
	"picture_hash" "bytea" NOT NULL,
	"fault" text,
	"bank" text,
	"reference" text,
	"uploaded_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision_reason" text,
	"receipt_id" uuid,
	"amount" bigint,
	"arrived_at" timestamp with time zone,
	"picture_gone_at" timestamp with time zone,
	CONSTRAINT "slips_bank" CHECK ("slips"."bank" ~ '^[0-9]{3}$'),
	CONSTRAINT "slips_reference" CHECK ("slips"."reference" ~ '^[A-Za-z0-9]{6,40}$'),
	CONSTRAINT "slips_read_together" CHECK (("slips"."bank" is null) = ("slips"."reference" is null)),
	CONSTRAINT "slips_fault" CHECK (("slips"."state" = 'unreadable') = ("slips"."fault" is not null)),
	CONSTRAINT "slips_read" CHECK (("slips"."state" = 'reading') = ("slips"."read_at" is null)),
	CONSTRAINT "slips_arrived" CHECK (("slips"."state" = 'arrived') = ("slips"."receipt_id" is not null) and ("slips"."state" = 'arrived') = ("slips"."amount" is not null) and ("slips"."state" = 'arrived') = ("slips"."arrived_at" is not null)),
	CONSTRAINT "slips_not_arrived" CHECK (("slips"."state" = 'not_arrived') = ("slips"."decision_reason" is not null)),
	CONSTRAINT "slips_decided" CHECK (("slips"."state" in ('arrived', 'not_arrived', 'unreadable', 'repeated')) = ("slips"."decided_at" is not null)),
	CONSTRAINT "slips_amount" CHECK ("slips"."amount" > 0)
);
--> statement-breakpoint
ALTER TABLE "slips" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transfer_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bank" text NOT NULL,
	"name" text NOT NULL,
	"number" "sealed" NOT NULL,
	"promptpay" "sealed",
	"set_at" timestamp with time zone NOT NULL,
	"set_by" uuid,
	"closed_at" timestamp with time zone,
	CONSTRAINT "transfer_accounts_names" CHECK ("transfer_accounts"."bank" <> '' and "transfer_accounts"."name" <> '')
);
--> statement-breakpoint
ALTER TABLE "differences" ADD CONSTRAINT "differences_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_account_id_transfer_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."transfer_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slips" ADD CONSTRAINT "slips_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_accounts" ADD CONSTRAINT "transfer_accounts_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "differences_open_once" ON "differences" USING btree ("kind","subject") WHERE "differences"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "differences_open" ON "differences" USING btree ("opened_at","id") WHERE "differences"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "differences_subject" ON "differences" USING btree ("kind","subject");--> statement-breakpoint
CREATE INDEX "differences_day" ON "differences" USING btree ("day","opened_at");--> statement-breakpoint
CREATE INDEX "differences_ended_by" ON "differences" USING btree ("ended_by");--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliations_daily" ON "reconciliations" USING btree ("day") WHERE "reconciliations"."asked_by" is null;--> statement-breakpoint
CREATE INDEX "reconciliations_day" ON "reconciliations" USING btree ("day","started_at");--> statement-breakpoint
CREATE INDEX "reconciliations_asked_by" ON "reconciliations" USING btree ("asked_by");--> statement-breakpoint
CREATE UNIQUE INDEX "slips_reference_once_an_order" ON "slips" USING btree ("order_id","bank","reference") WHERE "slips"."state" in ('waiting', 'arrived');--> statement-breakpoint
CREATE UNIQUE INDEX "slips_reference_arrives_once" ON "slips" USING btree ("bank","reference") WHERE "slips"."state" = 'arrived';--> statement-breakpoint
CREATE UNIQUE INDEX "slips_receipt" ON "slips" USING btree ("receipt_id");--> statement-breakpoint
CREATE INDEX "slips_order" ON "slips" USING btree ("order_id","uploaded_at");--> statement-breakpoint
CREATE INDEX "slips_reference" ON "slips" USING btree ("bank","reference");--> statement-breakpoint
CREATE INDEX "slips_picture" ON "slips" USING btree ("picture_hash");--> statement-breakpoint
CREATE INDEX "slips_account" ON "slips" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "slips_decided_by" ON "slips" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "slips_open" ON "slips" USING btree ("uploaded_at","id") WHERE "slips"."state" in ('reading', 'waiting');--> statement-breakpoint
CREATE INDEX "slips_pictures" ON "slips" USING btree ("decided_at") WHERE "slips"."picture_gone_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "transfer_accounts_in_force" ON "transfer_accounts" USING btree ((true)) WHERE "transfer_accounts"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "transfer_accounts_set_by" ON "transfer_accounts" USING btree ("set_by");--> statement-breakpoint
CREATE POLICY "served" ON "slips" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "slips" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "orders" parent where parent.id = "slips"."order_id")) WITH CHECK ((select true from "orders" parent where parent.id = "slips"."order_id"));
--> statement-breakpoint
-- by hand
grant select, insert, update on slips to pix_staff;
