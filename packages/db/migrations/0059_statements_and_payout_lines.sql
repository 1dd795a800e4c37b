CREATE TYPE "public"."statement_file_state" AS ENUM('queued', 'drawing', 'ready', 'failed');--> statement-breakpoint
CREATE TABLE "statement_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"party" "payee_party" NOT NULL,
	"owner_id" uuid NOT NULL,
	"payee" text NOT NULL,
	"account_ids" uuid[] NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"locale" text NOT NULL,
	"state" "statement_file_state" NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"line_count" integer NOT NULL,
	"lines_drawn" integer DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"ready_at" timestamp with time zone,
	"taken_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	CONSTRAINT "statement_files_once" UNIQUE("user_id","party","owner_id","from_day","to_day"),
	CONSTRAINT "statement_files_days" CHECK ("statement_files"."from_day" <= "statement_files"."to_day"),
	CONSTRAINT "statement_files_ready" CHECK (("statement_files"."state" = 'ready') = ("statement_files"."ready_at" is not null)),
	CONSTRAINT "statement_files_bytes" CHECK (("statement_files"."ready_at" is null) = ("statement_files"."bytes" is null))
);
--> statement-breakpoint
ALTER TABLE "payout_batches" ADD COLUMN "exported_by" uuid;--> statement-breakpoint
ALTER TABLE "payout_lines" ADD COLUMN "position" integer;--> statement-breakpoint
-- As the file for the bank numbered them when none was settled.
update payout_lines l set position = numbered.at from (
  select id, row_number() over (partition by batch_id order by id) as at from payout_lines
) numbered where numbered.id = l.id;--> statement-breakpoint
ALTER TABLE "payout_lines" ALTER COLUMN "position" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "statement_files" ADD CONSTRAINT "statement_files_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statement_files_to_draw" ON "statement_files" USING btree ("queued_at") WHERE "statement_files"."state" in ('queued', 'drawing');--> statement-breakpoint
CREATE INDEX "statement_files_ready_at" ON "statement_files" USING btree ("ready_at");--> statement-breakpoint
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_exported_by_users_id_fk" FOREIGN KEY ("exported_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payout_batches_exported_by" ON "payout_batches" USING btree ("exported_by");--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_position" UNIQUE("batch_id","position");--> statement-breakpoint
ALTER TABLE "payout_lines" ADD CONSTRAINT "payout_lines_position_positive" CHECK ("payout_lines"."position" > 0);