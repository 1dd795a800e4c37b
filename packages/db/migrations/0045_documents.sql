CREATE TYPE "public"."document_kind" AS ENUM('receipt', 'abbreviated_tax_invoice', 'tax_invoice', 'credit_note');--> statement-breakpoint
CREATE TYPE "public"."document_source" AS ENUM('order', 'refund', 'exchange');--> statement-breakpoint
CREATE TYPE "public"."sells_as" AS ENUM('principal', 'agent');--> statement-breakpoint
CREATE TYPE "public"."sold_as" AS ENUM('service', 'licence');--> statement-breakpoint
CREATE TYPE "public"."vat_status" AS ENUM('none', 'registered');--> statement-breakpoint
CREATE TABLE "document_contents" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"content" "sealed" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_contents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "document_counts" (
	"studio_id" uuid NOT NULL,
	"kind" "document_kind" NOT NULL,
	"period" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_counts_studio_id_kind_period_pk" PRIMARY KEY("studio_id","kind","period")
);
--> statement-breakpoint
ALTER TABLE "document_counts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "document_files" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_files_bytes" CHECK ("document_files"."bytes" > 0)
);
--> statement-breakpoint
ALTER TABLE "document_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" "document_kind" NOT NULL,
	"period" text NOT NULL,
	"count" integer NOT NULL,
	"number" text NOT NULL,
	"source_kind" "document_source" NOT NULL,
	"source_id" uuid NOT NULL,
	"refers_to" uuid,
	"total" bigint NOT NULL,
	"taxable" bigint NOT NULL,
	"vat" bigint NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"dated_at" timestamp with time zone NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "documents_number" UNIQUE("studio_id","number"),
	CONSTRAINT "documents_count" UNIQUE("studio_id","kind","period","count"),
	CONSTRAINT "documents_once" UNIQUE("source_kind","source_id"),
	CONSTRAINT "documents_of_order" UNIQUE("id","order_id"),
	CONSTRAINT "documents_count_positive" CHECK ("documents"."count" > 0),
	CONSTRAINT "documents_period" CHECK ("documents"."period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "documents_amounts" CHECK ("documents"."total" > 0 and "documents"."taxable" between 0 and "documents"."total"),
	CONSTRAINT "documents_vat" CHECK ("documents"."vat" between 0 and "documents"."taxable"),
	CONSTRAINT "documents_refer" CHECK (("documents"."source_kind" = 'order') = ("documents"."refers_to" is null)),
	CONSTRAINT "documents_exchange" CHECK ("documents"."source_kind" <> 'exchange' or "documents"."source_id" = "documents"."refers_to"),
	CONSTRAINT "documents_refund" CHECK (("documents"."source_kind" = 'refund') = ("documents"."kind" = 'credit_note'))
);
--> statement-breakpoint
ALTER TABLE "documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "order_tax_data" (
	"order_id" uuid PRIMARY KEY NOT NULL,
	"details" "sealed" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "order_tax_data" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "studio_sellers" (
	"studio_id" uuid PRIMARY KEY NOT NULL,
	"vat" "vat_status" DEFAULT 'none' NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"tax_id" "sealed",
	"branch" text,
	"sells_as" "sells_as" DEFAULT 'principal' NOT NULL,
	"sold_as" "sold_as" DEFAULT 'service' NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "studio_sellers_name" CHECK ("studio_sellers"."name" <> ''),
	CONSTRAINT "studio_sellers_branch" CHECK ("studio_sellers"."branch" ~ '^[0-9]{5}$'),
	CONSTRAINT "studio_sellers_registered" CHECK ("studio_sellers"."vat" = 'none' or ("studio_sellers"."tax_id" is not null and "studio_sellers"."branch" is not null and "studio_sellers"."address" <> ''))
);
--> statement-breakpoint
ALTER TABLE "studio_sellers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "document_contents" ADD CONSTRAINT "document_contents_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_counts" ADD CONSTRAINT "document_counts_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_files" ADD CONSTRAINT "document_files_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_order_of_studio" FOREIGN KEY ("order_id","studio_id") REFERENCES "public"."orders"("id","studio_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_refers_to_of_order" FOREIGN KEY ("refers_to","order_id") REFERENCES "public"."documents"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tax_data" ADD CONSTRAINT "order_tax_data_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_sellers" ADD CONSTRAINT "studio_sellers_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "documents_order" ON "documents" USING btree ("order_id","studio_id");--> statement-breakpoint
CREATE INDEX "documents_refers_to" ON "documents" USING btree ("refers_to","order_id");--> statement-breakpoint
CREATE INDEX "documents_studio" ON "documents" USING btree ("studio_id","issued_at","id");--> statement-breakpoint
CREATE INDEX "documents_dated" ON "documents" USING btree ("studio_id","dated_at","id");--> statement-breakpoint
CREATE INDEX "documents_issued" ON "documents" USING btree ("issued_at","id");--> statement-breakpoint
CREATE POLICY "served" ON "document_contents" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "document_contents" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "documents" parent where parent.id = "document_contents"."document_id")) WITH CHECK ((select true from "documents" parent where parent.id = "document_contents"."document_id"));--> statement-breakpoint
CREATE POLICY "served" ON "document_counts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "document_counts" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("document_counts"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("document_counts"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "document_files" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "document_files" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "documents" parent where parent.id = "document_files"."document_id")) WITH CHECK ((select true from "documents" parent where parent.id = "document_files"."document_id"));--> statement-breakpoint
CREATE POLICY "served" ON "documents" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "documents" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("documents"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("documents"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "served" ON "order_tax_data" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "order_tax_data" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "orders" parent where parent.id = "order_tax_data"."order_id")) WITH CHECK ((select true from "orders" parent where parent.id = "order_tax_data"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "studio_sellers" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "studio_sellers" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("studio_sellers"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("studio_sellers"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));
--> statement-breakpoint
-- by hand
revoke update, delete on documents, document_files from pix_app;
--> statement-breakpoint
grant select, insert on documents, document_contents to pix_staff;
--> statement-breakpoint
grant select on document_files, order_tax_data to pix_staff;
--> statement-breakpoint
grant select, insert, update on document_counts, studio_sellers to pix_staff;
--> statement-breakpoint
-- Not even the owner changes a document. Contents are encrypted anew when keys change; the document's hash tells a change.
create function refuse_document_change() returns trigger language plpgsql as $$
begin
  raise exception 'documents are never changed' using errcode = 'check_violation', constraint = 'documents_immutable';
end $$;
--> statement-breakpoint
create trigger documents_immutable before update or delete on documents
  for each row execute function refuse_document_change();
--> statement-breakpoint
create trigger document_files_immutable before update or delete on document_files
  for each row execute function refuse_document_change();
--> statement-breakpoint
create trigger document_contents_immutable before delete on document_contents
  for each row execute function refuse_document_change();
--> statement-breakpoint
-- Every number follows the one before it.
create function documents_follow() returns trigger language plpgsql as $$
begin
  if new.count > 1 and not exists (
    select from documents
    where studio_id = new.studio_id and kind = new.kind and period = new.period and count = new.count - 1
  ) then
    raise exception 'document % leaves a gap', new.number
      using errcode = 'check_violation', constraint = 'documents_without_gaps';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger documents_without_gaps before insert on documents for each row execute function documents_follow();
