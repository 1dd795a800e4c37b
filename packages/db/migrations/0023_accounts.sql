CREATE TYPE "public"."account_token_purpose" AS ENUM('verify_email', 'reset_password', 'unlock', 'sign_in_code');--> statement-breakpoint
CREATE TABLE "account_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" "account_token_purpose" NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid,
	"address" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "account_tokens_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "account_tokens_address_lower" CHECK ("account_tokens"."address" = lower("account_tokens"."address")),
	CONSTRAINT "account_tokens_tries" CHECK ("account_tokens"."tries" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "known_devices" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"last_sign_in_at" timestamp with time zone NOT NULL,
	CONSTRAINT "known_devices_user_id_token_hash_pk" PRIMARY KEY("user_id","token_hash")
);
--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email_verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_tokens_user" ON "account_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "account_tokens_address" ON "account_tokens" USING btree ("address","purpose");--> statement-breakpoint
CREATE INDEX "account_tokens_expires_at" ON "account_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "known_devices_last" ON "known_devices" USING btree ("last_sign_in_at");
--> statement-breakpoint
-- Accounts of before were made by the people who run the installation, for addresses that they knew.
update "users" set "email_verified_at" = "created_at";
--> statement-breakpoint
-- Whoever changes what a user may do, or how they get in, ends the access tokens of before.
create function users_change_rights() returns trigger language plpgsql as $$
begin
  if new.role is distinct from old.role
    or new.suspended_at is distinct from old.suspended_at
    or new.password_hash is distinct from old.password_hash
  then
    new.session_version := greatest(new.session_version, old.session_version + 1);
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger users_change_rights before update on users for each row execute function users_change_rights();
