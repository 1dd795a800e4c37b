CREATE TYPE "public"."notice_kind" AS ENUM('incident', 'maintenance');--> statement-breakpoint
CREATE TYPE "public"."notice_part" AS ENUM('shop', 'search', 'payments', 'downloads');--> statement-breakpoint
CREATE TABLE "notice_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"notice_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"text_th" text NOT NULL,
	"text_en" text NOT NULL,
	CONSTRAINT "notice_updates_texts" CHECK ('' <> all(array["notice_updates"."text_th", "notice_updates"."text_en"]))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "notice_kind" NOT NULL,
	"title_th" text NOT NULL,
	"title_en" text NOT NULL,
	"text_th" text NOT NULL,
	"text_en" text NOT NULL,
	"parts" "notice_part"[] NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"urgent" boolean DEFAULT false NOT NULL,
	"pauses" boolean DEFAULT false NOT NULL,
	"ended_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "notices_texts" CHECK ('' <> all(array["notices"."title_th", "notices"."title_en", "notices"."text_th", "notices"."text_en"])),
	CONSTRAINT "notices_parts" CHECK (cardinality("notices"."parts") > 0 and array_position("notices"."parts", null) is null),
	CONSTRAINT "notices_expected" CHECK (("notices"."kind" = 'maintenance') = ("notices"."ends_at" is not null)),
	CONSTRAINT "notices_order" CHECK ("notices"."ends_at" > "notices"."starts_at" and "notices"."ended_at" >= "notices"."starts_at"),
	CONSTRAINT "notices_incident" CHECK ("notices"."kind" = 'maintenance' or not ("notices"."urgent" or "notices"."pauses" or "notices"."cancelled_at" is not null)),
	CONSTRAINT "notices_announced" CHECK ("notices"."kind" = 'incident' or "notices"."urgent" or "notices"."starts_at" - "notices"."announced_at" >= interval '72 hours'),
	CONSTRAINT "notices_cancelled" CHECK ("notices"."ended_at" is null and "notices"."cancelled_at" < "notices"."starts_at" or "notices"."cancelled_at" is null)
);
--> statement-breakpoint
ALTER TABLE "notice_updates" ADD CONSTRAINT "notice_updates_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_updates_notice" ON "notice_updates" USING btree ("notice_id","at","id");--> statement-breakpoint
CREATE INDEX "notices_open" ON "notices" USING btree ("starts_at","id") WHERE "notices"."ended_at" is null and "notices"."cancelled_at" is null;--> statement-breakpoint
CREATE INDEX "notices_past" ON "notices" USING btree (coalesce("ended_at", "cancelled_at"),"id");--> statement-breakpoint
-- by hand: people have read it, so what was written stays, and what is over does not change
revoke update, delete on notice_updates from pix_app;--> statement-breakpoint
create function keep_notice() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a notice is kept'; end if;
  if old.ended_at is not null or old.cancelled_at is not null then raise exception 'the notice is over'; end if;
  return new;
end $$;--> statement-breakpoint
create trigger notices_kept before update or delete on notices for each row execute function keep_notice();
