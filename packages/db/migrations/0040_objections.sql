CREATE TYPE "public"."objection_end" AS ENUM('withdrawn', 'lifted');--> statement-breakpoint
CREATE TYPE "public"."objection_kind" AS ENUM('hide', 'delete');--> statement-breakpoint
ALTER TYPE "public"."consent_purpose" ADD VALUE 'objection';--> statement-breakpoint
ALTER TYPE "public"."consent_purpose" ADD VALUE 'guardian';--> statement-breakpoint
ALTER TYPE "public"."inbox_kind" ADD VALUE 'objection';--> statement-breakpoint
CREATE TABLE "hidden_faces" (
	"objection_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"face_id" uuid NOT NULL,
	"unsure" boolean DEFAULT false NOT NULL,
	CONSTRAINT "hidden_faces_objection_id_face_id_pk" PRIMARY KEY("objection_id","face_id")
);
--> statement-breakpoint
ALTER TABLE "hidden_faces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "kept_faces" (
	"objection_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"model_version" text NOT NULL,
	"embedding" "bytea" NOT NULL,
	"quality" real NOT NULL,
	CONSTRAINT "kept_faces_objection_id_model_version_pk" PRIMARY KEY("objection_id","model_version"),
	CONSTRAINT "kept_faces_embedding" CHECK (octet_length("kept_faces"."embedding") = 512),
	CONSTRAINT "kept_faces_quality" CHECK ("kept_faces"."quality" between 0 and 1)
);
--> statement-breakpoint
ALTER TABLE "kept_faces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"search_id" uuid NOT NULL,
	"kind" "objection_kind" NOT NULL,
	"session_id" uuid,
	"user_id" uuid,
	"email" text,
	"locale" text NOT NULL,
	"link_hash" text,
	"kept_consent_id" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"face_count" integer NOT NULL,
	"looked_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_why" "objection_end",
	CONSTRAINT "objections_search_id_unique" UNIQUE("search_id"),
	CONSTRAINT "objections_link_hash_unique" UNIQUE("link_hash"),
	CONSTRAINT "objections_of_event" UNIQUE("id","event_id"),
	CONSTRAINT "objections_ended" CHECK (("objections"."ended_at" is null) = ("objections"."ended_why" is null)),
	CONSTRAINT "objections_face_count" CHECK ("objections"."face_count" >= 0)
);
--> statement-breakpoint
ALTER TABLE "objections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "searches" ADD COLUMN "for_objection" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "hidden_faces" ADD CONSTRAINT "hidden_faces_face_id_faces_id_fk" FOREIGN KEY ("face_id") REFERENCES "public"."faces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_faces" ADD CONSTRAINT "hidden_faces_objection_of_event" FOREIGN KEY ("objection_id","event_id") REFERENCES "public"."objections"("id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_faces" ADD CONSTRAINT "kept_faces_objection_of_event" FOREIGN KEY ("objection_id","event_id") REFERENCES "public"."objections"("id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hidden_faces_event" ON "hidden_faces" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "hidden_faces_face" ON "hidden_faces" USING btree ("face_id");--> statement-breakpoint
CREATE INDEX "hidden_faces_objection" ON "hidden_faces" USING btree ("objection_id","event_id");--> statement-breakpoint
CREATE INDEX "hidden_faces_to_see" ON "hidden_faces" USING btree ("objection_id") WHERE "hidden_faces"."unsure";--> statement-breakpoint
CREATE INDEX "kept_faces_event" ON "kept_faces" USING btree ("event_id","model_version");--> statement-breakpoint
CREATE INDEX "kept_faces_objection" ON "kept_faces" USING btree ("objection_id","event_id");--> statement-breakpoint
CREATE INDEX "objections_event" ON "objections" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "objections_session" ON "objections" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "objections_user" ON "objections" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "objections_to_look" ON "objections" USING btree ("asked_at") WHERE "objections"."looked_at" is null and "objections"."ended_at" is null;--> statement-breakpoint
CREATE POLICY "served" ON "hidden_faces" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "hidden_faces" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("hidden_faces"."event_id" in (select id from events)) WITH CHECK ("hidden_faces"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "kept_faces" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "kept_faces" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("kept_faces"."event_id" in (select id from events)) WITH CHECK ("kept_faces"."event_id" in (select id from events));--> statement-breakpoint
CREATE POLICY "served" ON "objections" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "objections" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("objections"."event_id" in (select id from events)) WITH CHECK ("objections"."event_id" in (select id from events));
--> statement-breakpoint
-- by hand
grant select, insert, update, delete on objections, kept_faces, hidden_faces to pix_staff;
