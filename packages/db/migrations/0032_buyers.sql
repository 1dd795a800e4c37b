CREATE TABLE "order_access" (
	"order_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "order_access_order_id_session_id_pk" PRIMARY KEY("order_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "order_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"letter_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "order_codes_tries" CHECK ("order_codes"."tries" between 0 and 5)
);
--> statement-breakpoint
ALTER TABLE "carts" ALTER COLUMN "session_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "family_id" uuid;--> statement-breakpoint
ALTER TABLE "carts" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "order_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "buyer_email" text GENERATED ALWAYS AS (lower("orders"."email")) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "link_hash" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "letter_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "downloaded_elsewhere_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "order_access" ADD CONSTRAINT "order_access_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_codes" ADD CONSTRAINT "order_codes_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_codes" ADD CONSTRAINT "order_codes_letter_id_outgoing_mail_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."outgoing_mail"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_access_session" ON "order_access" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "order_codes_order" ON "order_codes" USING btree ("order_id","created_at");--> statement-breakpoint
CREATE INDEX "order_codes_letter" ON "order_codes" USING btree ("letter_id");--> statement-breakpoint
CREATE INDEX "order_codes_created_at" ON "order_codes" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_letter_id_outgoing_mail_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."outgoing_mail"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sessions_user_id" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "entitlements_order" ON "entitlements" USING btree ("order_id","email");--> statement-breakpoint
CREATE INDEX "entitlements_line" ON "entitlements" USING btree ("line_id","order_id");--> statement-breakpoint
CREATE INDEX "entitlements_email" ON "entitlements" USING btree ("email");--> statement-breakpoint
CREATE INDEX "orders_user" ON "orders" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "orders_letter" ON "orders" USING btree ("letter_id");--> statement-breakpoint
CREATE INDEX "orders_buyer_email" ON "orders" USING btree ("buyer_email","created_at") WHERE "orders"."paid_at" is not null;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_user" UNIQUE("user_id","studio_id");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_of_order" UNIQUE("id","order_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_link_hash_unique" UNIQUE("link_hash");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_buyer" UNIQUE("id","buyer_email");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user" CHECK ("sessions"."user_id" is null or "sessions"."family_id" is not null);--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_one_owner" CHECK (num_nonnulls("carts"."session_id", "carts"."user_id") = 1);--> statement-breakpoint
-- From here on by hand: what was bought before belongs to its order and follows its e-mail.
UPDATE "entitlements" AS "e" SET "order_id" = "o"."id", "email" = "o"."buyer_email"
  FROM "order_lines" AS "l" JOIN "orders" AS "o" ON "o"."id" = "l"."order_id"
  WHERE "l"."id" = "e"."line_id";--> statement-breakpoint
ALTER TABLE "entitlements" ALTER COLUMN "order_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ALTER COLUMN "email" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_buyer" FOREIGN KEY ("order_id", "email") REFERENCES "public"."orders"("id", "buyer_email") ON UPDATE CASCADE;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_line_of_order" FOREIGN KEY ("line_id", "order_id") REFERENCES "public"."order_lines"("id", "order_id");--> statement-breakpoint
ALTER TABLE "order_access" ADD CONSTRAINT "order_access_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE CASCADE;
