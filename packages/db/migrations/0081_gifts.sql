CREATE TABLE "gift_photos" (
	"gift_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"downloads" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "gift_photos_gift_id_order_id_line_id_pk" PRIMARY KEY("gift_id","order_id","line_id"),
	CONSTRAINT "gift_photos_downloads" CHECK ("gift_photos"."downloads" between 0 and 20)
);
--> statement-breakpoint
ALTER TABLE "gift_photos" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "gifts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"slot" smallint NOT NULL,
	"token_hash" text NOT NULL,
	"giver_name" text,
	"note" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "gifts_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "gifts_slot_once" UNIQUE("order_id","slot"),
	CONSTRAINT "gifts_of_order" UNIQUE("id","order_id"),
	CONSTRAINT "gifts_slot" CHECK ("gifts"."slot" between 1 and 10),
	CONSTRAINT "gifts_token_hash" CHECK ("gifts"."token_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "gifts_giver_name" CHECK (char_length("gifts"."giver_name") between 1 and 60),
	CONSTRAINT "gifts_note" CHECK (char_length("gifts"."note") between 1 and 200),
	CONSTRAINT "gifts_days" CHECK ("gifts"."expires_at" > "gifts"."created_at" and "gifts"."expires_at" <= "gifts"."created_at" + interval '30 days')
);
--> statement-breakpoint
ALTER TABLE "gifts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "gift_photos" ADD CONSTRAINT "gift_photos_line_id_entitlements_line_id_fk" FOREIGN KEY ("line_id") REFERENCES "public"."entitlements"("line_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gift_photos" ADD CONSTRAINT "gift_photos_gift_of_order" FOREIGN KEY ("gift_id","order_id") REFERENCES "public"."gifts"("id","order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gift_photos" ADD CONSTRAINT "gift_photos_line_of_order" FOREIGN KEY ("line_id","order_id") REFERENCES "public"."order_lines"("id","order_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gifts" ADD CONSTRAINT "gifts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "gift_photos_line" ON "gift_photos" USING btree ("line_id","order_id");--> statement-breakpoint
CREATE INDEX "gifts_expires_at" ON "gifts" USING btree ("expires_at");--> statement-breakpoint
CREATE POLICY "served" ON "gift_photos" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "gift_photos" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "orders" parent where parent.id = "gift_photos"."order_id")) WITH CHECK ((select true from "orders" parent where parent.id = "gift_photos"."order_id"));--> statement-breakpoint
CREATE POLICY "served" ON "gifts" AS PERMISSIVE FOR ALL TO "pix_app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_studio" ON "gifts" AS PERMISSIVE FOR ALL TO "pix_staff" USING ((select true from "orders" parent where parent.id = "gifts"."order_id")) WITH CHECK ((select true from "orders" parent where parent.id = "gifts"."order_id"));