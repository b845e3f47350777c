import ClearingModel
import MarketModel
import Parameters
import PlainMargin
import Quantities
import Scenarios
import Stress

/// A plain house of §8 given to the product: the same rows as reference data, market, parameters, positions and what
/// stands behind the members.
///
/// Options are Bachelier's, so that a price may be at or below zero; their value under stress is the product's own
/// kernel's in both implementations (`KernelRepricing`), and everything that follows from it is computed twice.
struct StressTranslation {
    let plain: PlainStressHouse
    let house: ClearingHouse
    let book: StressBook
    let set: StressSet
    let rates: ExchangeRates
    private let base: Currency

    static let businessDate = BusinessDate(year: 2030, month: 10, day: 1)
    private static let expiry = BusinessDate(year: 2030, month: 10, day: 25)
    private static let scenarioSet = ScenarioSetCode("SET")
    private static let rate = RateCode("R")

    init(_ plain: PlainStressHouse) throws {
        self.plain = plain
        let house = try Self.house(plain)
        let code = try currencyCode(plain.baseCurrency)
        guard let base = house.currencies.first(where: { $0.code == code }) else {
            throw ProofError(what: "no base currency \(code)")
        }
        self.house = house
        self.base = base
        set = try Self.set(plain)
        var (prices, haircuts): ([CurrencyPair: ExactDecimal], [CurrencyPair: ExactDecimal]) = ([:], [:])
        for row in plain.conversions {
            let pair = CurrencyPair(from: try currencyCode(row.from), to: try currencyCode(row.to))
            prices[pair] = exact(row.rate)
            haircuts[pair] = exact(row.haircut)
        }
        rates = ExchangeRates(house.currencies, rates: prices, haircuts: haircuts)
        book = try StressBook(
            house: house, market: try Self.market(plain, house), parameters: try Self.parameters(plain),
            horizonDays: set.horizonDays, base: base, rates: rates, positions: Self.positions(plain, house),
            published: plain.series.map(Self.published))
    }

    /// What the night is computed from.
    func inputs() throws -> StressInputs {
        var covers: [AccountCode: AccountCover] = [:]
        // As on a night, on which an account without requirement and add-ons has no row.
        for account in plain.accounts
        where account.owners.contains(where: { $0.requirement != 0 })
            || account.addOns.contains(where: { $0.amount != 0 })
        {
            covers[AccountCode(account.code)] = try cover(of: account)
        }
        return StressInputs(
            set: set, book: book, covers: covers,
            resources: StatedResources(
                fund: try plain.fund.map(stated), contributions: try stated(plain.contributions),
                liquidity: try stated(plain.secondRound?.resources ?? [])),
            rates: rates, secondRound: try plain.secondRound.map(secondRound))
    }
}

extension StressTranslation {
    private static func house(_ plain: PlainStressHouse) throws -> ClearingHouse {
        let accounts = plain.accounts.sorted { $0.code < $1.code }
        var owners: [AccountCode: [OwnerCode]] = [:]
        for account in accounts where account.type == .segregated {
            owners[AccountCode(account.code)] = account.owners.map { OwnerCode($0.code) }.sorted()
        }
        let series = plain.series.sorted { $0.code < $1.code }
        return ClearingHouse(
            currencies: try plain.currencies.map { Currency(code: try currencyCode($0.code), decimals: $0.decimals) }
                .sorted { $0.code < $1.code },
            members: plain.members.sorted { $0.code < $1.code }.map { member in
                ClearingMember(
                    code: MemberCode(member.code), name: member.code,
                    group: CompanyGroupCode(member.group ?? member.code), creditMultiplier: .one)
            },
            accounts: try accounts.map { account in
                Account(
                    code: AccountCode(account.code), member: MemberCode(account.member),
                    origin: account.isHouse ? .house : .client, marginingType: marginingType(account.type),
                    accountClass: AccountClassCode("CLASS"), callCurrency: try currencyCode(account.callCurrency))
            },
            owners: owners,
            combinedCommodities: try plain.commodities.sorted { $0.code < $1.code }.map { commodity in
                CombinedCommodity(
                    code: CombinedCommodityCode(commodity.code), name: commodity.code,
                    currency: try currencyCode(commodity.currency), canTradeAtOrBelowZero: true)
            },
            contracts: series.map(contract),
            series: series.map { series in
                Series(
                    code: SeriesCode(series.code), contract: ContractCode(series.code),
                    contractMonth: contractMonth(series.month), kind: kind(series))
            })
    }

