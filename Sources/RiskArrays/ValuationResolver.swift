import ClearingModel
import MarketModel
import Parameters
import Pricing
import Quantities
import Scenarios

/// Looks up, for one series after the other, its contract, parameters and market.
struct ValuationResolver {
    let terms: [ArrayTerms]
    private let house: ClearingHouse
    private let market: MarketSnapshot
    private let margins: [CombinedCommodityMargin]
    private let correlations: [ContractCode: ExactDecimal]
    private let scanRangeTiers: [CombinedCommodityCode: [PriceScanRangeTier]]
    private let contracts: [ContractCode: Contract]
    private let termsOfCommodity: [CombinedCommodityCode: Int]
    private let seriesPositions: [String: Int]

    init(
        house: ClearingHouse, market: MarketSnapshot, parameters: ParameterSet
    ) throws(ValuationBookError) {
        self.house = house
        self.market = market
        margins = parameters.combinedCommodities
        correlations = parameters.correlations
        scanRangeTiers = Dictionary(grouping: parameters.priceScanRangeTiers, by: \.combinedCommodity)
        contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let sets = Dictionary(parameters.scenarioSets.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(
            house.currencies.map { ($0.code, $0.decimals) }, uniquingKeysWith: { first, _ in first })
        let commodities = Dictionary(
            house.combinedCommodities.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var terms: [ArrayTerms] = []
        var positions: [CombinedCommodityCode: Int] = [:]
        for margin in parameters.combinedCommodities {
            guard let set = sets[margin.scenarioSet] else {
                throw .unknownScenarioSet(margin.combinedCommodity, margin.scenarioSet)
            }
            let decimals = commodities[margin.combinedCommodity].flatMap { currencies[$0.currency] } ?? 2
            positions[margin.combinedCommodity] = terms.count
            terms.append(
                ArrayTerms(
                    margin, scenarioSet: set,
                    deltaWeights: parameters.compositeDeltaWeights[margin.scenarioSet] ?? CompositeDeltaWeight.usual,
                    currencyDecimals: decimals,
                    lookAhead: LookAhead(
                        days: margin.lookAheadDays.double, margin.dayCount, from: market.businessDate,
                        market.calendar)))
        }
        self.terms = terms
        termsOfCommodity = positions
        let underlyings = Set(
            house.series.flatMap { series -> [String] in
                guard case .option(let option) = series.kind else { return [] }
                return [option.underlying.text] + (option.secondUnderlying.map { [$0.text] } ?? [])
            })
        var seriesPositions: [String: Int] = [:]
        for (position, series) in house.series.enumerated() where underlyings.contains(series.code.text) {
            seriesPositions[series.code.text] = position
        }
        self.seriesPositions = seriesPositions
    }

    /// The valuation of one series, or nil if it gets no array.
    func valuation(of position: Int) throws(ValuationBookError) -> SeriesValuation? {
        let series = house.series[position]
        guard let contract = contracts[series.contract] else { throw .unknownContract(series.code) }
        guard let terms = termsOfCommodity[contract.combinedCommodity],
            let settlement = price(at: position),
            series.expiryDate.map({ $0 >= market.businessDate }) ?? true || market.unsettled.contains(series.code)
        else { return nil }
        let margin = margins[terms]
        let kind: SeriesValuation.Kind
        let underlyingPrice: ExactDecimal
        switch (contract.kind, series.kind) {
        case (.future(let future), .future(let expiry, let underlying)):
            switch future.valuation {
            case .linear:
                kind = .linearFuture(price: settlement.double)
                underlyingPrice = settlement
            case .inverse:
                kind = .inverseFuture(price: settlement.double)
                underlyingPrice = settlement
            case .costOfCarry:
                guard let expiry, let underlying, let rateCode = future.discountRate else {
                    throw .incompleteTerms(series.code)
                }
                guard let found = price(of: underlying) else { return nil }
                underlyingPrice = found
                kind = .costOfCarryFuture(
                    spot: underlyingPrice.double, rate: try rate(rateCode, of: contract),
                    time: max(0, time(to: expiry, margin.dayCount)))
            }
        case (.option(let terms), .option(let option)):
            guard let found = price(of: option.underlying) else { return nil }
            underlyingPrice = found
            guard
                let market = try optionMarket(series, option, terms, contract, settlement, underlyingPrice, margin)
            else { return nil }
            kind = .option(market)
        default:
            throw .incompleteTerms(series.code)
        }
        return SeriesValuation(
            series: position, terms: terms, kind: kind, underlyingPrice: underlyingPrice, settlement: settlement,
            priceScanRange: priceScanRange(margin, month: series.contractMonth, underlyingPrice: underlyingPrice),
            contractValueFactor: contract.contractValueFactor)
    }

    /// Nil where a price that it needs is missing.
    private func optionMarket(
        _ series: Series, _ option: OptionSeriesTerms, _ terms: OptionTerms, _ contract: Contract,
        _ settlement: ExactDecimal, _ underlyingPrice: ExactDecimal, _ margin: CombinedCommodityMargin
    ) throws(ValuationBookError) -> SeriesValuation.OptionMarket? {
        let assigned = market.volatilities[series.code.text] ?? market.volatilities[option.underlying.text]
        if terms.volatilitySource == .assigned, assigned == nil { throw .noVolatility(series.code) }
        guard let model = try model(series, option, terms, contract, margin) else { return nil }
        return SeriesValuation.OptionMarket(
            model: model, strike: option.strike, expiryDate: option.expiryDate, underlyingPrice: underlyingPrice,
            underlying: underlyingPrice.double, settlement: settlement.double,
            time: max(0, time(to: option.expiryDate, margin.dayCount)),
            assignedVolatility: terms.volatilitySource == .assigned ? assigned?.double : nil)
    }

    private func model(
        _ series: Series, _ option: OptionSeriesTerms, _ terms: OptionTerms, _ contract: Contract,
        _ margin: CombinedCommodityMargin
    ) throws(ValuationBookError) -> OptionValuationModel? {
        let discount = try rate(terms.discountRate, of: contract)
        let carry = try terms.carryRate.map { code throws(ValuationBookError) in try rate(code, of: contract) } ?? 0
        let law: PricingModel
        switch terms.model {
        case .black76: law = .black76
        case .blackScholes: law = .blackScholes
        case .bachelier: law = .bachelier
        case .averagePrice:
            guard let start = option.averagingFrom else { throw .incompleteTerms(series.code) }
            let length = max(1, start.days(to: option.expiryDate))
            let passed = min(length, max(0, start.days(to: market.businessDate)))
            let average = market.realisedAverages[series.code]
            if passed > 0, average == nil { throw .noRealisedAverage(series.code) }
            return .averagePrice(
                AveragePriceTerms(
                    right: option.right, strike: option.strike.double, style: terms.style, rate: discount, carry: carry,
                    fixingsMade: passed, runningAverage: average?.double ?? 0, fixingsLeft: length - passed,
                    schedule: .continuous),
                timeToAveraging: time(to: start, margin.dayCount),
                daysToAveraging: market.businessDate.days(to: start))
        case .spread:
            guard let second = option.secondUnderlying else { throw .incompleteTerms(series.code) }
            guard let correlation = correlations[contract.code] else { throw .noCorrelation(contract.code) }
            guard let volatility = market.volatilities[second.text] else { throw .noVolatility(series.code) }
            guard let price = price(of: second) else { return nil }
            return .spread(
                SpreadOptionTerms(
                    right: option.right, strike: option.strike.double, style: terms.style, rate: discount),
                OptionValuationModel.SpreadMarket(
                    second: price.double, secondVolatility: volatility.double, correlation: correlation.double))
        }
        return .plain(
            VanillaOption(
                right: option.right, strike: option.strike.double, model: law,
                exercise: terms.exercise == .european ? .european : .american(terms.americanMethod),
                style: terms.style, rate: discount, carry: carry))
    }

    /// The price of a series or of a spot; nil where nobody priced it: the data gates see to it that nobody holds the
    /// option.
    private func price(of underlying: UnderlyingCode) -> ExactDecimal? {
        guard let position = seriesPositions[underlying.text] else { return market.underlyingPrices[underlying] }
        return price(at: position)
    }

    /// The settlement price of a series; of a future without one its final price. An option's is no price of its own.
    private func price(at position: Int) -> ExactDecimal? {
        let prices = market.prices[position]
        guard case .future = house.series[position].kind else { return prices.settlement }
        return prices.settlement ?? prices.finalSettlement
    }

    private func rate(_ code: RateCode, of contract: Contract) throws(ValuationBookError) -> Double {
        guard let rate = market.rates[code] else { throw .noRate(contract.code, code) }
        return rate.double
    }

    /// Years from the business date, below 0 for a day that is past (docs/methodology.md §1.7).
    private func time(to expiry: BusinessDate, _ dayCount: DayCount) -> Double {
        switch dayCount {
        case .actual365: Double(market.businessDate.days(to: expiry)) / 365
        case .business252:
            Double(market.calendar.businessDays(after: market.businessDate, through: expiry)) / 252
        }
    }

    /// The scan range of a month: its own row's or the combined commodity's; a percentage is of |underlying price|.
    private func priceScanRange(
        _ margin: CombinedCommodityMargin, month: ContractMonth, underlyingPrice: ExactDecimal
    ) -> ExactDecimal {
        let tier = scanRangeTiers[margin.combinedCommodity]?.first { month.isWithin($0.fromMonth, $0.toMonth) }
        switch tier?.priceScanRange ?? margin.priceScanRange {
        case .amount(let amount): return amount
        case .percent(let fraction): return fraction * underlyingPrice.magnitude
        }
    }
}

extension Series {
    /// The day the series leaves the book; nil for a future listed without one.
    package var expiryDate: BusinessDate? {
        switch kind {
        case .future(let expiry, _): expiry
        case .option(let option): option.expiryDate
        }
    }
}
