CREATE TYPE "public"."user_role" AS ENUM('customer', 'photographer', 'organizer', 'admin');--> statement-breakpoint
CREATE TYPE "public"."event_approval" AS ENUM('manual', 'trusted', 'all');--> statement-breakpoint
CREATE TYPE "public"."event_category" AS ENUM('run', 'graduation', 'concert', 'party', 'corporate', 'other');--> statement-breakpoint
CREATE TYPE "public"."event_status" AS ENUM('planning', 'open', 'on_sale', 'closed', 'archived');--> statement-breakpoint
CREATE TYPE "public"."event_visibility" AS ENUM('public', 'link', 'code');--> statement-breakpoint
CREATE TYPE "public"."archive_state" AS ENUM('queued', 'building', 'ready', 'failed', 'expired');--> statement-breakpoint
CREATE TYPE "public"."order_status" AS ENUM('pending', 'awaiting_payment', 'paid', 'fulfilled', 'expired', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."payment_state" AS ENUM('creating', 'pending', 'completed', 'failed', 'expired', 'abandoned');--> statement-breakpoint
CREATE TYPE "public"."photo_approval" AS ENUM('pending', 'approved', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."photo_failure" AS ENUM('not_an_image', 'damaged', 'too_many_pixels', 'too_small', 'timed_out', 'internal');--> statement-breakpoint
CREATE TYPE "public"."photo_state" AS ENUM('queued', 'processing', 'processed', 'failed');--> statement-breakpoint
CREATE TYPE "public"."package_kind" AS ENUM('single', 'bundle', 'unlimited');--> statement-breakpoint
CREATE TYPE "public"."account_kind" AS ENUM('gateway_clearing', 'platform_revenue', 'photographer_payable', 'organizer_payable', 'unapplied_receipts', 'payment_rounding');--> statement-breakpoint
CREATE TYPE "public"."posting_kind" AS ENUM('sale', 'unapplied_receipt');--> statement-breakpoint
CREATE TYPE "public"."match_band" AS ENUM('sure', 'likely', 'maybe');--> statement-breakpoint
CREATE TYPE "public"."search_state" AS ENUM('queued', 'processing', 'choose_face', 'done', 'failed');--> statement-breakpoint
CREATE SEQUENCE "public"."order_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_id" uuid,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"device" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"rotated_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "refresh_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_token_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "user_role" NOT NULL,
	"password_hash" text NOT NULL,
	"session_version" integer DEFAULT 0 NOT NULL,
	"failed_logins" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"suspended_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
CREATE TABLE "cart_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cart_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cart_items_photo" UNIQUE("cart_id","photo_id")
);
--> statement-breakpoint
CREATE TABLE "carts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"event_id" uuid,
	"choice" text DEFAULT 'auto' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "carts_session_id_unique" UNIQUE("session_id")
);
--> statement-breakpoint
CREATE TABLE "event_photographers" (
	"event_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_photographers_event_id_user_id_pk" PRIMARY KEY("event_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name_th" text NOT NULL,
	"name_en" text NOT NULL,
	"description_th" text DEFAULT '' NOT NULL,
	"description_en" text DEFAULT '' NOT NULL,
	"category" "event_category" NOT NULL,
	"venue" text NOT NULL,
	"province" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"sales_start" timestamp with time zone,
	"sales_end" timestamp with time zone,
	"status" "event_status" DEFAULT 'planning' NOT NULL,
	"visibility" "event_visibility" DEFAULT 'public' NOT NULL,
	"approval" "event_approval" DEFAULT 'manual' NOT NULL,
	"organizer_id" uuid,
	"watermark_text" text DEFAULT 'ThePixStock' NOT NULL,
	"face_threshold" real DEFAULT 0.6 NOT NULL,
	"face_search_wording" text,
	"face_search_by" uuid,
	"face_search_at" timestamp with time zone,
	"cover_photo_id" uuid,
	"index_revision" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_slug_unique" UNIQUE("slug"),
	CONSTRAINT "events_dates" CHECK ("events"."ends_at" >= "events"."starts_at"),
	CONSTRAINT "events_sales_dates" CHECK ("events"."sales_end" is null or "events"."sales_start" is null or "events"."sales_end" > "events"."sales_start"),
	CONSTRAINT "events_threshold" CHECK ("events"."face_threshold" > 0 and "events"."face_threshold" <= 0.7),
	CONSTRAINT "events_face_search_basis" CHECK (("events"."face_search_wording" is null) = ("events"."face_search_by" is null) and ("events"."face_search_wording" is null) = ("events"."face_search_at" is null))
);
--> statement-breakpoint
CREATE TABLE "organizers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_once" UNIQUE("scope","key")
);
--> statement-breakpoint
CREATE TABLE "order_archives" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"state" "archive_state" DEFAULT 'queued' NOT NULL,
	"progress" real DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "order_archives_order_id_unique" UNIQUE("order_id")
);
--> statement-breakpoint
CREATE TABLE "order_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"unit_price" bigint NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "order_items_photo" UNIQUE("order_id","photo_id"),
	CONSTRAINT "order_items_unit_price" CHECK ("order_items"."unit_price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"email" text NOT NULL,
	"locale" text NOT NULL,
	"status" "order_status" NOT NULL,
	"total" bigint NOT NULL,
	"offer" jsonb NOT NULL,
	"split_rule_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"paid_at" timestamp with time zone,
	"fulfilled_at" timestamp with time zone,
	"downloads_until" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "orders_number_unique" UNIQUE("number"),
	CONSTRAINT "orders_total" CHECK ("orders"."total" >= 0),
	CONSTRAINT "orders_paid" CHECK (("orders"."status" in ('paid', 'fulfilled')) = ("orders"."paid_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "outgoing_mail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template" text NOT NULL,
	"order_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "outgoing_mail_once" UNIQUE("order_id","template")
);
--> statement-breakpoint
CREATE TABLE "gateway_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gateway" text NOT NULL,
	"trans_id" text NOT NULL,
	"status" text NOT NULL,
	"payload" "bytea" NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handled_at" timestamp with time zone,
	"outcome" text,
	"next_try_at" timestamp with time zone,
	CONSTRAINT "gateway_events_once" UNIQUE("gateway","trans_id","status")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"gateway" text NOT NULL,
	"ref1" text NOT NULL,
	"state" "payment_state" DEFAULT 'creating' NOT NULL,
	"amount_asked" bigint NOT NULL,
	"amount_due" bigint,
	"trans_id" text,
	"qr_image" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"checks" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payments_ref1_unique" UNIQUE("ref1"),
	CONSTRAINT "payments_attempt" UNIQUE("order_id","attempt"),
	CONSTRAINT "payments_charge" UNIQUE("gateway","trans_id"),
	CONSTRAINT "payments_ref1" CHECK ("payments"."ref1" ~ '^[A-Z0-9]{1,20}$'),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_asked" > 0),
	CONSTRAINT "payments_rounding" CHECK ("payments"."amount_due" is null or abs("payments"."amount_due" - "payments"."amount_asked") <= 100),
	CONSTRAINT "payments_completed" CHECK (("payments"."state" = 'completed') = ("payments"."completed_at" is not null)),
	CONSTRAINT "payments_pending" CHECK ("payments"."state" <> 'pending' or ("payments"."trans_id" is not null and "payments"."amount_due" is not null))
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"gateway" text NOT NULL,
	"trans_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"applied_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "receipts_once" UNIQUE("gateway","trans_id"),
	CONSTRAINT "receipts_amount" CHECK ("receipts"."amount" > 0),
	CONSTRAINT "receipts_applied_or_reason" CHECK (("receipts"."applied_at" is null) = ("receipts"."reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "faces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"photo_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"x" real NOT NULL,
	"y" real NOT NULL,
	"width" real NOT NULL,
	"height" real NOT NULL,
	"landmarks" "bytea" NOT NULL,
	"embedding" "bytea" NOT NULL,
	"model_version" text NOT NULL,
	"score" real NOT NULL,
	"quality" real NOT NULL,
	CONSTRAINT "faces_embedding" CHECK (octet_length("faces"."embedding") = 512),
	CONSTRAINT "faces_landmarks" CHECK (octet_length("faces"."landmarks") = 544),
	CONSTRAINT "faces_quality" CHECK ("faces"."quality" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"photographer_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"format" text NOT NULL,
	"state" "photo_state" DEFAULT 'queued' NOT NULL,
	"failure" "photo_failure",
	"attempts" integer DEFAULT 0 NOT NULL,
	"approval" "photo_approval" DEFAULT 'pending' NOT NULL,
	"reject_reason" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"width" integer,
	"height" integer,
	"taken_at" timestamp with time zone,
	"camera" text,
	"lens" text,
	"latitude" double precision,
	"longitude" double precision,
	"placeholder" "bytea",
	"average_color" text,
	"perceptual_hash" text,
	"face_count" integer DEFAULT 0 NOT NULL,
	"index_revision" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "photos_sha256" CHECK ("photos"."sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "photos_bytes" CHECK ("photos"."bytes" > 0),
	CONSTRAINT "photos_failure" CHECK (("photos"."state" = 'failed') = ("photos"."failure" is not null)),
	CONSTRAINT "photos_processed" CHECK ("photos"."state" <> 'processed' or ("photos"."width" > 0 and "photos"."height" > 0 and "photos"."processed_at" is not null)),
	CONSTRAINT "photos_approved" CHECK ("photos"."approval" <> 'approved' or "photos"."state" = 'processed'),
	CONSTRAINT "photos_rejected" CHECK (("photos"."approval" = 'rejected') = ("photos"."reject_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "packages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid,
	"kind" "package_kind" NOT NULL,
	"name_th" text NOT NULL,
	"name_en" text NOT NULL,
	"photo_count" integer,
	"price" bigint NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "packages_price" CHECK ("packages"."price" >= 0),
	CONSTRAINT "packages_photo_count" CHECK (case "packages"."kind" when 'single' then "packages"."photo_count" = 1 when 'bundle' then "packages"."photo_count" > 1 else "packages"."photo_count" is null end)
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "account_kind" NOT NULL,
	"owner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_accounts_owned" CHECK (("ledger_accounts"."kind" in ('photographer_payable', 'organizer_payable')) = ("ledger_accounts"."owner_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"posting_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"photo_id" uuid,
	"memo" text,
	CONSTRAINT "ledger_entries_amount" CHECK ("ledger_entries"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_postings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" "posting_kind" NOT NULL,
	"receipt_id" uuid NOT NULL,
	"order_id" uuid,
	"event_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_postings_receipt" UNIQUE("receipt_id")
);
--> statement-breakpoint
CREATE TABLE "split_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid,
	"version" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"platform_bp" integer NOT NULL,
	"photographer_bp" integer NOT NULL,
	"organizer_bp" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "split_rules_total" CHECK ("split_rules"."platform_bp" + "split_rules"."photographer_bp" + "split_rules"."organizer_bp" = 10000),
	CONSTRAINT "split_rules_shares" CHECK (least("split_rules"."platform_bp", "split_rules"."photographer_bp", "split_rules"."organizer_bp") >= 0)
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"version" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"distance" real NOT NULL,
	"band" "match_band" NOT NULL,
	"is_me" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_matches" (
	"search_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"face_id" uuid NOT NULL,
	"distance" real NOT NULL,
	"confidence" real NOT NULL,
	"band" "match_band" NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	CONSTRAINT "search_matches_search_id_photo_id_pk" PRIMARY KEY("search_id","photo_id"),
	CONSTRAINT "search_matches_confidence" CHECK ("search_matches"."confidence" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "searches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"consent_id" uuid NOT NULL,
	"source" text NOT NULL,
	"state" "search_state" DEFAULT 'queued' NOT NULL,
	"problem_code" text,
	"problem_hints" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"face_boxes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"chosen_face" integer,
	"photo_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"selfie_deleted_at" timestamp with time zone,
	CONSTRAINT "searches_source" CHECK ("searches"."source" in ('selfie', 'embedding')),
	CONSTRAINT "searches_problem" CHECK (("searches"."state" = 'failed') = ("searches"."problem_code" is not null))
);
--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_cart_id_carts_id_fk" FOREIGN KEY ("cart_id") REFERENCES "public"."carts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cart_items" ADD CONSTRAINT "cart_items_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carts" ADD CONSTRAINT "carts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_photographers" ADD CONSTRAINT "event_photographers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_photographers" ADD CONSTRAINT "event_photographers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organizer_id_organizers_id_fk" FOREIGN KEY ("organizer_id") REFERENCES "public"."organizers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_face_search_by_users_id_fk" FOREIGN KEY ("face_search_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizers" ADD CONSTRAINT "organizers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_archives" ADD CONSTRAINT "order_archives_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_archives" ADD CONSTRAINT "order_archives_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_split_rule_id_split_rules_id_fk" FOREIGN KEY ("split_rule_id") REFERENCES "public"."split_rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_mail" ADD CONSTRAINT "outgoing_mail_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "faces" ADD CONSTRAINT "faces_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "faces" ADD CONSTRAINT "faces_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_photographer_id_users_id_fk" FOREIGN KEY ("photographer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_posting_id_ledger_postings_id_fk" FOREIGN KEY ("posting_id") REFERENCES "public"."ledger_postings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_postings" ADD CONSTRAINT "ledger_postings_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_rules" ADD CONSTRAINT "split_rules_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_feedback" ADD CONSTRAINT "search_feedback_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_matches" ADD CONSTRAINT "search_matches_search_id_searches_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."searches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_matches" ADD CONSTRAINT "search_matches_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_matches" ADD CONSTRAINT "search_matches_face_id_faces_id_fk" FOREIGN KEY ("face_id") REFERENCES "public"."faces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "searches" ADD CONSTRAINT "searches_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "searches" ADD CONSTRAINT "searches_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "searches" ADD CONSTRAINT "searches_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("family_id");--> statement-breakpoint
CREATE INDEX "events_by_start" ON "events" USING btree ("starts_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "order_items_by_photo" ON "order_items" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "orders_session" ON "orders" USING btree ("session_id","created_at");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("expires_at") WHERE "orders"."status" in ('pending', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "orders_event" ON "orders" USING btree ("event_id","paid_at");--> statement-breakpoint
CREATE INDEX "outgoing_mail_open" ON "outgoing_mail" USING btree ("created_at") WHERE "outgoing_mail"."sent_at" is null;--> statement-breakpoint
CREATE INDEX "gateway_events_open" ON "gateway_events" USING btree ("next_try_at") WHERE "gateway_events"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "payments_to_check" ON "payments" USING btree ("next_check_at") WHERE "payments"."next_check_at" is not null;--> statement-breakpoint
CREATE INDEX "faces_photo" ON "faces" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "faces_event" ON "faces" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "photos_event_sha256" ON "photos" USING btree ("event_id","sha256");--> statement-breakpoint
CREATE INDEX "photos_on_sale" ON "photos" USING btree ("event_id","taken_at","id") WHERE "photos"."approval" = 'approved';--> statement-breakpoint
CREATE INDEX "photos_by_event" ON "photos" USING btree ("event_id","created_at","id");--> statement-breakpoint
CREATE INDEX "photos_index_revision" ON "photos" USING btree ("event_id","index_revision");--> statement-breakpoint
CREATE INDEX "photos_backlog" ON "photos" USING btree ("queued_at") WHERE "photos"."state" in ('queued', 'processing');--> statement-breakpoint
CREATE INDEX "packages_event" ON "packages" USING btree ("event_id") WHERE "packages"."active";--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_owner" ON "ledger_accounts" USING btree ("kind",coalesce("owner_id", '00000000-0000-0000-0000-000000000000'::uuid));--> statement-breakpoint
CREATE INDEX "ledger_entries_posting" ON "ledger_entries" USING btree ("posting_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "ledger_entries" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "ledger_postings_order" ON "ledger_postings" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "ledger_postings_event" ON "ledger_postings" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "split_rules_version" ON "split_rules" USING btree (coalesce("event_id", '00000000-0000-0000-0000-000000000000'::uuid),"version");--> statement-breakpoint
CREATE INDEX "search_matches_photo" ON "search_matches" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "searches_session" ON "searches" USING btree ("session_id","event_id");--> statement-breakpoint
CREATE INDEX "searches_open" ON "searches" USING btree ("created_at") WHERE "searches"."state" in ('queued', 'processing', 'choose_face');--> statement-breakpoint
CREATE INDEX "searches_selfies" ON "searches" USING btree ("created_at") WHERE "searches"."selfie_deleted_at" is null;