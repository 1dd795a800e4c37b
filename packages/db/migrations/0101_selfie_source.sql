CREATE TYPE "public"."selfie_source" AS ENUM('file', 'camera');--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "selfie" "selfie_source" DEFAULT 'file' NOT NULL;