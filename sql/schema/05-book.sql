-- purpose: what the house holds and owes each business date: positions, trades, collateral, debts; waived findings
create table margin.position (
    business_date date not null,
    cycle margin.cycle not null default 'EOD',
    account margin.code not null,
    owner margin.owner_code not null default '',
    series margin.code not null,
    long_quantity bigint not null check (long_quantity >= 0),
    short_quantity bigint not null check (short_quantity >= 0)
) partition by range (business_date);
-- position_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('position', '{business_date, cycle, account, owner, series}');
-- Who holds a series on a date: what a corrected price moves.
create index position_by_series on margin.position (business_date, series);
-- What came in since a run was pinned, which a rerun asks of every stage: the last pages of many. A load fills pages of its
-- own, so it is enough to know of each stretch of pages which loads it has.
create index position_by_load on margin.position using brin (load_id) with (autosummarize = on);
comment on table margin.position is
    'Open positions at the end of the cycle; what settles finally on the date may still be among them and is not in the book. Grain: one row a business date, cycle, account, owner, series and revision.';
comment on column margin.position.business_date is 'Day that is margined.';
comment on column margin.position.cycle is 'End of the day or intraday.';
comment on column margin.position.account is 'Margin account.';
comment on column margin.position.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.position.series is 'Series.';
comment on column margin.position.long_quantity is 'Contracts held long, 0 or more.';
comment on column margin.position.short_quantity is 'Contracts held short, 0 or more; a magnitude.';

create table margin.trade (
    business_date date not null,
    trade margin.code not null,
    account margin.code not null,
    owner margin.owner_code not null default '',
    series margin.code not null,
    quantity bigint not null check (quantity <> 0),
    price margin.exact not null
) partition by range (business_date);
-- trade_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('trade', '{business_date, trade}');
create index trade_by_load on margin.trade using brin (load_id) with (autosummarize = on);
comment on table margin.trade is 'Trades of the day, for variation margin. Grain: one row a business date, trade and revision.';
comment on column margin.trade.business_date is 'Day that is margined.';
comment on column margin.trade.trade is 'The trade''s identifier, unique within the date.';
comment on column margin.trade.account is 'Margin account.';
comment on column margin.trade.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.trade.series is 'Series.';
comment on column margin.trade.quantity is 'Contracts: + bought, − sold; never 0.';
comment on column margin.trade.price is 'Price traded at, in units of price, any sign.';

create table margin.collateral_holding (
    business_date date not null,
    account margin.code not null,
    item margin.code not null,
    asset margin.code not null,
    quantity margin.non_negative not null
) partition by range (business_date);
-- collateral_holding_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('collateral_holding', '{business_date, account, item}');
create index collateral_holding_by_load on margin.collateral_holding using brin (load_id) with (autosummarize = on);
comment on table margin.collateral_holding is 'Collateral posted. Grain: one row a business date, account, item and revision.';
comment on column margin.collateral_holding.business_date is 'Day that is margined.';
comment on column margin.collateral_holding.account is 'Margin account.';
comment on column margin.collateral_holding.item is 'Holding, an identifier within the account.';
comment on column margin.collateral_holding.asset is 'Collateral asset.';
comment on column margin.collateral_holding.quantity is 'Units held, 0 or more; money for cash.';

create table margin.variation_margin_owed (
    business_date date not null,
    account margin.code not null,
    currency margin.currency_code not null,
    amount margin.positive not null
) partition by range (business_date);
-- variation_margin_owed_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('variation_margin_owed', '{business_date, account, currency}');
comment on table margin.variation_margin_owed is
    'Variation margin of earlier days that is still unpaid. Grain: one row a business date, account, currency and revision.';
comment on column margin.variation_margin_owed.business_date is 'Day that is margined.';
comment on column margin.variation_margin_owed.account is 'Margin account.';
comment on column margin.variation_margin_owed.currency is 'Currency of the row''s amounts.';
comment on column margin.variation_margin_owed.amount is 'What the account owes, above 0, in units of the currency.';

create table margin.finding_waiver (
    business_date date not null,
    cycle margin.cycle not null default 'EOD',
    rule margin.code not null,
    table_name margin.code not null,
    row_key margin.label not null,
    column_name margin.code not null,
    value margin.label not null,
    reason margin.label not null check (length(btrim(reason)) > 0),
    waived_by margin.label not null
) partition by range (business_date);
-- finding_waiver_as_of(pin): the rows a run that pinned that load sees.
select margin.version_input('finding_waiver', '{business_date, cycle, rule, table_name, row_key, column_name}');
comment on table margin.finding_waiver is
    'Findings of a data gate that a person has waived. Grain: one row a business date, cycle, rule, table, row key, column and revision.';
comment on column margin.finding_waiver.business_date is 'Day that is margined.';
comment on column margin.finding_waiver.cycle is 'End of the day or intraday: a waiver of one says nothing of the other.';
comment on column margin.finding_waiver.rule is 'Data gate.';
comment on column margin.finding_waiver.table_name is 'Table it is about, as the finding has it.';
comment on column margin.finding_waiver.row_key is 'Key of the row it is about, its parts joined by ", ".';
comment on column margin.finding_waiver.column_name is 'Column it is about, as the finding has it.';
comment on column margin.finding_waiver.value is
    'Value that was waived, as the finding has it; "no row" where the row is not there. A finding with another value blocks.';
comment on column margin.finding_waiver.reason is 'Why it is waived; never empty.';
comment on column margin.finding_waiver.waived_by is 'Who waived it.';
