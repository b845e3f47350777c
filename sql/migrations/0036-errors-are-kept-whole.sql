-- purpose: why an execution failed is kept as it was printed, all findings and lines of it, and not its beginning alone.

alter table margin.execution alter column error type text;
alter table margin.execution
    add constraint execution_error_is_clean check (length(error) <= 20000 and error !~ '[\u0001-\u0009\u000b-\u001f\u007f]');
comment on column margin.execution.error is
    'Why it failed, as it was printed without the hint, at most 20,000 characters in several lines; null otherwise.';
