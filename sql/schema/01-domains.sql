-- purpose: the schemas, and the domains that keep malformed values out
create schema margin;
revoke all on schema margin from public;
comment on schema margin is
    'Inputs, margin parameters, the ledger of runs, and results. Nothing in it is updated but the state of a run.';
-- Rows are read and written through the tables of schema margin.
create schema margin_part;
comment on schema margin_part is
    'Partitions of tables of schema margin, named after them. Rows are read and written through the tables: no right is needed here.';

-- Length is asked beside the letters, not in their pattern: a bounded repetition costs the server eight times as much.
create domain margin.code as text collate "C"
    constraint code_is_plain check (value ~ '^[A-Za-z0-9][A-Za-z0-9._:+-]*$' and octet_length(value) <= 64);
comment on domain margin.code is 'An identifier: 1 to 64 of letters, digits, "." "_" ":" "+" "-", the first a letter or digit.';
create domain margin.member_code as text collate "C"
    constraint member_code_is_a_file_name check (value ~ '^[A-Za-z0-9][A-Za-z0-9_-]*$' and octet_length(value) <= 24);
comment on domain margin.member_code is
    'A clearing member''s identifier: 1 to 24 of letters, digits, "_" "-", the first a letter or digit; it becomes part of file names.';
create domain margin.owner_code as text collate "C"
    constraint owner_code_is_plain check (value = ''
        or value ~ '^[A-Za-z0-9][A-Za-z0-9._:+-]*$' and octet_length(value) <= 64);
comment on domain margin.owner_code is 'A code, or empty where there is none.';
create domain margin.currency_code as text collate "C"
    constraint currency_code_is_iso check (value ~ '^[A-Z]{3}$');
comment on domain margin.currency_code is 'ISO 4217, three capital letters.';
create domain margin.lei as text collate "C"
    constraint lei_has_its_form check (value ~ '^[0-9A-Z]*[0-9][0-9]$' and octet_length(value) = 20);
comment on domain margin.lei is
    'Legal entity identifier, ISO 17442: 18 capital letters and digits, and two check digits, which messages look at.';
create domain margin.contract_month as text collate "C"
    constraint contract_month_is_year_and_month check (value ~ '^[0-9]{4}-(0[1-9]|1[0-2])(-(?!00)[0-9A-Z]{2})?$');
comment on domain margin.contract_month is
    'Year and month, such as 2019-03, with two letters or digits behind it where a month has several expiries, such as 2019-03-W1: the key of an expiry. In the order of its text, which is that of maturity.';
create domain margin.label as text collate "C"
    constraint label_is_one_clean_line check (length(value) <= 200 and value !~ '[[:cntrl:]\u202a-\u202e\u2066-\u2069]');
comment on domain margin.label is 'One line of text, at most 200 characters, without control or direction marks.';
create domain margin.cycle as text collate "C"
    constraint cycle_is_known check (value in ('EOD', 'ITD'));
comment on domain margin.cycle is 'EOD for the end of the day, ITD for intraday.';
-- Bounded so that products of three stay inside 128 bits.
create domain margin.exact as numeric
    constraint exact_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'))
    constraint exact_stays_within_bounds check (abs(value) < 1e15 and scale(value) <= 12);
comment on domain margin.exact is 'A decimal number, finite, magnitude below 1e15, at most 12 decimals.';
create domain margin.non_negative as margin.exact
    constraint non_negative_is_not_negative check (value >= 0);
comment on domain margin.non_negative is 'An exact number, 0 or more.';
create domain margin.positive as margin.exact
    constraint positive_is_above_zero check (value > 0);
comment on domain margin.positive is 'An exact number above 0.';
create domain margin.fraction as margin.exact
    constraint fraction_is_between_zero_and_one check (value between 0 and 1);
comment on domain margin.fraction is 'An exact number from 0 to 1: 0.05 is 5 %.';
create domain margin.amount as numeric
    constraint amount_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'));
comment on domain margin.amount is 'Money in units of its currency, not minor units: 12.34 is 12 dollars 34 cents. Finite.';
-- The scale is that of Delta.decimals; whole units of it stand in arrays, which margin.delta_of_units turns back.
create domain margin.delta as numeric(24, 4);
comment on domain margin.delta is 'Delta in contracts or what spreads take of it, 4 decimals.';
create domain margin.composite_delta as numeric
    constraint composite_delta_has_at_most_eight_decimals check (abs(value) < 1e15 and scale(value) <= 8);
comment on domain margin.composite_delta is
    'Published delta of one contract: 4 decimals, or up to 8 where combined_commodity_margin.delta_decimals says so.';
create domain margin.delta_decimals as smallint
    constraint delta_decimals_are_four_to_eight check (value between 4 and 8);
comment on domain margin.delta_decimals is 'Decimals of published deltas, 4 to 8.';
create domain margin.array_decimals as smallint
    constraint array_decimals_are_zero_to_eight check (value between 0 and 8);
comment on domain margin.array_decimals is 'Decimals of published array values, 0 to 8: an array holds whole units of 10^-decimals.';
create domain margin.finite as double precision
    constraint finite_is_finite check (value not in ('NaN', 'Infinity', '-Infinity'));
comment on domain margin.finite is 'A binary floating-point number that is neither NaN nor infinite.';
create domain margin.correlation as margin.exact
    constraint correlation_is_between_minus_one_and_one check (value between -1 and 1);
comment on domain margin.correlation is 'An exact number from -1 to 1.';
