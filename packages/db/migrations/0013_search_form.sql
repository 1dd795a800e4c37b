-- One form for what is looked for and what is looked at. Thai is typed in several ways that look the same: sara am as one
-- letter or as nikhahit and sara aa, the tone mark before or after the vowel, sara ae as two sara e. Full-width letters,
-- capitals, Thai digits and invisible marks are no difference either.
create function spelling_form(words text) returns text language sql immutable parallel safe strict as $$
  select replace(
    regexp_replace(
      regexp_replace(
        regexp_replace(
          translate(lower(normalize(words, NFKC)), '๐๑๒๓๔๕๖๗๘๙', '0123456789'),
          '[\u00ad\u200b-\u200d\u2060\ufeff]', '', 'g'
        ),
        '([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e3a\u0e47\u0e4d]+)', '\2\1', 'g'
      ),
      '\u0e4d\u0e32([\u0e48-\u0e4b])', E'\u0e4d\\1\u0e32', 'g'
    ),
    'เเ', 'แ'
  )
$$;
--> statement-breakpoint
-- Besides, years counted from the Buddha become common ones: 2569 is looked for as 2026.
create function search_form(words text) returns text language plpgsql immutable parallel safe strict as $$
declare
  form text := public.spelling_form(words);
  year text;
begin
  for year in
    select distinct matched[1] from regexp_matches(form, '(?<![0-9])(2[456][0-9]{2})(?![0-9])', 'g') as matches (matched)
  loop
    form := regexp_replace(form, '(?<![0-9])' || year || '(?![0-9])', (year::int - 543)::text, 'g');
  end loop;
  return form;
end $$;
--> statement-breakpoint
-- What an event is found by. Years stand in it as written and as common ones, and so does the year in which it begins:
-- part of a year finds it too.
create function event_search_text(name_th text, name_en text, venue text, province text, starts_at timestamptz)
returns text language plpgsql immutable parallel safe as $$
declare
  words text := concat_ws(' ', name_th, name_en, venue, province);
begin
  return concat_ws(
    ' ', public.spelling_form(words), public.search_form(words),
    extract(year from starts_at at time zone 'Asia/Bangkok')::text
  );
end $$;
--> statement-breakpoint
create function escape_like(words text) returns text language sql immutable parallel safe strict as $$
  select regexp_replace(words, '([\\%_])', '\\\1', 'g')
$$;
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "search_text" text GENERATED ALWAYS AS (event_search_text(name_th, name_en, venue, province, starts_at)) STORED;
--> statement-breakpoint
drop index events_text;
--> statement-breakpoint
-- PostgreSQL does not segment Thai, so names are searched by trigrams.
create index events_text on events using gin (search_text gin_trgm_ops);
