CREATE TABLE "letter_words" (
	"template" text NOT NULL,
	"locale" text NOT NULL,
	"subject" text NOT NULL,
	"lines" text[] NOT NULL,
	"action" text NOT NULL,
	"hint" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "letter_words_template_locale_pk" PRIMARY KEY("template","locale"),
	CONSTRAINT "letter_words_locale" CHECK ("letter_words"."locale" in ('th', 'en')),
	CONSTRAINT "letter_words_lines" CHECK (cardinality("letter_words"."lines") > 0 and array_position("letter_words"."lines", null) is null),
	CONSTRAINT "letter_words_said" CHECK ('' <> all("letter_words"."lines" || array["letter_words"."subject", "letter_words"."action", "letter_words"."hint"]))
);
--> statement-breakpoint
-- by hand: who announces an event sees its letter as it will be sent
grant select on letter_words to pix_staff;
