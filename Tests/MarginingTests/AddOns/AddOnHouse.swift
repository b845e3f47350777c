import ClearingModel
import Margining
import Parameters
import Quantities
import Scenarios

/// A house whose add-ons are computed by hand: two members, two dollar accounts of ALPHA's member, one euro account of
/// BETA's. Nothing is charged until a row says so.
struct AddOnHouse {
    static let euro: Currency = {
        guard let code = CurrencyCode("EUR") else { preconditionFailure("EUR is a currency") }
        return Currency(code: code, decimals: 2)
    }()
    static let corn = CombinedCommodityCode("CORN")
    static let wheat = CombinedCommodityCode("WHEAT")
    static let house = AccountClassCode("HOUSE")
    static let client = AccountClassCode("CLIENT")

    var book: SmallBook
    /// By contract: whose name it is on.
    var referenceGroups: [ContractCode: CompanyGroupCode] = [:]
    var marginingType = MarginingType.net
    var classes = [
        AccountClassMargin(accountClass: AddOnHouse.house), AccountClassMargin(accountClass: AddOnHouse.client),
    ]
    /// What the first member's requirement is brought to.
    var memberMultiplier = "1"
    var rates: [CurrencyPair: ExactDecimal] = [
        CurrencyPair(from: AddOnHouse.euro.code, to: SmallBook.dollar.code): exact("1.25"),
        CurrencyPair(from: SmallBook.dollar.code, to: AddOnHouse.euro.code): exact("0.8"),
    ]
    var liquidityGroups: [LiquidityGroupRow] = []
    var tiers: [ConcentrationTierRow] = []
    var memberTiers: [ConcentrationTierRow] = []
    var halfSpreads: [HalfSpreadRow] = []
    var impacts: [ImpactRow] = []
    var liquidity: [CombinedCommodityCode: LiquidityRow] = [
        AddOnHouse.corn: LiquidityRow(
            averageDailyVolume: exact("100"), openInterest: nil, dailyVolatility: exact("1.5"),
            halfSpread: exact("0.25")),
        AddOnHouse.wheat: LiquidityRow(
            averageDailyVolume: exact("100"), openInterest: nil, dailyVolatility: nil, halfSpread: nil),
    ]
    var exposures: [AccountExposures] = []
    var requirements: [AccountCode: ExactDecimal] = [:]
    var groups = SimulatedGroups([], .none)
    /// By account: series, long and short.
    var positions: [String: [(series: String, long: Int64, short: Int64)]] = [:]

    init() throws { book = try SmallBook() }

    /// A liquidity group of the house class and the client class with a horizon of two days.
    mutating func liquidityGroup(_ code: String, of commodities: [CombinedCommodityCode], participation: String = "0.5")
    {
        for accountClass in [Self.house, Self.client] {
            liquidityGroups += commodities.map {
                LiquidityGroupRow(
                    accountClass: accountClass, group: LiquidityGroupCode(code), horizonDays: exact("2"),
                    combinedCommodity: $0, participation: exact(participation), extraDays: .zero)
            }
        }
    }

    static func tier(
        above: String, rate: String, of accountClass: AccountClassCode? = nil, measure: String = "adv"
    ) -> ConcentrationTierRow {
        ConcentrationTierRow(
            accountClass: accountClass, combinedCommodity: corn, tiersOf: measure,
            tier: ConcentrationTier(above: exact(above), rate: exact(rate)))
    }

    /// What an account holds: net delta and base, in the currency given.
    mutating func holds(
        _ account: String, _ commodity: CombinedCommodityCode = AddOnHouse.corn, delta: String, base: String,
        risk: String = "0", alone: String = "0", owner: OwnerCode = .none, in currency: Currency = SmallBook.dollar
    ) {
        func money(_ amount: String) -> Money { Money(rounding: exact(amount), currency: currency) }
        let exposure = Exposure(
            owner: owner, combinedCommodity: commodity, netDelta: Delta(rounding: exact(delta)), base: money(base),
            initialRisk: money(risk), standaloneInitialRisk: money(alone))
        if let index = exposures.firstIndex(where: { $0.account.text == account }) {
            exposures[index].exposures.append(exposure)
        } else {
            exposures.append(AccountExposures(account: AccountCode(account), exposures: [exposure]))
        }
    }

