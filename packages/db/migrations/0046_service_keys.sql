CREATE TYPE "public"."service_key_scope" AS ENUM('events:read', 'photos:upload', 'revenue:read');--> statement-breakpoint
CREATE TABLE "service_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"studio_id" uuid,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scopes" "service_key_scope"[] NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "service_keys_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "service_keys_scopes" CHECK (cardinality("service_keys"."scopes") > 0),
	CONSTRAINT "service_keys_expiry" CHECK ("service_keys"."expires_at" > "service_keys"."created_at" and "service_keys"."expires_at" <= "service_keys"."created_at" + interval '366 days')
);
--> statement-breakpoint
ALTER TABLE "service_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_keys" ADD CONSTRAINT "service_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_keys_newest" ON "service_keys" USING btree ("studio_id","created_at","id");--> statement-breakpoint
CREATE INDEX "service_keys_created_by" ON "service_keys" USING btree ("created_by");--> statement-breakpoint
CREATE POLICY "served" ON "service_keys" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "service_keys" AS PERMISSIVE FOR ALL TO "pix_staff" USING ("service_keys"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid)) WITH CHECK ("service_keys"."studio_id" = (select nullif(current_setting('pix.studio', true), '')::uuid));
--> statement-breakpoint
-- by hand

grant select, insert, update on service_keys to pix_staff;
