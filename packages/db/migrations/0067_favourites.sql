CREATE TABLE "favourites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid,
	"user_id" uuid,
	"event_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "favourites_of_session" UNIQUE("session_id","photo_id"),
	CONSTRAINT "favourites_of_user" UNIQUE("user_id","photo_id"),
	CONSTRAINT "favourites_one_owner" CHECK (num_nonnulls("favourites"."session_id", "favourites"."user_id") = 1)
);
--> statement-breakpoint
ALTER TABLE "favourites" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "favourites" ADD CONSTRAINT "favourites_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favourites" ADD CONSTRAINT "favourites_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "favourites" ADD CONSTRAINT "favourites_photo_of_event" FOREIGN KEY ("photo_id","event_id") REFERENCES "public"."photos"("id","event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "favourites_by_photo" ON "favourites" USING btree ("photo_id","event_id");--> statement-breakpoint
CREATE INDEX "favourites_event" ON "favourites" USING btree ("event_id");--> statement-breakpoint
CREATE POLICY "served" ON "favourites" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "favourites" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("favourites"."event_id" in (select id from events)) WITH CHECK ("favourites"."event_id" in (select id from events));