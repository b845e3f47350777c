-- purpose: what is wrong with one cell as a reason and in words, or nulls if it casts and is written as it should be.
--     The subtransaction makes it slow: only for a load that has failed.
-- after: 01-domains
create or replace function margin.cell_fault(value text, type_name text, out reason text, out message text)
    language plpgsql stable as $$
declare
    violated text;
    said text;
    base_name text := margin.base_type(type_name);
begin
    execute format('select ($1)::%s', type_name) using value;
    if value !~ margin.spelling(base_name) then
        reason := case
            when base_name = 'date' then 'not_a_date'
            when base_name = 'bool' then 'not_a_flag'
            when base_name in ('int2', 'int4', 'int8') then 'not_a_whole_number'
            when base_name in ('numeric', 'float4', 'float8') then 'not_a_number'
            else 'refused_by_the_database' end;
        message := case reason
            when 'not_a_date' then 'is not a date, as 2018-12-31'
            when 'not_a_flag' then 'is not a flag: true or false'
            when 'not_a_whole_number' then 'is not written as a whole number: digits alone, as 1250'
            when 'not_a_number' then 'is not written as a number: digits with a point for the decimals, as 1250.75'
            else 'is not a time, as 2018-12-31T17:30:00Z' end;
    end if;
exception
    when check_violation then
        get stacked diagnostics violated = constraint_name;
        -- NaN and Infinity cast, and so do numbers with an exponent: they are not written as numbers are here.
        if base_name in ('numeric', 'float4', 'float8') and value !~ margin.spelling(base_name) then
            reason := 'not_a_number';
            message := 'is not written as a number: digits with a point for the decimals, as 1250.75';
            return;
        end if;
        reason := case when violated ~ '(finite|bounds|negative|above_zero|between)' then 'out_of_range' else 'breaks_a_rule' end;
        message := margin.rule_in_words(violated);
    when others then
        get stacked diagnostics said = message_text;
        reason := case
            when sqlstate = '22003' then 'out_of_range'
            when base_name = 'date' then 'not_a_date'
            when base_name = 'bool' then 'not_a_flag'
            when base_name in ('int2', 'int4', 'int8') then 'not_a_whole_number'
            when base_name in ('numeric', 'float4', 'float8') then 'not_a_number'
            else 'refused_by_the_database' end;
        message := case reason
            when 'out_of_range' then 'is out of range: ' || case base_name
                when 'int2' then 'whole numbers here go from -32768 to 32767'
                when 'int4' then 'whole numbers here go from -2147483648 to 2147483647'
                when 'int8' then 'whole numbers here go from -9223372036854775808 to 9223372036854775807'
                else 'it is too large' end
            when 'not_a_date' then case when sqlstate = '22008' and value ~ margin.spelling(base_name)
                then 'is not a day of the calendar, as 2018-12-31' else 'is not a date, as 2018-12-31' end
            when 'not_a_flag' then 'is not a flag: true or false'
            when 'not_a_whole_number' then 'is not a whole number'
            when 'not_a_number' then 'is not a number: digits with a point for the decimals'
            else said end;
end
$$;
