import Attribution
import ClearingModel
import Margining
import MarketModel
import Parameters
import PlainMargin
import Quantities
import RiskArrays
import Scenarios

/// A plain night given to the product: the same rows as a run would have pinned and published.
struct AttributionTranslation {
    static let volatilityFloor = ExactDecimal(mantissa: 1, scale: 2)
    let night: PlainNight
    /// Every combined commodity of the house and its currency, also those the night has no parameters of.
    let commodities: [PlainCommodity]
    /// Whether options have the night's volatilities assigned instead of published.
    var assignsVolatilities = false

    /// The night's inputs; `published` are its figures in minor units.
    func inputs(published: [AccountCode: PublishedFigures]) throws -> NightInputs {
        let house = try house()
        let listed = Set(night.list.map { SeriesCode($0) })
        let quoted = house.series.map { night.quotes[$0.code.text] }
        var (underlyings, interest) = ([UnderlyingCode: ExactDecimal](), [RateCode: ExactDecimal]())
        for (code, quote) in night.quotes {
            underlyings[UnderlyingCode("U-\(code)")] = exact(quote.underlying)
            interest[RateCode("R-\(code)")] = exact(quote.interest)
        }
        return NightInputs(
            house: house,
            market: MarketSnapshot(
                businessDate: BusinessDate(dayNumber: Int32(night.day)), calendar: BusinessCalendar([]),
                prices: quoted.map {
                    SeriesPrices(settlement: $0?.settlement.map(exact), finalSettlement: $0?.final.map(exact))
                }, underlyingPrices: underlyings,
                volatilities: assignsVolatilities ? try night.volatilities.mapValues(decimal) : [:], rates: interest),
            exchangeRates: try byPair(night.rates), parameters: try parameters(),
            liquidity: Dictionary(
                uniqueKeysWithValues: night.rest.volumes.map { code, volume in
                    (
                        CombinedCommodityCode(code),
                        LiquidityRow(
                            averageDailyVolume: exact(volume), openInterest: nil, dailyVolatility: nil, halfSpread: nil)
                    )
                }),
            listed: listed,
            volatilities: Dictionary(
                uniqueKeysWithValues: night.volatilities.map {
                    (SeriesCode($0), SeriesVolatility(volatility: $1, rule: .implied))
                }),
            positions: try positions(house), published: published)
    }

    private func decimal(_ volatility: Double) throws -> ExactDecimal {
        guard let decimal = ExactDecimal("\(volatility)"), decimal.double == volatility else {
            throw ProofError(what: "\(volatility) has too many digits")
        }
        return decimal
    }

    private func byPair(_ rows: [PlainPair: Rational]) throws -> [CurrencyPair: ExactDecimal] {
        var pairs: [CurrencyPair: ExactDecimal] = [:]
        for (pair, value) in rows {
            pairs[CurrencyPair(from: try currencyCode(pair.from), to: try currencyCode(pair.to))] = exact(value)
        }
        return pairs
    }

    private func house() throws -> ClearingHouse {
        let instruments = try night.rest.series.sorted { $0.key < $1.key }.map { code, terms in
            try instrument(code, terms)
        }
        return ClearingHouse(
            currencies: try night.rest.currencies.map {
                Currency(code: try currencyCode($0.code), decimals: $0.decimals)
            },
            members: night.rest.multipliers.sorted { $0.key < $1.key }.map { code, multiplier in
                ClearingMember(
                    code: MemberCode(code), name: code, group: CompanyGroupCode(code),
                    creditMultiplier: exact(multiplier))
            },
            accounts: try night.rest.accounts.sorted { $0.key < $1.key }.map { code, terms in
                Account(
                    code: AccountCode(code), member: MemberCode(terms.member), origin: .client,
                    marginingType: type(terms.type),
                    accountClass: AccountClassCode(code), callCurrency: try currencyCode(terms.callCurrency))
            }, owners: owners,
            combinedCommodities: try commodities.map {
                CombinedCommodity(
                    code: CombinedCommodityCode($0.code), name: $0.code, currency: try currencyCode($0.currency))
            }, contracts: instruments.map(\.0), series: instruments.map(\.1))
    }

    /// Those who hold something, of the accounts that are segregated.
    private var owners: [AccountCode: [OwnerCode]] {
        var owners: [AccountCode: [OwnerCode]] = [:]
        for (code, terms) in night.rest.accounts where terms.type == .segregated {
            let holders = (night.held[code] ?? [:]).keys.sorted()
            if !holders.isEmpty { owners[AccountCode(code)] = holders.map { OwnerCode($0) } }
        }
        return owners
    }

