-- purpose: how a cell of a base type is written; null where the type itself says.
-- after: 01-domains
create or replace function margin.spelling(base_type text) returns text language sql immutable parallel safe as $$
    select case
        when base_type = 'date' then '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        when base_type = 'bool' then '^(true|false)$'
        when base_type in ('int2', 'int4', 'int8') then '^-?[0-9]+$'
        when base_type in ('numeric', 'float4', 'float8') then '^-?[0-9]+(\.[0-9]+)?$'
        when base_type in ('timestamptz', 'timestamp')
            then '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$'
    end
$$;