    private static func marginingType(_ type: PlainMarginingType) -> MarginingType {
        switch type {
        case .net: .net
        case .grossOmnibus: .grossOmnibus
        case .segregated: .segregated
        }
    }

    private static func contract(_ series: PlainStressSeries) -> Contract {
        let kind: ContractKind =
            series.kind.isOption
            ? .option(
                OptionTerms(
                    model: .bachelier, exercise: .european, style: series.kind.isPremiumOption ? .premium : .futures,
                    volatilitySource: .implied, discountRate: rate)) : .future(FutureTerms())
        return Contract(
            code: ContractCode(series.code), combinedCommodity: CombinedCommodityCode(series.commodity),
            contractValueFactor: exact(series.contractValueFactor),
            deltaScalingFactor: exact(series.deltaScalingFactor), kind: kind)
    }

    /// At the money; each option is on a price of its own, which is its future's.
    private static func kind(_ series: PlainStressSeries) -> SeriesKind {
        guard series.kind.isOption else { return .future(expiryDate: nil, underlying: nil) }
        return .option(
            OptionSeriesTerms(
                right: series.kind.isCall ? .call : .put, strike: exact(series.underlyingPrice),
                underlying: UnderlyingCode("\(series.code)-U"), expiryDate: expiry))
    }

    private static func market(_ plain: PlainStressHouse, _ house: ClearingHouse) throws -> MarketSnapshot {
        let settlements = Dictionary(
            plain.series.map { (SeriesCode($0.code), exact($0.settlementPrice)) },
            uniquingKeysWith: { first, _ in first })
        var underlyings: [UnderlyingCode: ExactDecimal] = [:]
        for series in plain.series where series.kind.isOption {
            underlyings[UnderlyingCode("\(series.code)-U")] = exact(series.underlyingPrice)
        }
        return MarketSnapshot(
            businessDate: businessDate, calendar: BusinessCalendar([businessDate]),
            prices: house.series.map { SeriesPrices(settlement: settlements[$0.code]) }, underlyingPrices: underlyings,
            volatilities: [:], rates: [rate: ExactDecimal(mantissa: 3, scale: 2)])
    }

    private static func parameters(_ plain: PlainStressHouse) throws -> ParameterSet {
        ParameterSet(
            code: ParameterSetCode("P"), scenarioSets: [try .classic(code: scenarioSet)],
            combinedCommodities: plain.commodities.map { commodity in
                CombinedCommodityMargin(
                    combinedCommodity: CombinedCommodityCode(commodity.code), scenarioSet: scenarioSet,
                    priceScanRange: .amount(.one), volatilityScanRange: .relative(.zero),
                    volatilityFloor: ExactDecimal(mantissa: 5, scale: 1), arrayDecimals: commodity.arrayDecimals)
            })
    }

    /// Only which series it is and an option's volatility are read: 8 price units a year's root.
    private static func published(_ series: PlainStressSeries) -> PublishedRiskArray {
        PublishedRiskArray(
            series: SeriesCode(series.code), arrayDecimals: 0, values: [], compositeDelta: CompositeDelta(.zero),
            priceScanRange: .one,
            volatility: series.kind.isOption ? 8 : nil, volatilityRule: series.kind.isOption ? .implied : nil)
    }

    private static func positions(_ plain: PlainStressHouse, _ house: ClearingHouse) -> PositionBook {
        var (positions, spans): ([Position], [Range<Int>]) = ([], [])
        for account in plain.accounts.sorted(by: { $0.code < $1.code }) {
            let start = positions.count
            for (owner, held) in account.owners.sorted(by: { $0.code < $1.code }).enumerated() {
                for (place, series) in plain.series.enumerated() {
                    for position in held.positions where position.series == series.code {
                        positions.append(
                            Position(
                                owner: Int32(owner), series: Int32(place), long: Int64(position.long),
                                short: Int64(position.short)))
                    }
                }
            }
            spans.append(start..<positions.count)
        }
        return PositionBook(positions: positions, spans: spans)
    }
}
