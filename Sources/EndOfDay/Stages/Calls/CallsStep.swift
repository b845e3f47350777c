import ClearingModel
import MarginCalls
import Margining
import MarketModel
import ParallelWork
import Postgres
import Quantities
import RiskArrays
import Runtime
import Scenarios
import Storage

/// Settles variation margin, values collateral and calls what is missing (docs/methodology.md §11).
struct CallsStep: StageStep {
    func openScope(_ scope: StageScope) throws {
        guard let base = scope.base else { return try scope.openWhole() }
        try scope.openAffectedAccounts(base) {
            try scope.connection.execute(
                .scopeCalls,
                [.int64(base.pinnedLoad), scope.pin, scope.date, scope.previous, scope.cycle, scope.run])
        }
    }

    func perform(
        _ context: RunContext, _ extent: StageExtent, _ connection: Connection, _ settings: RunSettings
    ) async throws -> Int64 {
        let inputs = try CallInputs.load(context, extent, from: connection)
        let outcomes = await inChunks(inputs.house.accounts.count, threads: settings.threads, completed: Progress.parts)
        { range in
            range.map { place in Result { try inputs.call(ofAccount: place) } }
        }
        let calls = try outcomes.compactMap { try $0.get() }
        return try CallStore(connection, book: inputs.book).save(calls, run: context.run) {
            Failpoint.midCopy.reached(.calls)
        }
    }
}

/// Everything the calls of a date are computed from.
private struct CallInputs: Sendable {
    let house: ClearingHouse
    let book: SettlementBook
    let previousPositions: PositionBook
    let trades: TradeBook
    let totals: [AccountCode: (requirement: ExactDecimal, addOns: ExactDecimal)]
    let collateral: [AccountCode: [CollateralHolding]]
    let limits: [AccountClassCode: CollateralLimits]
    let rules: [AccountClassCode: CallRuleRow]
    let collectedIntraday: [AccountCode: [(currency: CurrencyCode, amount: ExactDecimal)]]
    let owed: [AccountCode: [Money]]
    let rates: ExchangeRates
    let memberGroups: [MemberCode: CompanyGroupCode]
    /// End-of-day calls are due on the next business day, or on the date itself where the calendar ends; intraday calls
    /// on the date itself.
    let dueDate: BusinessDate
    let isIntraday: Bool

    static func load(_ context: RunContext, _ extent: StageExtent, from connection: Connection) throws -> CallInputs {
        let pin = context.pinnedLoad
        let house = try ClearingHouse.load(pinnedAt: pin, scope: extent.loadScope, from: connection)
        let market = try MarketSnapshot.load(
            pinnedAt: pin, businessDate: context.businessDate, cycle: context.cycle, series: house.series,
            scope: extent.loadScope,
            from: connection)
        let parameters = try MarginParameters.load(context.parameters, from: connection)
        let book = try settlementBook(house, market)
        let store = CallInputStore(connection)
        let none = PositionBook.empty(accountCount: house.accounts.count)
        let previous = try context.previousBusinessDate.map { date in
            try PositionStore(connection, house: house, series: book.terms.map(\.series.text)).load(
                pin: pin, date, cycle: .endOfDay, accountCount: house.accounts.count)
        }
        let isIntraday = context.cycle == .intraday
        return CallInputs(
            house: house, book: book, previousPositions: previous ?? none,
            trades: try store.trades(pin: pin, context.businessDate, house: house, book: book),
            totals: try store.totals(run: context.run),
            collateral: try store.collateral(pin: pin, context.businessDate, parameterSet: context.parameterSet),
            limits: try store.limits(context.parameters), rules: try store.callRules(context.parameters),
            collectedIntraday: try store.collectedIntraday(run: context.run),
            owed: try store.owed(pin: pin, context.businessDate, currencies: house.currencies),
            rates: ExchangeRates(house, market, parameters),
            memberGroups: Dictionary(
                house.members.map { ($0.code, CompanyGroupCode($0.group)) }, uniquingKeysWith: { first, _ in first }),
            dueDate: isIntraday
                ? context.businessDate : market.calendar.next(after: context.businessDate) ?? context.businessDate,
            isIntraday: isIntraday)
    }

    /// Every series with what settles it.
    private static func settlementBook(_ house: ClearingHouse, _ market: MarketSnapshot) throws -> SettlementBook {
        let contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let commodities = Dictionary(
            house.combinedCommodities.map { ($0.code, $0.currency) }, uniquingKeysWith: { first, _ in first })
        return try SettlementBook(
            house.series.enumerated().compactMap { place, series -> SettlementTerms? in
                guard let contract = contracts[series.contract],
                    let currency = commodities[contract.combinedCommodity].flatMap({ currencies[$0] })
                else { return nil }
                let prices = market.prices[place]
                return SettlementTerms(
                    series: series.code, currency: currency, contractValueFactor: contract.contractValueFactor,
                    instrument: instrument(contract, series), settlementPrice: prices.settlement,
                    previousSettlementPrice: prices.previousSettlement, finalSettlementPrice: prices.finalSettlement)
            })
    }