    private func type(_ plain: PlainMarginingType) -> MarginingType {
        switch plain {
        case .net: .net
        case .grossOmnibus: .grossOmnibus
        case .segregated: .segregated
        }
    }

    private func instrument(_ code: String, _ terms: PlainNightTerms.Series) throws -> (Contract, Series) {
        let commodity = CombinedCommodityCode(terms.commodity)
        guard terms.kind == .future else {
            return try optionSeries(
                code, terms, commodity: commodity, volatilities: assignsVolatilities ? .assigned : .implied)
        }
        return (
            Contract(
                code: ContractCode(code), combinedCommodity: commodity,
                contractValueFactor: exact(terms.contractValueFactor),
                deltaScalingFactor: exact(terms.deltaScalingFactor), kind: .future(FutureTerms())),
            Series(
                code: SeriesCode(code), contract: ContractCode(code), contractMonth: contractMonth(terms.month),
                kind: .future(expiryDate: BusinessDate(dayNumber: Int32(terms.expiryDay)), underlying: nil))
        )
    }

    private func parameters() throws -> ParameterSet {
        var plain = PlainHouse.classicHouse()
        plain.currencies = night.rest.currencies
        plain.commodities = night.parameters.commodities
        plain.interSpreads = night.parameters.interSpreads
        let rows = try MarginBookRows(plain)
        let extremes = night.parameters.ranges.values.first
        let set = try ScenarioSet.classic(
            code: ScenarioSetCode("SET"), extremeMultiple: exact(extremes?.extremeMultiple ?? 2),
            extremeCover: exact(extremes?.extremeCover ?? 0))
        return ParameterSet(
            code: ParameterSetCode("P"), scenarioSets: [set],
            combinedCommodities: rows.margins.map { margin($0) }, monthTiers: rows.monthTiers,
            intraSpreads: rows.intraSpreads, intraSpreadLegs: rows.intraSpreadLegs,
            deliveryCharges: rows.deliveryCharges, interSpreads: rows.interSpreads,
            interSpreadLegs: rows.interSpreadLegs,
            accountClasses: night.parameters.classes.sorted { $0.key < $1.key }.map { code, rules in
                AccountClassMargin(
                    accountClass: AccountClassCode(code), initialRatio: exact(rules.initialRatio),
                    netOptionValueIsCapped: rules.netOptionValueIsCapped, offsetCap: rules.offsetCap.map(exact))
            }, fxHaircuts: try byPair(night.parameters.haircuts),
            addOns: AddOnParameters(
                liquidityGroups: [], concentrationTiers: [],
                memberConcentrationTiers: night.parameters.concentration.sorted { $0.key < $1.key }.map { code, tier in
                    ConcentrationTierRow(
                        accountClass: nil, combinedCommodity: CombinedCommodityCode(code), tiersOf: "adv",
                        tier: ConcentrationTier(above: exact(tier.above), rate: exact(tier.rate)))
                }, halfSpreads: [], impacts: []))
    }

    private func margin(_ row: CombinedCommodityMargin) -> CombinedCommodityMargin {
        guard let ranges = night.parameters.ranges[row.combinedCommodity.text] else { return row }
        return CombinedCommodityMargin(
            combinedCommodity: row.combinedCommodity, scenarioSet: row.scenarioSet,
            priceScanRange: .percent(exact(ranges.price)), volatilityScanRange: .relative(exact(ranges.volatility)),
            volatilityFloor: Self.volatilityFloor, arrayDecimals: row.arrayDecimals,
            weightedPriceRiskMethod: row.weightedPriceRiskMethod,
            shortOptionMinimumMethod: row.shortOptionMinimumMethod, shortOptionMinimumRate: row.shortOptionMinimumRate)
    }

    private func positions(_ house: ClearingHouse) throws -> PositionBook {
        var (positions, spans) = ([Position](), [Range<Int>]())
        for account in house.accounts {
            let start = positions.count
            let owners = (night.held[account.code.text] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
            for (owner, held) in owners.enumerated().flatMap({ owner, held in held.map { (owner, $0) } }) {
                guard let series = house.series.firstIndex(where: { $0.code.text == held.series }) else {
                    throw ProofError(what: "no series \(held.series)")
                }
                positions.append(
                    Position(
                        owner: Int32(owner), series: Int32(series), long: Int64(held.long), short: Int64(held.short)))
            }
            spans.append(start..<positions.count)
        }
        return PositionBook(positions: positions, spans: spans)
    }
}
