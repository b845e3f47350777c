-- purpose: record what became of a call, as the session's login
-- grain: one row: the event
-- reads: account, call_event, currency, input_load, margin_call, run
-- parameters: $1 night of the call, $2 account, $3 acknowledged, met or reversed, $4 amount met, $5 reason or reference, $6 event to reverse (null: none)
select margin.record_call_event($1, $2, $3, $4, $5, $6) as load_id
