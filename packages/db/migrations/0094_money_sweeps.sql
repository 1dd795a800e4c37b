CREATE INDEX "gateway_events_given_up" ON "gateway_events" USING btree ("handled_at") WHERE "gateway_events"."outcome" = 'given_up';--> statement-breakpoint
CREATE INDEX "payments_creating" ON "payments" USING btree ("created_at") WHERE "payments"."state" = 'creating';--> statement-breakpoint
CREATE INDEX "receipts_received" ON "receipts" USING btree ("received_at");