CREATE TYPE "public"."studio_role" AS ENUM('owner', 'manager', 'sales', 'photographer');--> statement-breakpoint
CREATE TYPE "public"."studio_status" AS ENUM('active', 'grace', 'suspended', 'closed');--> statement-breakpoint
CREATE TABLE "studio_members" (
	"studio_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" "studio_role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "studio_members_studio_id_user_id_pk" PRIMARY KEY("studio_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "studios" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name_th" text NOT NULL,
	"name_en" text NOT NULL,
	"logo" text,
	"accent_color" text,
	"status" "studio_status" DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "studios_slug_unique" UNIQUE("slug"),
	CONSTRAINT "studios_slug" CHECK ("studios"."slug" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
	CONSTRAINT "studios_accent_color" CHECK ("studios"."accent_color" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
-- The house studio is the platform itself: HOUSE_STUDIO of src/house-studio.ts. What was there before studios is its.
INSERT INTO "studios" ("id", "slug", "name_th", "name_en")
VALUES ('00000000-0000-7000-8000-000000000001', 'house', 'ThePixStock', 'ThePixStock');--> statement-breakpoint
-- The default fills the rows there are without writing them; new events must name their studio.
ALTER TABLE "events" ADD COLUMN "studio_id" uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001';--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "studio_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "studio_members" ADD CONSTRAINT "studio_members_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studio_members" ADD CONSTRAINT "studio_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "studio_members_user" ON "studio_members" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_studio_id_studios_id_fk" FOREIGN KEY ("studio_id") REFERENCES "public"."studios"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_studio" ON "events" USING btree ("studio_id","starts_at","id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_of_studio" UNIQUE("id","studio_id");