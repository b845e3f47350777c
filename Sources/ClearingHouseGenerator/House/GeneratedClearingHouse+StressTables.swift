import Quantities

/// Stress testing of a house that is asked to have it, and of the demo house (docs/demo-house.md).
extension GeneratedClearingHouse {
    /// The set's code, and how it is run.
    private static let stressSet = "HISTORY-AND-SHAPES"

    /// What stands behind the members, the scenarios, and what a close-out does to prices.
    ///
    /// The demo house searches for the edge of each scenario too; a larger one has 40 scenarios.
    func writeStress(_ folder: String) throws(GenerationError) {
        try writeFund(folder)
        let isDemo = size == .demo
        let sets = try TableFile(.stressSet, in: folder)
        try sets.row(
            Self.parameterSet, Self.stressSet, "2", "true", isDemo ? "0.45" : nil, isDemo ? "0.25" : nil,
            isDemo ? "5" : nil, "2", "5", "2", "false")
        try sets.close()
        let scenarios = try TableFile(.stressScenario, in: folder)
        let moves = try TableFile(.stressMove, in: folder)
        var number = 0
        for scenario in try historicalScenarios() + shapes() + (isDemo ? [] : grid()) {
            number += 1
            try scenarios.row(
                Self.parameterSet, "\(number)", scenario.code, scenario.kind, scenario.from, scenario.to,
                scenario.source)
            for (place, move) in scenario.moves.enumerated() {
                try moves.row(
                    Self.parameterSet, "\(number)", "\(place + 1)", move.commodity, move.fromMonth, move.toMonth,
                    move.priceKind, move.priceMove, "relative", move.volatilityMove)
            }
        }
        try scenarios.close()
        try moves.close()
        let impacts = try TableFile(.closeOutImpact, in: folder)
        for market in markets { try impacts.row(Self.parameterSet, market.product.code, "0.7") }
        try impacts.close()
    }

    /// A fund of 800,000 dollars an account in the demo house, where accounts are few and large, and of a thousand
    /// elsewhere; nine tenths of it the members' in equal parts, of which each can raise four times as much at once.
    /// The demo house wants every report there is.
    private func writeFund(_ folder: String) throws(GenerationError) {
        let houses = try TableFile(.house, in: folder)
        let isDemo = "\(size == .demo)"
        try houses.row(Self.stressFrom, "USD", isDemo, isDemo, isDemo, "12:00 America/New_York")
        try houses.close()
        let amount = size.accounts * (size == .demo ? 800_000 : 1_000)
        let funds = try TableFile(.guarantyFund, in: folder)
        try funds.row(Self.stressFrom, "\(amount)", "USD")
        try funds.close()
        let contributions = try TableFile(.guarantyFundContribution, in: folder)
        let resources = try TableFile(.liquidityResource, in: folder)
        for member in 0..<size.members {
            let (member, share) = (membership.memberCode(member), amount * 9 / 10 / size.members)
            try contributions.row(Self.stressFrom, member, "\(share)", "USD")
            try resources.row(Self.stressFrom, member, "\(4 * share)", "USD")
        }
        try contributions.close()
        try resources.close()
    }

    private static let stressFrom = "2018-01-01"
}

/// A stress scenario as the tables have it.
private struct GeneratedScenario {
    let code: String
    let kind: String
    var from: String?
    var to: String?
    var source = ""
    let moves: [GeneratedMove]
}

/// A row of one.
private struct GeneratedMove {
    let commodity: String?
    var fromMonth: String?
    var toMonth: String?
    let priceKind: String
    let priceMove: String
    let volatilityMove: String
}

extension GeneratedClearingHouse {
    /// What the histories did between two days: the fall of Lehman Brothers, the fall of commodities in May 2011, the
    /// producers' meeting of November 2014.
    private func historicalScenarios() throws(GenerationError) -> [GeneratedScenario] {
        var scenarios: [GeneratedScenario] = []
        for (code, from, to, volatility) in [
            (
                "september-2008", BusinessDate(year: 2008, month: 9, day: 12),
                BusinessDate(year: 2008, month: 9, day: 16), "0.6"
            ),
            ("may-2011", BusinessDate(year: 2011, month: 5, day: 4), BusinessDate(year: 2011, month: 5, day: 6), "0.5"),
            (
                "november-2014", BusinessDate(year: 2014, month: 11, day: 26),
                BusinessDate(year: 2014, month: 11, day: 28), "0.4"
            ),
        ] {
            var moves: [GeneratedMove] = []
            for market in markets {
                let (before, after) = (try market.history.level(on: from), try market.history.level(on: to))
                let isAdditive = market.history.isAdditive
                moves.append(
                    GeneratedMove(
                        commodity: market.product.code, priceKind: isAdditive ? "absolute" : "relative",
                        priceMove: decimalText(rounding: isAdditive ? after - before : after / before - 1, decimals: 8),
                        volatilityMove: volatility))
            }
            scenarios.append(
                GeneratedScenario(
                    code: code, kind: "historical", from: from.description, to: to.description,
                    source: "risk_factor_level", moves: moves))
        }
        return scenarios
    }

    /// One hypothetical scenario of each kind.
    private func shapes() -> [GeneratedScenario] {
        [
            GeneratedScenario(
                code: "crash", kind: "all_down", moves: everywhere("-0.25", additive: "-6", volatility: "0.8")),
            GeneratedScenario(
                code: "spike", kind: "all_up", moves: everywhere("0.25", additive: "6", volatility: "0.8")),
            GeneratedScenario(
                code: "drift", kind: "parallel", moves: everywhere("0.10", additive: "-2", volatility: "0.2")),
            GeneratedScenario(
                code: "fear", kind: "volatility_only",
                moves: [GeneratedMove(commodity: nil, priceKind: "relative", priceMove: "0", volatilityMove: "1.5")]),
            GeneratedScenario(
                code: "glut", kind: "twist",
                moves: [
                    GeneratedMove(
                        commodity: "WTI", toMonth: "2019-06", priceKind: "relative", priceMove: "-0.20",
                        volatilityMove: "0.5"),
                    GeneratedMove(
                        commodity: "WTI", fromMonth: "2019-07", priceKind: "relative", priceMove: "0.05",
                        volatilityMove: "0.2"),
                    GeneratedMove(commodity: nil, priceKind: "relative", priceMove: "-0.05", volatilityMove: "0.3"),
                ]),
        ]
    }

    /// Eight moves of prices by four of volatilities.
    private func grid() -> [GeneratedScenario] {
        var scenarios: [GeneratedScenario] = []
        for (price, additive) in [
            ("-0.3", "-8"), ("-0.2", "-5"), ("-0.1", "-2"), ("-0.05", "-1"), ("0.05", "1"), ("0.1", "2"), ("0.2", "5"),
            ("0.3", "8"),
        ] {
            for volatility in ["-0.25", "0.25", "0.5", "1"] {
                scenarios.append(
                    GeneratedScenario(
                        code: "grid:\(price):\(volatility)", kind: "other",
                        moves: everywhere(price, additive: additive, volatility: volatility)))
            }
        }
        return scenarios
    }

    /// One relative move of all prices; of products that trade below zero an absolute one.
    private func everywhere(_ relative: String, additive: String, volatility: String) -> [GeneratedMove] {
        [GeneratedMove(commodity: nil, priceKind: "relative", priceMove: relative, volatilityMove: volatility)]
            + markets.filter(\.product.family.isAdditive).map { market in
                GeneratedMove(
                    commodity: market.product.code, priceKind: "absolute", priceMove: additive,
                    volatilityMove: volatility)
            }
    }
}
