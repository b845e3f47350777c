extension PlainStressHouse {
    /// §8.1, which row: rows of its own, or without any the default rows; a hole between its own is not filled.
    func row(of series: PlainStressSeries, in scenario: PlainStressScenario) throws(PlainStressRefusal)
        -> PlainStressMove
    {
        let own = scenario.moves.filter { $0.commodity == series.commodity }
        let rows = own.isEmpty ? scenario.moves.filter { $0.commodity == nil } : own
        for row in rows {
            let isFromThen = row.fromMonth.map { $0 <= series.month } ?? true
            let isUntilThen = row.toMonth.map { series.month <= $0 } ?? true
            if isFromThen && isUntilThen { return row }
        }
        throw PlainStressRefusal("stress_move_missing", "\(scenario.code) \(series.code)")
    }

    /// §8.2 for every series: a scenario's moves times `multiplier`, prices shifted further by combined commodity.
    func stressArray(
        _ scenario: PlainStressScenario, times multiplier: Rational = 1, shifts: [String: Rational] = [:]
    ) throws(PlainStressRefusal) -> [String: Rational] {
        var values: [String: Rational] = [:]
        for series in series {
            values[series.code] = try stressValue(
                of: series, in: scenario, times: multiplier, shift: shifts[series.commodity] ?? 0)
        }
        return values
    }

    private func stressValue(
        of series: PlainStressSeries, in scenario: PlainStressScenario, times multiplier: Rational, shift: Rational
    ) throws(PlainStressRefusal) -> Rational {
        let move = try row(of: series, in: scenario).multiplied(by: multiplier)
        let price = series.underlyingPrice
        if series.kind == .future, !series.isCostOfCarry, move.priceKind != .log {
            // A linear future: exact, then rounded once.
            let moved = move.priceKind == .relative ? price + move.priceMove * price.magnitude : price + move.priceMove
            let shifted = moved + shift
            return (series.contractValueFactor * (price - shifted)).rounded(arrayDecimals(of: series))
        }
        if multiplier == 1, shift == 0, let given = series.givenValues[scenario.number] { return given }
        guard let repricing else { throw PlainStressRefusal("no_value", "\(scenario.code) \(series.code)") }
        return repricing(series, move, shift)
    }

    func arrayDecimals(of series: PlainStressSeries) -> Int { commodity(of: series).arrayDecimals }
    func currency(of series: PlainStressSeries) -> String { commodity(of: series).currency }

    private func commodity(of series: PlainStressSeries) -> PlainCommodity {
        guard let commodity = commodities.first(where: { $0.code == series.commodity }) else {
            preconditionFailure("no combined commodity \(series.commodity)")
        }
        return commodity
    }
}

extension PlainStressMove {
    /// §8.6: the kind is kept, and a relative move below −1 counts as −1.
    func multiplied(by multiplier: Rational) -> PlainStressMove {
        var move = self
        move.priceMove = priceMove * multiplier
        move.volatilityMove = volatilityMove * multiplier
        if priceKind == .relative { move.priceMove = max(-1, move.priceMove) }
        if volatilityKind == .relative { move.volatilityMove = max(-1, move.volatilityMove) }
        return move
    }
}
