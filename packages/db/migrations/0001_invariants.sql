-- A ledger posting's entries add up to zero and there are at least two of them; checked when the transaction commits.
create function ledger_posting_balances() returns trigger language plpgsql as $$
declare
  posting uuid := case tg_table_name when 'ledger_postings' then new.id else new.posting_id end;
  total numeric;
  entries integer;
begin
  select coalesce(sum(amount), 0), count(*) into total, entries from ledger_entries where posting_id = posting;
  if total <> 0 or entries < 2 then
    raise exception 'posting % does not balance: % entries, sum %', posting, entries, total
      using errcode = 'check_violation', constraint = 'ledger_posting_balances';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger ledger_postings_balance after insert or update on ledger_postings
  deferrable initially deferred for each row execute function ledger_posting_balances();
--> statement-breakpoint
create constraint trigger ledger_entries_balance after insert or update on ledger_entries
  deferrable initially deferred for each row execute function ledger_posting_balances();
--> statement-breakpoint
-- What an order's photos cost is what the order costs.
create function order_items_total() returns trigger language plpgsql as $$
declare
  target uuid := case tg_table_name when 'orders' then new.id else new.order_id end;
  wanted bigint;
  found numeric;
begin
  select total into wanted from orders where id = target;
  select coalesce(sum(unit_price), 0) into found from order_items where order_id = target;
  if wanted <> found then
    raise exception 'order % is % satang but its photos are %', target, wanted, found
      using errcode = 'check_violation', constraint = 'order_items_total';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger orders_items_total after insert or update of total on orders
  deferrable initially deferred for each row execute function order_items_total();
--> statement-breakpoint
create constraint trigger order_items_order_total after insert or update on order_items
  deferrable initially deferred for each row execute function order_items_total();
--> statement-breakpoint
-- The serving role is neither owner nor superuser. Ledger, consent and audit are append only for it.
grant usage on schema public to pix_app;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema public to pix_app;
--> statement-breakpoint
revoke update, delete on ledger_accounts, ledger_postings, ledger_entries, consents, audit_events, split_rules from pix_app;
--> statement-breakpoint
grant usage on all sequences in schema public to pix_app;
--> statement-breakpoint
create extension if not exists pg_trgm;
--> statement-breakpoint
-- PostgreSQL does not segment Thai, so names are searched by trigrams.
create index events_text on events using gin ((name_th || ' ' || name_en || ' ' || venue || ' ' || province) gin_trgm_ops);
--> statement-breakpoint
-- What the shop starts with (editable later): the packages every event offers, and the standard split.
insert into packages (id, kind, name_th, name_en, photo_count, price, position) values
  ('019aa000-0000-7000-8000-000000000001', 'single', 'รูปเดียว', 'Single', 1, 6000, 1),
  ('019aa000-0000-7000-8000-000000000002', 'bundle', 'ชุด 5 รูป', 'Small bundle', 5, 25000, 2),
  ('019aa000-0000-7000-8000-000000000003', 'unlimited', 'ทุกรูปของฉัน', 'Unlimited', null, 50000, 3);
--> statement-breakpoint
insert into split_rules (id, version, starts_at, platform_bp, photographer_bp, organizer_bp) values
  ('019aa000-0000-7000-8000-000000000011', 1, '2020-01-01T00:00:00Z', 3000, 5000, 2000);
