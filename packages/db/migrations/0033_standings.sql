-- Who was an organizer by role speaks for an organizer from now on.
INSERT INTO "organizers" ("id", "name", "user_id")
SELECT u."id", u."name", u."id" FROM "users" u
WHERE u."role" = 'organizer' AND NOT EXISTS (SELECT FROM "organizers" o WHERE o."user_id" = u."id");--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "role" SET DATA TYPE text;--> statement-breakpoint
-- A photographer is who is invited to an event (event_photographers). The change ends every access token; it is renewed.
UPDATE "users" SET "role" = CASE "role" WHEN 'admin' THEN 'platform_admin' ELSE 'user' END;--> statement-breakpoint
DROP TYPE "public"."user_role";--> statement-breakpoint
CREATE TYPE "public"."user_role" AS ENUM('user', 'platform_admin');--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "role" SET DATA TYPE "public"."user_role" USING "role"::"public"."user_role";
