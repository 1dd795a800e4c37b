ALTER TABLE "photos" ADD COLUMN "sharpness" real;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_sharpness" CHECK ("photos"."sharpness" between 0 and 1);