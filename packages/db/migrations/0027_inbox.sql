CREATE TYPE "public"."inbox_kind" AS ENUM('mail', 'takedown', 'many_people', 'failed_photo');--> statement-breakpoint
CREATE TYPE "public"."takedown_decision" AS ENUM('taken_down', 'refused');--> statement-breakpoint
CREATE TYPE "public"."takedown_reason" AS ENUM('me', 'child', 'unsuitable', 'other');--> statement-breakpoint
CREATE SEQUENCE "public"."takedown_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "inbox_left" (
	"kind" "inbox_kind" NOT NULL,
	"item_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"left_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_left_kind_item_id_pk" PRIMARY KEY("kind","item_id")
);
--> statement-breakpoint
CREATE TABLE "inbox_takes" (
	"kind" "inbox_kind" NOT NULL,
	"item_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_takes_kind_item_id_pk" PRIMARY KEY("kind","item_id")
);
--> statement-breakpoint
CREATE TABLE "many_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"people" integer NOT NULL,
	"searches" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "takedown_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"takedown_id" uuid NOT NULL,
	"number" text NOT NULL,
	"session_id" uuid,
	"reason" "takedown_reason" NOT NULL,
	"statement" text,
	"email" text,
	"locale" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "takedown_requests_number_unique" UNIQUE("number"),
	CONSTRAINT "takedown_requests_erased" CHECK ("takedown_requests"."erased_at" is null or ("takedown_requests"."statement" is null and "takedown_requests"."email" is null))
);
--> statement-breakpoint
CREATE TABLE "takedowns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"photo_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"decision" "takedown_decision",
	"decision_reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"files_gone_at" timestamp with time zone,
	CONSTRAINT "takedowns_decided" CHECK (("takedowns"."decision" is null) = ("takedowns"."decided_at" is null) and ("takedowns"."decision" is null) = ("takedowns"."decision_reason" is null)),
	CONSTRAINT "takedowns_files_gone" CHECK ("takedowns"."files_gone_at" is null or "takedowns"."decision" = 'taken_down')
);
--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD COLUMN "given_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "taken_down_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "taken_down_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "inbox_takes" ADD CONSTRAINT "inbox_takes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "many_people" ADD CONSTRAINT "many_people_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "many_people" ADD CONSTRAINT "many_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takedown_requests" ADD CONSTRAINT "takedown_requests_takedown_id_takedowns_id_fk" FOREIGN KEY ("takedown_id") REFERENCES "public"."takedowns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takedown_requests" ADD CONSTRAINT "takedown_requests_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takedowns" ADD CONSTRAINT "takedowns_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "takedowns" ADD CONSTRAINT "takedowns_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_takes_user" ON "inbox_takes" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "many_people_open" ON "many_people" USING btree ("event_id","user_id") WHERE "many_people"."seen_at" is null;--> statement-breakpoint
CREATE INDEX "many_people_event" ON "many_people" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "many_people_user" ON "many_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "many_people_to_see" ON "many_people" USING btree ("first_at","id") WHERE "many_people"."seen_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "takedown_requests_once" ON "takedown_requests" USING btree ("takedown_id","session_id");--> statement-breakpoint
CREATE INDEX "takedown_requests_session" ON "takedown_requests" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "takedown_requests_to_erase" ON "takedown_requests" USING btree ("asked_at") WHERE "takedown_requests"."erased_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "takedowns_one_open" ON "takedowns" USING btree ("photo_id") WHERE "takedowns"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "takedowns_photo" ON "takedowns" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "takedowns_decided_by" ON "takedowns" USING btree ("decided_by");--> statement-breakpoint
CREATE INDEX "takedowns_open" ON "takedowns" USING btree ("opened_at","id") WHERE "takedowns"."decided_at" is null;--> statement-breakpoint
CREATE INDEX "takedowns_files_to_delete" ON "takedowns" USING btree ("decided_at") WHERE "takedowns"."decision" = 'taken_down' and "takedowns"."files_gone_at" is null;--> statement-breakpoint
CREATE INDEX "outgoing_mail_undelivered" ON "outgoing_mail" USING btree ("created_at","id") WHERE "outgoing_mail"."sent_at" is null and "outgoing_mail"."next_try_at" is null;--> statement-breakpoint
CREATE INDEX "order_lines_taken_down" ON "order_lines" USING btree ("taken_down_at","id") WHERE "order_lines"."taken_down_at" is not null;--> statement-breakpoint
CREATE INDEX "photos_failed" ON "photos" USING btree ("queued_at","id") WHERE "photos"."state" = 'failed';--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_given_up_at" CHECK ("outgoing_mail"."given_up_at" is null or "outgoing_mail"."given_up" is not null);--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_taken_down" CHECK ("photos"."taken_down_at" is null or ("photos"."approval" = 'rejected' and "photos"."face_count" = 0));--> statement-breakpoint
-- When these were given up is not known: a letter is given up a day after it was written at the latest.
update outgoing_mail set given_up_at = created_at where given_up is not null;
