CREATE TYPE "public"."consent_act" AS ENUM('granted', 'withdrawn');--> statement-breakpoint
CREATE TYPE "public"."consent_purpose" AS ENUM('face_search', 'kept_face');--> statement-breakpoint
CREATE TABLE "consent_wordings" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" "consent_purpose" NOT NULL,
	"version" text NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consent_wordings_version" UNIQUE("purpose","version"),
	CONSTRAINT "consent_wordings_hash" CHECK ("consent_wordings"."hash" = encode(sha256(convert_to("consent_wordings"."text", 'UTF8')), 'hex'))
);
--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_event_id_events_id_fk";
--> statement-breakpoint
DROP INDEX "consents_event";--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "event_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ALTER COLUMN "purpose" SET DATA TYPE "public"."consent_purpose" USING "purpose"::"public"."consent_purpose";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "act" "consent_act" DEFAULT 'granted' NOT NULL;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "wording_hash" text;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "withdraws" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "faces_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "kept_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "bytes_gone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_wording_hash_consent_wordings_hash_fk" FOREIGN KEY ("wording_hash") REFERENCES "public"."consent_wordings"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_withdraws_consents_id_fk" FOREIGN KEY ("withdraws") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_session" ON "consents" USING btree ("session_id","created_at");--> statement-breakpoint
CREATE INDEX "consents_user" ON "consents" USING btree ("user_id","created_at") WHERE "consents"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "consents_wording" ON "consents" USING btree ("wording_hash");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_withdrawn_once" UNIQUE("withdraws");--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_withdrawal" CHECK (("consents"."act" = 'withdrawn') = ("consents"."withdraws" is not null));--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_wording" CHECK ("consents"."act" = 'withdrawn' or "consents"."wording_hash" is not null or "consents"."version" < '2026-11-26');--> statement-breakpoint
revoke update, delete on consent_wordings from pix_app;
