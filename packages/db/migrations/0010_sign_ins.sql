CREATE TABLE "login_failures" (
	"key" text PRIMARY KEY NOT NULL,
	"fades_at" timestamp with time zone NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "network_people" (
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"network" text NOT NULL,
	"people" integer NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "network_people_session_id_event_id_pk" PRIMARY KEY("session_id","event_id"),
	CONSTRAINT "network_people_people" CHECK ("network_people"."people" > 0)
);
--> statement-breakpoint
CREATE TABLE "withdrawn_searches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "signed_in" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "withdrawn_searches" ADD CONSTRAINT "withdrawn_searches_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "login_failures_fades_at" ON "login_failures" USING btree ("fades_at");--> statement-breakpoint
CREATE INDEX "network_people_network" ON "network_people" USING btree ("network","counted_at");--> statement-breakpoint
CREATE INDEX "withdrawn_searches_session" ON "withdrawn_searches" USING btree ("session_id","event_id");--> statement-breakpoint
CREATE INDEX "withdrawn_searches_at" ON "withdrawn_searches" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "failed_logins";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "locked_until";
--> statement-breakpoint
grant select, insert, update, delete on login_failures, network_people, withdrawn_searches to pix_app;
