import ClearingModel
import Margining
import PlainMargin
import Quantities
import Scenarios

extension MarginBookRows {
    init(_ house: PlainHouse) throws {
        self.init()
        let set = ScenarioSetCode("SET")
        currencies = try house.currencies.map { Currency(code: try currencyCode($0.code), decimals: $0.decimals) }
        scenarioSets = [
            try ScenarioSet(
                code: set,
                scenarios: house.scenarios.enumerated().map { position, scenario in
                    ScenarioDefinition(
                        number: position + 1, priceMoveNumerator: ExactDecimal(Int(scenario.priceMove.numerator)),
                        priceMoveDenominator: ExactDecimal(Int(scenario.priceMove.denominator)),
                        volatilityMove: ExactDecimal(scenario.pair == position + 1 ? 0 : 1), pair: scenario.pair)
                })
        ]
        for commodity in house.commodities { try add(commodity, scenarioSet: set) }
        for series in house.series { add(series) }
        for spread in house.interSpreads { add(spread) }
        conversions = try house.conversions.map {
            CurrencyConversion(
                from: try currencyCode($0.from), to: try currencyCode($0.to), rate: exact($0.rate),
                haircut: exact($0.haircut))
        }
    }

    private mutating func add(_ commodity: PlainCommodity, scenarioSet: ScenarioSetCode) throws {
        let code = CombinedCommodityCode(commodity.code)
        combinedCommodities.append(
            CombinedCommodity(code: code, name: commodity.code, currency: try currencyCode(commodity.currency)))
        let method: WeightedPriceRiskMethod =
            switch commodity.method {
            case .capped: .capped
            case .normal: .normal
            case .scanRange: .scanRange
            }
        margins.append(
            CombinedCommodityMargin(
                combinedCommodity: code, scenarioSet: scenarioSet, priceScanRange: .amount(.one),
                volatilityScanRange: .relative(.zero), volatilityFloor: .one, arrayDecimals: commodity.arrayDecimals,
                weightedPriceRiskMethod: method,
                shortOptionMinimumMethod: commodity.minimumMethod == .gross ? .gross : .max,
                shortOptionMinimumRate: exact(commodity.minimumRate)))
        for tier in commodity.tiers {
            monthTiers += tier.months.map {
                MonthTier(
                    combinedCommodity: code, tier: TierCode(tier.code), contractMonth: contractMonth($0),
                    isScannedApart: tier.isScannedApart)
            }
        }
        for spread in commodity.intraSpreads { add(spread, of: code) }
        deliveryCharges += commodity.deliveryCharges.map {
            let side: DeliverySide =
                switch $0.side {
                case .both: .both
                case .long: .long
                case .short: .short
                }
            return DeliveryCharge(
                combinedCommodity: code, contractMonth: contractMonth($0.month), outrightRate: exact($0.outrightRate),
                spreadRate: exact($0.spreadRate), appliesTo: side)
        }
    }

    private mutating func add(_ spread: PlainIntraSpread, of commodity: CombinedCommodityCode) {
        let charge: IntraSpreadCharge =
            switch spread.charge {
            case .flat(let amount): .flat(exact(amount))
            case .weightedPriceRisk(let share): .weightedPriceRisk(exact(share))
            }
        intraSpreads.append(
            IntraSpread(
                combinedCommodity: commodity, spread: SpreadCode(spread.code),
                legKind: spread.isSeriesToSeries ? .series : .tier, priority: spread.priority, charge: charge))
        for (number, leg) in spread.legs.enumerated() {
            let pool: IntraSpreadPool =
                switch leg.pool {
                case .month(let month): .month(contractMonth(month))
                case .tier(let code): .tier(TierCode(code))
                }
            intraSpreadLegs.append(
                IntraSpreadLeg(
                    combinedCommodity: commodity, spread: SpreadCode(spread.code), leg: number + 1,
                    side: leg.side == .a ? .a : .b, pool: pool, ratio: exact(leg.ratio)))
        }
    }

    private mutating func add(_ series: PlainSeries) {
        let contract = ContractCode(series.code)
        let code = SeriesCode(series.code)
        let contractKind: ContractKind
        let kind: SeriesKind
        switch series.kind {
        case .future:
            contractKind = .future(FutureTerms())
            kind = .future(expiryDate: nil, underlying: nil)
        case .call(let isPremium), .put(let isPremium):
            contractKind = .option(
                OptionTerms(
                    model: .black76, exercise: .european, style: isPremium ? .premium : .futures,
                    volatilitySource: .implied, discountRate: RateCode("R")))
            kind = .option(
                OptionSeriesTerms(
                    right: series.kind.isCall ? .call : .put, strike: .one, underlying: UnderlyingCode("U"),
                    expiryDate: BusinessDate(year: 2040, month: 1, day: 1)))
        }
        contracts.append(
            Contract(
                code: contract, combinedCommodity: CombinedCommodityCode(series.commodity),
                contractValueFactor: exact(series.contractValueFactor),
                deltaScalingFactor: exact(series.deltaScalingFactor), kind: contractKind))
        self.series.append(
            Series(code: code, contract: contract, contractMonth: contractMonth(series.month), kind: kind))
        settlementPrices[code] = exact(series.settlementPrice)
    }

    private mutating func add(_ spread: PlainInterSpread) {
        let kind: InterSpreadKind =
            switch spread.kind {
            case .delta: .delta
            case .flat: .flat
            case .scan: .scan
            }
        interSpreads.append(
            InterSpread(
                spread: SpreadCode(spread.code), priority: spread.priority, kind: kind, isSuper: spread.isSuper,
                creditRate: spread.rate.map(exact)))
        for (number, leg) in spread.legs.enumerated() {
            interSpreadLegs.append(
                InterSpreadLeg(
                    spread: SpreadCode(spread.code), leg: number + 1,
                    combinedCommodity: CombinedCommodityCode(leg.commodity), tier: leg.tier.map { TierCode($0) },
                    side: leg.side == .a ? .a : .b, ratio: exact(leg.ratio), creditRate: leg.rate.map(exact)))
        }
    }
}
