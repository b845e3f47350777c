import ClearingModel
import Postgres
import Quantities
import Scenarios

extension MarginParameters {
    /// The rows of one set; an unknown set has none.
    package static func load(_ set: ParameterSetCode, from connection: Connection) throws -> MarginParameters {
        func rows<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> [T] {
            try connection.rows(query, [.text(set.text)]).map(decode)
        }
        return MarginParameters(
            parameterSet: set,
            scenarioSets: try scenarioSets(rows(.loadScenarios, scenario)),
            compositeDeltaWeights: Dictionary(
                try rows(.loadCompositeDeltaWeights) { row in
                    let weight = CompositeDeltaWeight(
                        priceMoveNumerator: try row.decimal(1), priceMoveDenominator: try row.decimal(2),
                        weight: try row.decimal(3))
                    return (try row.code(0), [weight])
                }, uniquingKeysWith: +),
            correlations: Dictionary(
                try rows(.loadSpreadOptionCorrelations) { row in (try row.code(0), try row.decimal(1)) },
                uniquingKeysWith: { first, _ in first }),
            combinedCommodities: try rows(.loadCombinedCommodityMargins, combinedCommodity),
            priceScanRangeTiers: try rows(.loadPriceScanRangeTiers) { row in
                PriceScanRangeTier(
                    combinedCommodity: try row.code(0), fromMonth: try row.month(1), toMonth: try row.month(2),
                    priceScanRange: try priceScanRange(row, 3))
            },
            monthTiers: try rows(.loadMonthTiers) { row in
                MonthTier(
                    combinedCommodity: try row.code(0), tier: try row.code(1), contractMonth: try row.month(2),
                    isScannedApart: try row.bool(3))
            },
            intraSpreads: try rows(.loadIntraSpreads, intraSpread),
            intraSpreadLegs: try rows(.loadIntraSpreadLegs, intraSpreadLeg),
            deliveryCharges: try rows(.loadDeliveryCharges) { row in
                DeliveryCharge(
                    combinedCommodity: try row.code(0), contractMonth: try row.month(1),
                    outrightRate: try row.decimal(2),
                    spreadRate: try row.decimal(3), appliesTo: try row.choice(4))
            },
            interSpreads: try rows(.loadInterSpreads) { row in
                InterSpread(
                    spread: try row.code(0), priority: Int(try row.int32(1)), kind: try row.choice(2),
                    isSuper: try row.bool(3), creditRate: try row.decimalOrNull(4))
            },
            interSpreadLegs: try rows(.loadInterSpreadLegs) { row in
                InterSpreadLeg(
                    spread: try row.code(0), leg: Int(try row.int16(1)), combinedCommodity: try row.code(2),
                    tier: try row.codeOrNull(3), side: try row.choice(4), ratio: try row.decimal(5),
                    creditRate: try row.decimalOrNull(6))
            },
            accountClasses: try rows(.loadAccountClasses) { row in
                AccountClassMargin(
                    accountClass: try row.code(0), initialRatio: try row.decimal(1),
                    netOptionValueIsCapped: try row.bool(2), offsetCap: try row.decimalOrNull(3),
                    creditMultiplier: try row.decimalOrNull(4), diversificationFloor: try row.decimalOrNull(5),
                    correlationUnderestimationKappa: try row.decimalOrNull(6))
            },
            fxHaircuts: Dictionary(
                try rows(.loadFxHaircuts) { row in
                    (CurrencyPair(from: try row.currency(0), to: try row.currency(1)), try row.decimal(2))
                }, uniquingKeysWith: { first, _ in first }))
    }

    private static func scenario(_ row: Row) throws -> (ScenarioSetCode, ScenarioDefinition) {
        let definition = ScenarioDefinition(
            number: Int(try row.int16(1)), priceMoveNumerator: try row.decimal(2),
            priceMoveDenominator: try row.decimal(3),
            volatilityMove: try row.decimal(4), weight: try row.decimal(5), pair: try row.int16OrNull(6).map(Int.init))
        return (try row.code(0), definition)
    }

    private static func scenarioSets(_ rows: [(ScenarioSetCode, ScenarioDefinition)]) throws -> [ScenarioSet] {
        var sets: [ScenarioSet] = []
        var rest = rows[...]
        while let (code, _) = rest.first {
            let mine = rest.prefix { $0.0 == code }
            sets.append(try ScenarioSet(code: code, scenarios: mine.map(\.1)))
            rest = rest.dropFirst(mine.count)
        }
        return sets
    }

    private static func combinedCommodity(_ row: Row) throws -> CombinedCommodityMargin {
        let volatilityScanRange = try row.decimal(5)
        return CombinedCommodityMargin(
            combinedCommodity: try row.code(0), scenarioSet: try row.code(1),
            priceScanRange: try priceScanRange(row, 2),
            volatilityScanRange: try row.text(4) == "absolute"
                ? .absolute(volatilityScanRange) : .relative(volatilityScanRange),
            volatilityFloor: try row.decimal(6), lookAheadDays: try row.decimal(7), dayCount: try row.choice(8),
            arrayDecimals: try row.int16OrNull(9).map(Int.init), weightedPriceRiskMethod: try row.choice(10),
            deltaKind: try row.choice(11), shortOptionMinimumMethod: try row.choice(12),
            shortOptionMinimumRate: try row.decimal(13))
    }

    private static func priceScanRange(_ row: Row, _ column: Int) throws -> PriceScanRange {
        let value = try row.decimal(column + 1)
        return try row.text(column) == "amount" ? .amount(value) : .percent(value)
    }

    private static func intraSpread(_ row: Row) throws -> IntraSpread {
        let rate = try row.decimal(5)
        return IntraSpread(
            combinedCommodity: try row.code(0), spread: try row.code(1), legKind: try row.choice(2),
            priority: Int(try row.int32(3)), charge: try row.text(4) == "flat" ? .flat(rate) : .weightedPriceRisk(rate))
    }

    private static func intraSpreadLeg(_ row: Row) throws -> IntraSpreadLeg {
        let tier: TierCode? = try row.codeOrNull(4)
        return IntraSpreadLeg(
            combinedCommodity: try row.code(0), spread: try row.code(1), leg: Int(try row.int16(2)),
            side: try row.choice(3), pool: try tier.map { .tier($0) } ?? .month(try row.month(5)),
            ratio: try row.decimal(6))
    }
}
