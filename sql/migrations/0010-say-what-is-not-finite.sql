-- purpose: tell an operator that NaN is not a number, not that it is out of bounds: rules are asked in the order of their names.
alter domain margin.exact rename constraint exact_is_bounded to exact_stays_within_bounds;
