CREATE TABLE "begun_uploads" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"abandoned" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
grant select, insert, update, delete on begun_uploads to pix_app;
