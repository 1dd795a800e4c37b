-- PL/pgSQL resolves every field that a CASE names, also in the branch that is not taken: one function for two tables
-- must branch before it touches NEW.
create or replace function ledger_posting_balances() returns trigger language plpgsql as $$
declare
  posting uuid;
  total numeric;
  entries integer;
begin
  if tg_table_name = 'ledger_postings' then posting := new.id; else posting := new.posting_id; end if;
  select coalesce(sum(amount), 0), count(*) into total, entries from ledger_entries where posting_id = posting;
  if total <> 0 or entries < 2 then
    raise exception 'posting % does not balance: % entries, sum %', posting, entries, total
      using errcode = 'check_violation', constraint = 'ledger_posting_balances';
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function order_items_total() returns trigger language plpgsql as $$
declare
  target uuid;
  wanted bigint;
  found numeric;
begin
  if tg_table_name = 'orders' then target := new.id; else target := new.order_id; end if;
  select total into wanted from orders where id = target;
  select coalesce(sum(unit_price), 0) into found from order_items where order_id = target;
  if wanted <> found then
    raise exception 'order % is % satang but its photos are %', target, wanted, found
      using errcode = 'check_violation', constraint = 'order_items_total';
  end if;
  return null;
end $$;
