import ClearingModel
import Margining
import Quantities
import Scenarios
import TestSupport

/// A decimal written in a test; a typing error traps at once.
func exact(_ text: String) -> ExactDecimal {
    guard let value = ExactDecimal(text) else { preconditionFailure("not a decimal: \(text)") }
    return value
}

func month(_ text: String) -> ContractMonth {
    guard let month = ContractMonth(text) else { preconditionFailure("not a month: \(text)") }
    return month
}

func dollars(_ amount: String) -> Money { Money(rounding: exact(amount), currency: SmallBook.dollar) }

/// A small house for hand-computed cases: classic scenarios (extremes 2 at 35 %), whole-dollar arrays.
struct SmallBook {
    static let dollar: Currency = {
        guard let code = CurrencyCode("USD") else { preconditionFailure("USD is a currency") }
        return Currency(code: code, decimals: 2)
    }()

    var rows = MarginBookRows()
    var published: [PublishedRiskArray] = []

    init() throws {
        rows.currencies = [Self.dollar]
        rows.scenarioSets = [try .classic(code: ScenarioSetCode("CLASSIC"))]
    }

    mutating func commodity(
        _ code: String, method: WeightedPriceRiskMethod = .capped, minimum: ShortOptionMinimumMethod = .gross,
        minimumRate: String = "0"
    ) {
        rows.combinedCommodities.append(
            CombinedCommodity(code: CombinedCommodityCode(code), name: code, currency: Self.dollar.code))
        rows.margins.append(
            CombinedCommodityMargin(
                combinedCommodity: CombinedCommodityCode(code), scenarioSet: ScenarioSetCode("CLASSIC"),
                priceScanRange: .amount(.one), volatilityScanRange: .relative(.zero), volatilityFloor: .one,
                arrayDecimals: 0, weightedPriceRiskMethod: method, shortOptionMinimumMethod: minimum,
                shortOptionMinimumRate: exact(minimumRate)))
    }

    /// A linear future that loses `risk` at one scan range.
    mutating func future(
        _ code: String, of commodity: String, _ contractMonth: String, risk: String, scaling: String = "1"
    ) {
        rows.contracts.append(
            Contract(
                code: ContractCode(code), combinedCommodity: CombinedCommodityCode(commodity),
                contractValueFactor: .one,
                deltaScalingFactor: exact(scaling), kind: .future(FutureTerms())))
        rows.series.append(
            Series(
                code: SeriesCode(code), contract: ContractCode(code), contractMonth: month(contractMonth),
                kind: .future(expiryDate: nil, underlying: nil)))
        let thirds = [0, 0, -1, -1, 1, 1, -2, -2, 2, 2, -3, -3, 3, 3].map {
            ExactDecimal($0).divided(by: ExactDecimal(3), roundedToScale: 12)
        }
        publish(
            code,
            (thirds + [exact("-0.7"), exact("0.7")]).map {
                ($0 * exact(risk)).rounded(toScale: 6).minorUnits(decimals: 0)
            },
            delta: "1", scanRange: risk)
    }

    mutating func option(
        _ code: String, of commodity: String, _ contractMonth: String, _ right: OptionRight,
        style: OptionStyle = .premium,
        array: [Int64], delta: String, price: String? = "0", scaling: String = "1"
    ) {
        rows.contracts.append(
            Contract(
                code: ContractCode(code), combinedCommodity: CombinedCommodityCode(commodity),
                contractValueFactor: .one,
                deltaScalingFactor: exact(scaling),
                kind: .option(
                    OptionTerms(
                        model: .black76, exercise: .european, style: style, volatilitySource: .implied,
                        discountRate: RateCode("R")))))
        rows.series.append(
            Series(
                code: SeriesCode(code), contract: ContractCode(code), contractMonth: month(contractMonth),
                kind: .option(
                    OptionSeriesTerms(
                        right: right, strike: .one, underlying: UnderlyingCode("U"),
                        expiryDate: BusinessDate(year: 2030, month: 1, day: 1)))))
        rows.settlementPrices[SeriesCode(code)] = price.map(exact)
        publish(code, array, delta: delta, scanRange: "1")
    }

    private mutating func publish(_ code: String, _ values: [Int64], delta: String, scanRange: String) {
        published.append(
            PublishedRiskArray(
                series: SeriesCode(code), arrayDecimals: 0, values: values,
                compositeDelta: CompositeDelta(Delta(rounding: exact(delta))),
                priceScanRange: exact(scanRange)))
    }

