ALTER TYPE "public"."inbox_kind" ADD VALUE 'lost_factor';--> statement-breakpoint
ALTER TYPE "public"."service_key_scope" ADD VALUE 'orders:read';--> statement-breakpoint
CREATE TABLE "lost_second_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"keep_hash" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"waits_until" timestamp with time zone NOT NULL,
	CONSTRAINT "lost_second_factors_keep_hash_unique" UNIQUE("keep_hash"),
	CONSTRAINT "lost_second_factors_wait" CHECK ("lost_second_factors"."waits_until" > "lost_second_factors"."asked_at")
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lost_second_factors" ADD CONSTRAINT "lost_second_factors_user_id_second_factors_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."second_factors"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lost_second_factors_asked" ON "lost_second_factors" USING btree ("asked_at");--> statement-breakpoint
CREATE INDEX "orders_forgotten" ON "orders" USING btree ("forgotten_at") WHERE "orders"."forgotten_at" is not null;--> statement-breakpoint
ALTER TABLE "outgoing_mail" DROP COLUMN "origin";--> statement-breakpoint
-- by hand
UPDATE "orders" SET "forgotten_at" = now() FROM "users"
WHERE "users"."id" = "orders"."user_id" AND "users"."deleted_at" IS NOT NULL AND "orders"."paid_at" IS NULL AND "orders"."email" <> 'deleted@deleted.invalid';--> statement-breakpoint
UPDATE "events" SET "slug" = 'removed-' || "id" WHERE "removed_at" IS NOT NULL;
