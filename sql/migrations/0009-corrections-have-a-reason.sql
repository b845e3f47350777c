-- purpose: refuse a correction whose reason is null: a check that comes to null passes.
alter table margin.input_load
    drop constraint correction_has_a_reason,
    add constraint correction_has_a_reason
        check (kind = 'load' or (reason is not null and length(btrim(reason)) > 0));