    private static func instrument(_ contract: Contract, _ series: Series) -> SettledInstrument {
        if case .future(let terms) = contract.kind, terms.valuation == .inverse { return .inverseFuture }
        guard case .option(let terms) = contract.kind, case .option(let option) = series.kind else { return .future }
        let right: SettledInstrument.Right = option.right == .call ? .call : .put
        return terms.style == .premium
            ? .premiumStyleOption(right: right, strike: option.strike)
            : .futuresStyleOption(right: right, strike: option.strike)
    }

    /// One account's call; nil for an account with nothing at all.
    func call(ofAccount place: Int) throws -> AccountCall? {
        let account = house.accounts[place]
        let rates = try rates.into(account.callCurrency)
        let currency = rates.callCurrency
        let held = previousPositions.positions(ofAccount: place)
        let traded = trades.trades[trades.spans[place]]
        let holdings = collateral[account.code] ?? []
        let total = totals[account.code]
        let collected = try collected(from: account, currency)
        if held.isEmpty, traded.isEmpty, holdings.isEmpty, total == nil, owed[account.code] == nil,
            collected.minorUnits == 0
        {
            return nil
        }

        var lines: [VariationMarginLine] = []
        let sums = try book.appendVariationMargin(
            previousPositions: bookPositions(held)[...], trades: traded, to: &lines)
        let values = try valuedCollateral(
            holdings.map(\.item), memberGroup: memberGroups[account.member],
            limits: limits[account.accountClass] ?? .none, rates: rates)
        let unpaid = try unpaidVariationMargin(
            variationMargin: sums, stillOwed: owed[account.code] ?? [], rates: rates)
        let components = MarginCallComponents(
            requirement: Money(rounding: total?.requirement ?? .zero, currency: currency),
            addOns: Money(rounding: total?.addOns ?? .zero, currency: currency),
            unpaidVariationMargin: unpaid.total(in: currency),
            collateralValue: acceptedTotal(of: values, in: currency), intradayCollected: collected)
        let rule = try rules[account.accountClass].map { rule in
            try CallRule(
                threshold: rule.threshold, minimumTransferAmount: rule.minimumTransferAmount, lot: rule.lot,
                intradayTrigger: rule.intradayTrigger, currency: currency)
        }
        let assets = Dictionary(holdings.map { ($0.item.item, $0.asset) }, uniquingKeysWith: { first, _ in first })
        return AccountCall(
            account: account,
            owners: account.marginingType == .segregated ? house.owners[account.code] ?? [] : [],
            call: isIntraday
                ? MarginCall(intraday: components, rule: rule) : MarginCall(components, rule: rule),
            variationMargin: lines, linePrices: lines.map { book.prices(of: $0, trades: traded) }, unpaid: unpaid,
            collateral: values,
            assets: values.map { assets[$0.item.item] ?? "" }, dueDate: dueDate,
            isIntraday: isIntraday)
    }

    /// What the intraday runs before called of an account.
    /// - Throws: exit 70 where its call currency has changed since: the amount was called in the one of then.
    private func collected(from account: Account, _ currency: Currency) throws -> Money {
        var total = Money.zero(currency)
        for call in collectedIntraday[account.code] ?? [] {
            guard call.currency == currency.code else {
                throw Failure(
                    .invariantBroken,
                    "account \(account.code) was called intraday in \(call.currency) and has the call currency "
                        + "\(currency.code) now",
                    hint: "correct account so that its call currency stays the same within a business date")
            }
            total = total + Money(rounding: call.amount, currency: currency)
        }
        return total
    }

    /// Positions in the order the settlement book wants: series, then owner.
    private func bookPositions(_ held: ArraySlice<Position>) -> [BookPosition] {
        let positions = held.map { position in
            BookPosition(
                series: SeriesIndex(rank: position.series), owner: OwnerIndex(rank: position.owner),
                longQuantity: position.long, shortQuantity: position.short)
        }
        let isOrdered = zip(positions, positions.dropFirst()).allSatisfy {
            ($0.series, $0.owner) < ($1.series, $1.owner)
        }
        return isOrdered ? positions : positions.sorted { ($0.series, $0.owner) < ($1.series, $1.owner) }
    }
}