    mutating func tier(_ code: String, of commodity: String, _ months: String...) {
        rows.monthTiers += months.map {
            MonthTier(
                combinedCommodity: CombinedCommodityCode(commodity), tier: TierCode(code), contractMonth: month($0))
        }
    }

    /// Legs as (tier or month, ratio, side).
    mutating func intraSpread(
        _ code: String, of commodity: String, _ kind: IntraSpreadLegKind = .tier, priority: Int = 1,
        charge: IntraSpreadCharge, _ legs: (String, String, SpreadSide)...
    ) {
        let commodity = CombinedCommodityCode(commodity)
        rows.intraSpreads.append(
            IntraSpread(
                combinedCommodity: commodity, spread: SpreadCode(code), legKind: kind, priority: priority,
                charge: charge))
        for (number, leg) in legs.enumerated() {
            rows.intraSpreadLegs.append(
                IntraSpreadLeg(
                    combinedCommodity: commodity, spread: SpreadCode(code), leg: number + 1, side: leg.2,
                    pool: kind == .tier ? .tier(TierCode(leg.0)) : .month(month(leg.0)), ratio: exact(leg.1)))
        }
    }

    /// Legs as (combined commodity or `combined commodity/tier`, ratio, side).
    mutating func interSpread(
        _ code: String, _ kind: InterSpreadKind = .delta, priority: Int = 1, isSuper: Bool = false, rate: String,
        _ legs: (String, String, SpreadSide)...
    ) {
        rows.interSpreads.append(
            InterSpread(
                spread: SpreadCode(code), priority: priority, kind: kind, isSuper: isSuper, creditRate: exact(rate)))
        for (number, leg) in legs.enumerated() {
            let parts = leg.0.split(separator: "/").map(String.init)
            rows.interSpreadLegs.append(
                InterSpreadLeg(
                    spread: SpreadCode(code), leg: number + 1, combinedCommodity: CombinedCommodityCode(parts[0]),
                    tier: parts.count > 1 ? TierCode(parts[1]) : nil, side: leg.2, ratio: exact(leg.1)))
        }
    }

    func kernel() throws -> MarginKernel {
        let book = try MarginBook(rows)
        return MarginKernel(book: book, arrays: try PublishedArrays(published, in: book))
    }

    static func terms(
        _ type: MarginingType = .net, owners: [OwnerCode] = [.none], ratio: String = "1", capped: Bool = false,
        offsetCap: String? = nil
    ) -> AccountTerms {
        AccountTerms(
            account: AccountCode("A"), marginingType: type, owners: owners, initialRatio: exact(ratio),
            netOptionValueIsCapped: capped, offsetCap: offsetCap.map(exact), callCurrency: dollar)
    }

    /// Requirement of positions as (series, quantity), net.
    func requirement(
        _ positions: KeyValuePairs<String, Int64>, terms: AccountTerms = SmallBook.terms(), cut: CreditRateCut = .none
    ) throws -> AccountRequirement {
        try requirement(positions.map { (0, $0.key, max($0.value, 0), max(-$0.value, 0)) }, terms: terms, cut: cut)
    }

    /// Requirement of positions as (owner, series, long, short).
    func requirement(
        _ positions: [(Int32, String, Int64, Int64)], terms: AccountTerms, cut: CreditRateCut = .none
    ) throws -> AccountRequirement {
        let kernel = try kernel()
        var scratch = KernelScratch()
        let dense = try positions.map { owner, code, long, short in
            guard let series = kernel.book.seriesIndex(of: SeriesCode(code)) else {
                throw CaseError(what: "no \(code)")
            }
            return Position(owner: owner, series: Int32(series), long: long, short: short)
        }
        return try kernel.requirement(of: terms, positions: dense[...], creditRateCut: cut, scratch: &scratch)
    }
}

extension AccountRequirement {
    /// The only owner's figures in the combined commodity at `index` of the held ones.
    func commodity(_ index: Int = 0) -> CombinedCommodityRisk { owners[0].combinedCommodities[index] }
}

extension Delta {
    /// Ties away from zero.
    init(rounding amount: ExactDecimal) { self.init(units: amount.minorUnits(decimals: Self.decimals)) }
}
