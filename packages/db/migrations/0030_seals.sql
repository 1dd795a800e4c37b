CREATE TABLE "seals" (
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"first_position" bigint NOT NULL,
	"last_position" bigint NOT NULL,
	"positions" bigint[] NOT NULL,
	"leaves" "bytea" NOT NULL,
	"format" smallint NOT NULL,
	"tree_root" text NOT NULL,
	"previous_root" text NOT NULL,
	"root" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seals_kind_number_pk" PRIMARY KEY("kind","number"),
	CONSTRAINT "seals_number" CHECK ("seals"."number" > 0),
	CONSTRAINT "seals_positions" CHECK ("seals"."last_position" >= "seals"."first_position" and cardinality("seals"."positions") > 0),
	CONSTRAINT "seals_leaves" CHECK (octet_length("seals"."leaves") = 32 * cardinality("seals"."positions"))
);
--> statement-breakpoint
revoke update, delete on seals from pix_app;
