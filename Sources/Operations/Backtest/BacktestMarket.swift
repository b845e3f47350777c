import ClearingModel
import Margining
import MarketModel
import Quantities
import Storage
import Validation

/// The prices of a night's horizon: the night's own as its run has pinned them, later ones as the last load says.
struct BacktestMarket {
    private let house: ClearingHouse
    private let contracts: [ContractCode: Contract]
    private let currencies: [CombinedCommodityCode: CurrencyCode]
    private let now: [SeriesCode: ExactDecimal]
    private let later: [SeriesCode: ExactDecimal]
    /// Of the series that settle finally on the way; of an option its underlying's final price.
    private let final: [SeriesCode: ExactDecimal]

    /// The combined commodity of each series.
    let combinedCommodities: [SeriesCode: CombinedCommodityCode]

    /// Whether anything was priced at the horizon: a night is h days old once it is.
    let hasLaterPrices: Bool

    /// `horizon` are the business days behind the night, the last of them t + h.
    init(
        _ run: PinnedRun, house: ClearingHouse, horizon: [BusinessDate], pin: Int64, _ database: Database
    ) throws {
        self.house = house
        let contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.contracts = contracts
        combinedCommodities = Dictionary(
            house.series.compactMap { series in
                contracts[series.contract].map { (series.code, $0.combinedCommodity) }
            }, uniquingKeysWith: { first, _ in first })
        currencies = Dictionary(
            house.combinedCommodities.map { ($0.code, $0.currency) }, uniquingKeysWith: { first, _ in first })
        now = try MarketStore(database, of: run, scope: .whole).settlementPrices(of: house.series)
        var later: [SeriesCode: ExactDecimal] = [:]
        var final: [SeriesCode: ExactDecimal] = [:]
        for day in horizon {
            let prices = try MarketStore(database, pinnedAt: pin, businessDate: day, cycle: run.cycle)
                .prices(of: house.series)
            for (series, price) in zip(house.series, prices) {
                if day == horizon.last { later[series.code] = price.settlement }
                if final[series.code] == nil { final[series.code] = price.finalSettlement }
            }
        }
        self.later = later
        self.final = final
        hasLaterPrices = !later.isEmpty
    }

    /// Every series with a price of the night and one for the horizon's end.
    var prices: [HorizonPrices] {
        house.series.compactMap { series in
            guard let contract = contracts[series.contract], let currency = currencies[contract.combinedCommodity],
                let now = now[series.code], let later = later(series)
            else { return nil }
            return HorizonPrices(
                series: series.code, currency: currency, settlement: contract.horizonSettlement,
                contractValueFactor: contract.contractValueFactor, now: now, later: later)
        }
    }

    private func later(_ series: Series) -> ExactDecimal? {
        guard let final = final[series.code] else { return later[series.code] }
        guard case .option(let terms) = series.kind else { return final }
        return max(.zero, terms.right == .call ? final - terms.strike : terms.strike - final)
    }

    /// The series listed on the night that `published` have an array, as hypothetical portfolios choose them.
    func listed(_ published: Set<SeriesCode>, underlyingPrices: [UnderlyingCode: ExactDecimal]) -> [ListedInstrument] {
        house.series.compactMap { series in
            guard published.contains(series.code), let contract = contracts[series.contract] else { return nil }
            switch series.kind {
            case .future(let expiryDate, _):
                return ListedInstrument(
                    code: series.code, combinedCommodity: contract.combinedCommodity, instrument: .future,
                    contractMonth: series.contractMonth, expiryDate: expiryDate)
            case .option(let terms):
                return ListedInstrument(
                    code: series.code, combinedCommodity: contract.combinedCommodity,
                    instrument: terms.right == .call ? .call : .put, contractMonth: series.contractMonth,
                    expiryDate: terms.expiryDate, strike: terms.strike,
                    underlyingPrice: now[SeriesCode(terms.underlying.text)] ?? underlyingPrices[terms.underlying])
            }
        }
    }
}

extension BacktestMarket {
    /// The night's series as plain methods see them: notionals and option values at the night's prices, the worst of
    /// the published arrays.
    func plainSeries(
        _ arrays: [PublishedRiskArray], underlyingPrices: [UnderlyingCode: ExactDecimal]
    ) -> [SeriesCode: PlainSeries] {
        let worst = Dictionary(
            arrays.map { ($0.series, PlainSeries.worst(of: $0)) }, uniquingKeysWith: { first, _ in first })
        var found: [SeriesCode: PlainSeries] = [:]
        for series in house.series {
            guard let contract = contracts[series.contract], let currency = currencies[contract.combinedCommodity]
            else { continue }
            let (own, factor) = (now[series.code], contract.contractValueFactor)
            let settlement = contract.horizonSettlement
            var price = own
            if case .option(let terms) = series.kind {
                price = now[SeriesCode(terms.underlying.text)] ?? underlyingPrices[terms.underlying]
            }
            let isFuture = if case .future = series.kind { true } else { false }
            found[series.code] = PlainSeries(
                series: series.code, combinedCommodity: contract.combinedCommodity, currency: currency,
                notional: price.flatMap { Self.notional(of: $0, factor, settlement) }, worst: worst[series.code],
                optionValue: settlement == .premium ? (own ?? .zero) * factor : .zero,
                linear: isFuture && settlement == .marked ? own.map { (factor, $0) } : nil)
        }
        return found
    }

    /// Nil of an inverse contract at a price of 0.
    private static func notional(
        of price: ExactDecimal, _ factor: ExactDecimal, _ settlement: HorizonPrices.Settlement
    ) -> ExactFraction? {
        guard settlement == .inverse else { return ExactFraction((price * factor).magnitude) }
        return price == .zero ? nil : ExactFraction(factor.magnitude, over: price.magnitude)
    }
}

extension Contract {
    /// How a move of its series is paid for.
    fileprivate var horizonSettlement: HorizonPrices.Settlement {
        switch kind {
        case .future(let terms): terms.valuation == .inverse ? .inverse : .marked
        case .option(let terms): terms.style == .premium ? .premium : .marked
        }
    }
}
