import ClearingModel
import MarginCalls
import MarketModel
import Parameters
import Quantities

/// A house of one account and one series whose call is computed by hand: FUT at 100 yesterday and 98 today, ten dollars
/// a unit of price.
struct CallHouse {
    static let account = AccountCode("A")
    static let accountClass = AccountClassCode("HOUSE")

    var callCurrency = "USD"
    var cycle = Cycle.endOfDay
    /// Long and short of the day before.
    var held: (long: Int64, short: Int64)?
    var trades: [(quantity: Int64, price: String)] = []
    var settlement: String? = "98"
    var total: (requirement: String, addOns: String)?
    var collateral: [CollateralHolding] = []
    var limits: CollateralLimits?
    /// Threshold, minimum transfer amount, lot and intraday trigger.
    var rule: (threshold: String, minimum: String, lot: String, trigger: String?)?
    var collected: [(currency: String, amount: String)] = []
    var owed: [Money] = []
    var businessDays = [2, 3, 7]
    let businessDate = BusinessDate(year: 2026, month: 9, day: 3)

    func call() throws -> AccountCall? {
        let (dollar, euro) = (try currency("USD"), try currency("EUR"))
        let calendar = BusinessCalendar(businessDays.map { BusinessDate(year: 2026, month: 9, day: $0) })
        let house = ClearingHouse(
            currencies: [euro, dollar],
            members: [
                ClearingMember(
                    code: MemberCode("M"), name: "Member", group: CompanyGroupCode("OWN"), creditMultiplier: .one)
            ],
            accounts: [
                Account(
                    code: Self.account, member: MemberCode("M"), origin: .house, marginingType: .net,
                    accountClass: Self.accountClass, callCurrency: try code(callCurrency))
            ],
            owners: [:],
            combinedCommodities: [
                CombinedCommodity(code: CombinedCommodityCode("CC"), name: "CC", currency: dollar.code)
            ],
            contracts: [
                Contract(
                    code: ContractCode("C"), combinedCommodity: CombinedCommodityCode("CC"),
                    contractValueFactor: try exact("10"), kind: .future(FutureTerms()))
            ],
            series: [
                Series(
                    code: SeriesCode("FUT"), contract: ContractCode("C"), contractMonth: try month("2026-12"),
                    kind: .future(expiryDate: nil, underlying: nil))
            ])
        let prices = [SeriesPrices(settlement: try settlement.map(exact), previousSettlement: try exact("100"))]
        let traded = try trades.map { trade in
            BookTrade(series: SeriesIndex(rank: 0), quantity: trade.quantity, price: try exact(trade.price))
        }
        let positions = held.map { [Position(series: 0, long: $0.long, short: $0.short)] } ?? []
        let inputs = CallInputs(
            house: house, book: try SettlementBook(house, prices: prices), businessDate: businessDate, cycle: cycle,
            calendar: calendar,
            previousPositions: PositionBook(positions: positions, spans: [0..<positions.count]),
            trades: TradeBook(trades: traded, spans: [0..<traded.count]),
            totals: try total.map {
                [
                    Self.account: AccountTotals(
                        requirement: try exact($0.requirement), addOns: try exact($0.addOns))
                ]
            } ?? [:],
            collateral: collateral.isEmpty ? [:] : [Self.account: collateral],
            parameters: ParameterSet(
                code: ParameterSetCode("PS1"),
                callRules: try rule.map {
                    [
                        Self.accountClass: CallRuleRow(
                            threshold: try exact($0.threshold), minimumTransferAmount: try exact($0.minimum),
                            lot: try exact($0.lot), intradayTrigger: try $0.trigger.map(exact))
                    ]
                } ?? [:], collateralLimits: limits.map { [Self.accountClass: $0] } ?? [:]),
            collectedIntraday: collected.isEmpty
                ? [:]
                : [
                    Self.account: try collected.map {
                        IntradayCollected(currency: try code($0.currency), amount: try exact($0.amount))
                    }
                ],
            owed: owed.isEmpty ? [:] : [Self.account: owed],
            rates: ExchangeRates(
                house.currencies,
                rates: [
                    CurrencyPair(from: euro.code, to: dollar.code): try exact("1.25")
                ],
                haircuts: [CurrencyPair(from: euro.code, to: dollar.code): try exact("0.1")]))
        return try inputs.call(ofAccount: 0)
    }
}
