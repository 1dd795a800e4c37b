CREATE TABLE "ledger_early_postings" (
	"posting_id" uuid PRIMARY KEY NOT NULL
);

--> statement-breakpoint
-- by hand
-- What the release before cannot recompute, as of now: from here on every sale has its lines, and every order its shares.
INSERT INTO "ledger_early_postings" ("posting_id")
SELECT p."id" FROM "ledger_postings" p
WHERE p."order_id" IS NOT NULL AND (
  (p."kind" = 'sale' AND NOT EXISTS (SELECT FROM "ledger_entries" x WHERE x."posting_id" = p."id" AND x."line_id" IS NOT NULL))
  OR ((p."kind" = 'sale' OR p."source_kind" = 'refund')
    AND NOT EXISTS (SELECT FROM "order_shares" s WHERE s."order_id" = p."order_id")));--> statement-breakpoint
revoke insert, update, delete on ledger_early_postings from pix_app;
