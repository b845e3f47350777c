import ClearingModel
import Parameters
import Quantities

extension CallInputs {
    /// The call of the account at a place in the house's list; nil for an account with nothing at all.
    ///
    /// Variation margin on the positions of the day before and the day's trades, collateral with haircuts and limits,
    /// what is still owed, requirement and add-ons, netted against what was collected intraday and put to the class's
    /// rule. Throws for a price, rate or rule that is missing or unusable, and `callCurrencyChanged`.
    package func call(ofAccount index: Int) throws(MarginCallsError) -> AccountCall? {
        let account = house.accounts[index]
        let rates = try rates(of: account)
        let currency = rates.callCurrency
        let held = previousPositions.positions(ofAccount: index)
        let traded = trades.trades(ofAccount: index)
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
            limits: parameters.collateralLimits[account.accountClass] ?? .none, rates: rates)
        let unpaid = try unpaidVariationMargin(
            variationMargin: sums, stillOwed: owed[account.code] ?? [], rates: rates)
        let components = MarginCallComponents(
            requirement: Money(rounding: total?.requirement ?? .zero, currency: currency),
            addOns: Money(rounding: total?.addOns ?? .zero, currency: currency),
            unpaidVariationMargin: unpaid.total(in: currency),
            collateralValue: acceptedTotal(of: values, in: currency), intradayCollected: collected)
        let rule = try parameters.callRules[account.accountClass]?.rule(in: currency)
        let assets = Dictionary(holdings.map { ($0.item.item, $0.asset) }, uniquingKeysWith: { first, _ in first })
        return AccountCall(
            account: account,
            owners: account.marginingType == .segregated ? house.owners[account.code] ?? [] : [],
            call: isIntraday
                ? MarginCall(intraday: components, rule: rule) : MarginCall(components, rule: rule),
            variationMargin: lines, linePrices: lines.map { book.prices(of: $0, trades: traded) }, unpaid: unpaid,
            collateral: values, assets: values.map { assets[$0.item.item] ?? "" }, dueDate: dueDate,
            isIntraday: isIntraday)
    }

    private func rates(of account: Account) throws(MarginCallsError) -> CallCurrencyRates {
        do {
            return try rates.into(account.callCurrency)
        } catch {
            throw .conversion(error)
        }
    }

    /// What the intraday runs before called of an account.
    ///
    /// Throws where its call currency has changed since: the amount was called in the one of then.
    private func collected(from account: Account, _ currency: Currency) throws(MarginCallsError) -> Money {
        var total = Money.zero(currency)
        for call in collectedIntraday[account.code] ?? [] {
            guard call.currency == currency.code else {
                throw .callCurrencyChanged(account.code, from: call.currency, to: currency.code)
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
