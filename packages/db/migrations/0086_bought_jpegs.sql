-- The pictures of photos bought before are made again: JPEGs to download come with them.
UPDATE "bought_previews" SET "state" = 'queued', "attempts" = 0, "queued_at" = now() WHERE "state" = 'ready';
