-- Embeddings have one length from model version dlib-resnet-aligned-mirrored-2 on. What is stored is brought to it, so that
-- no photo need be read again; snapshots of the index name the version and are made anew. People keep their ids.
create function to_length_1_4(embedding bytea) returns bytea language plpgsql as $$
declare
  numbers double precision[];
  bits bigint;
  scale double precision;
  scaled bytea := '';
  big_endian bytea;
begin
  for i in 0..127 loop
    bits := get_byte(embedding, 4 * i) + get_byte(embedding, 4 * i + 1) * 256
          + get_byte(embedding, 4 * i + 2) * 65536 + get_byte(embedding, 4 * i + 3) * 16777216::bigint;
    -- A float32: sign, eight bits of exponent, 23 of fraction; what is too small for an exponent is nothing.
    numbers[i] := case when bits & x'7f800000'::bigint = 0 then 0
      else (1 - 2 * (bits >> 31)) * (1 + (bits & 8388607) / 8388608.0::double precision)
           * 2::double precision ^ (((bits >> 23) & 255) - 127) end;
  end loop;
  select 1.4 / sqrt(sum(number * number)) into scale from unnest(numbers) as number having sum(number * number) > 0;
  if scale is null then return embedding; end if;
  for i in 0..127 loop
    big_endian := float4send((numbers[i] * scale)::real);
    scaled := scaled || substr(big_endian, 4, 1) || substr(big_endian, 3, 1)
                     || substr(big_endian, 2, 1) || substr(big_endian, 1, 1);
  end loop;
  return scaled;
end $$;
--> statement-breakpoint
update faces set embedding = to_length_1_4(embedding), model_version = 'dlib-resnet-aligned-mirrored-2'
  where model_version = 'dlib-resnet-aligned-mirrored-1';
--> statement-breakpoint
drop function to_length_1_4(bytea);
