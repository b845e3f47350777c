extension CaseShape {
    private static let stressedWindows: CaseShape = .list(object("id from to"))

    private static let tools = object(
        "floor_years floor_kind",
        [
            "stressed": object("weight min_stressed_observations", ["windows": stressedWindows]),
            "buffer": object("size rise_trigger rebuild_step"),
        ])

    private static let rule = object(
        "item key factor kind horizon_days confidence look_back_days min_observations min_stressed_observations "
            + "min_moving_share max_gap_days lambda seed_days z volatility_floor increment step_limit",
        ["tools": tools, "previous": object("value core buffer")])

    /// What is not looked into is read key by key: positions are of one shape or another.
    static let validation = object(
        "confidence horizon_days interval_level significance list_nights",
        [
            "nights": .list(object("date exposure margin", ["positions": .anything])),
            "prices": .byCode(.byCode(.value)),
            "hypothetical": object(
                "",
                [
                    "later": .byCode(.value), "average_daily_volumes": .anything,
                    "portfolios": .list(
                        object(
                            "code kind",
                            [
                                "lines": .list(
                                    object(
                                        "number combined_commodity instrument month_rank moneyness quantity "
                                            + "adv_multiple"))
                            ])),
                ]),
            "shortfalls": .list(object("date exposure var es")), "z2_critical": .list(object("n p c5 c001")),
            "margins": .list(.value), "benchmark": .list(.value),
            "walk_forward": object(
                "contract_value_factor minor_unit_decimals currency recalibrate_days first_day procyclicality",
                [
                    "factor": object("id return_kind", ["dates": .list(.value), "levels": .list(.value)]),
                    "rule": rule, "benchmark": rule, "sensitivity": .list(object("parameter value")),
                ]),
        ])
}
