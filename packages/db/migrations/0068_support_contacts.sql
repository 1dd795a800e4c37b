CREATE TABLE "support_contacts" (
	"only_row" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"email" text,
	"line_id" text,
	"phone" text,
	"hours_th" text,
	"hours_en" text,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "support_contacts_one" CHECK ("support_contacts"."only_row"),
	CONSTRAINT "support_contacts_reach" CHECK (num_nonnulls("support_contacts"."email", "support_contacts"."line_id", "support_contacts"."phone") > 0),
	CONSTRAINT "support_contacts_hours" CHECK (("support_contacts"."hours_th" is null) = ("support_contacts"."hours_en" is null)),
	CONSTRAINT "support_contacts_texts" CHECK ('' <> all(array["support_contacts"."email", "support_contacts"."line_id", "support_contacts"."phone", "support_contacts"."hours_th", "support_contacts"."hours_en"]))
);
--> statement-breakpoint
-- by hand
grant select on support_contacts to pix_staff;