    private var clearingHouse: ClearingHouse {
        func account(
            _ code: String, _ member: String, _ accountClass: AccountClassCode, _ currency: Currency
        ) -> Account {
            Account(
                code: AccountCode(code), member: MemberCode(member), origin: .house, marginingType: marginingType,
                accountClass: accountClass, callCurrency: currency.code)
        }
        return ClearingHouse(
            currencies: [Self.euro, SmallBook.dollar],
            members: [
                ClearingMember(
                    code: MemberCode("M1"), name: "First", group: CompanyGroupCode("ALPHA"),
                    creditMultiplier: exact(memberMultiplier)),
                ClearingMember(
                    code: MemberCode("M2"), name: "Second", group: CompanyGroupCode("BETA"), creditMultiplier: .one),
            ],
            accounts: [
                account("A1", "M1", Self.house, SmallBook.dollar), account("A2", "M1", Self.house, SmallBook.dollar),
                account("B1", "M2", Self.client, Self.euro),
            ],
            owners: [:], combinedCommodities: book.rows.combinedCommodities,
            contracts: book.rows.contracts.map { row in
                Contract(
                    code: row.code, combinedCommodity: row.combinedCommodity,
                    contractValueFactor: row.contractValueFactor, kind: row.kind,
                    referenceGroup: referenceGroups[row.code])
            },
            series: book.rows.series)
    }

    /// What a run charges, all of it.
    func charged() async throws -> RunAddOns {
        let house = clearingHouse
        return try await RunAddOns.compute(
            AddOnInputs(
                house: house,
                parameters: ParameterSet(
                    code: ParameterSetCode("PS1"), accountClasses: classes,
                    addOns: AddOnParameters(
                        liquidityGroups: liquidityGroups, concentrationTiers: tiers,
                        memberConcentrationTiers: memberTiers, halfSpreads: halfSpreads, impacts: impacts)),
                liquidity: liquidity,
                rates: ExchangeRates(
                    house.currencies, rates: rates,
                    haircuts: [CurrencyPair(from: SmallBook.dollar.code, to: Self.euro.code): exact("0.1")]),
                exposures: exposures, requirements: requirements, groups: groups,
                portfolios: AddOnInputs.needsPortfolios(house, classes) ? try portfolios(house) : nil),
            threads: 1)
    }

    private func portfolios(_ house: ClearingHouse) throws -> MarginedPortfolios {
        let kernel = try book.kernel()
        var (held, spans) = ([Position](), [Range<Int>]())
        for account in house.accounts {
            let start = held.count
            for (series, long, short) in positions[account.code.text] ?? [] {
                guard let index = kernel.book.seriesIndex(of: SeriesCode(series)) else { continue }
                held.append(Position(series: Int32(index), long: long, short: short))
            }
            spans.append(start..<held.count)
        }
        let currencies = [Self.euro.code: Self.euro, SmallBook.dollar.code: SmallBook.dollar]
        return MarginedPortfolios(
            kernel: kernel, positions: PositionBook(positions: held, spans: spans),
            accountTerms: house.accounts.map { account in
                currencies[account.callCurrency].map {
                    AccountTerms(account: account.code, marginingType: account.marginingType, callCurrency: $0)
                }
            },
            settlementPrices: book.rows.settlementPrices)
    }
}

extension RunAddOns {
    /// Each add-on as `account level kind item amount converted`, in the run's order.
    var lines: [String] {
        addOns.map { addOn in
            "\(addOn.account) \(addOn.level.rawValue) \(addOn.line.kind.rawValue) \(addOn.line.item) "
                + "\(addOn.line.amount) \(addOn.converted)"
        }
    }
}
