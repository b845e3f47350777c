-- purpose: what holds between the figures of a simulated group, whatever its portfolio.
alter table margin.value_at_risk
    add constraint core_is_no_less_than_the_shortfall check (core >= expected_shortfall),
    add constraint break_is_whole_or_not_there check ((break_excess is null) = (break_add_on is null));
