import ClearingModel
import Quantities
import Scenarios

/// One figure of one account between two nights; amounts are minor units of the account's call currency.
package struct AttributedFigure: Hashable, Sendable {
    package let account: AccountCode
    package let figure: FigureAttributed
    package let currency: Currency
    /// What the member was last told of yesterday; nil where no report was issued of another run.
    package let reported: Int64?
    package let change: AttributedChange

    package init(
        account: AccountCode, figure: FigureAttributed, currency: Currency, reported: Int64?, change: AttributedChange
    ) {
        self.account = account
        self.figure = figure
        self.currency = currency
        self.reported = reported
        self.change = change
    }

    /// Yesterday's published figure less the one reported; 0 where the published run is the one reported of.
    package var correction: Int64 { reported.map { (change.yesterday ?? 0) - $0 } ?? 0 }
}

/// The changes of every account's requirement and add-ons from one night's published run to the next's
/// (docs/methodology.md §13).
package struct NightAttribution: Sendable {
    /// By account in code order, the requirement first; add-ons that are 0 on both nights have no row.
    package let figures: [AttributedFigure]
    /// How often an account was margined, all states together: what the time follows.
    package let accountsMargined: Int
    /// Accounts that are called in another currency than the night before: nothing of theirs is attributed.
    package let callCurrencyChanged: [AccountCode]

    /// Margins the states of both chains, each account only where a switch changes an input of it.
    ///
    /// `reported` are the figures that members were told of yesterday by a run that no longer stands. `scenarios` gives
    /// the histories of simulated groups by the night whose levels count. The figures are the same for any number of
    /// threads. Cost: twelve states at most, three of them held at a time.
    /// - Throws: what margining throws for inputs that no run would have had; what `scenarios` throws.
    package static func compute(
        _ nights: CrossedNights, reported: [AccountCode: [FigureAttributed: Int64]] = [:], threads: Int,
        scenarios: ScenarioSource
    ) async throws -> NightAttribution {
        var figures: [AttributionState: [PublishedFigures?]] = [:]
        var (first, margined) = (StateMargins?.none, 0)
        for chain in [AttributionState.forward, AttributionState.reverse] {
            var previous = first
            for state in chain.map(nights.reduced) where figures[state] == nil {
                let margins = try await StateMargins.compute(
                    nights, state, after: previous, threads: threads, scenarios: scenarios)
                figures[state] = margins.figures
                margined += margins.accountsMargined
                if first == nil { first = margins }
                previous = margins
            }
        }
        return NightAttribution(nights, figures, reported, margined)
    }

    private init(
        _ nights: CrossedNights, _ figures: [AttributionState: [PublishedFigures?]],
        _ reported: [AccountCode: [FigureAttributed: Int64]], _ accountsMargined: Int
    ) {
        self.accountsMargined = accountsMargined
        let currencies = Dictionary(
            nights.today.house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var (rows, changed) = ([AttributedFigure](), [AccountCode]())
        for (index, account) in nights.accounts.enumerated() {
            let told = reported[account] ?? [:]
            let (before, after) = (
                nights.published(at: index, of: .yesterday), nights.published(at: index, of: .today)
            )
            guard before != nil || after != nil || told.values.contains(where: { $0 != 0 }) else { continue }
            let night: AttributedNight = after == nil ? .yesterday : .today
            let call = nights.account(at: index, of: night).callCurrency
            if before != nil, after != nil, call != nights.account(at: index, of: .yesterday).callCurrency {
                changed.append(account)
                continue
            }
            guard let currency = currencies[call] else { preconditionFailure("\(call) is a currency of the house") }
            for figure in FigureAttributed.allCases {
                func chain(_ states: [AttributionState]) -> [Int64] {
                    states.map { figures[nights.reduced($0)]?[index]?[figure] ?? 0 }
                }
                let (old, new) = (before?[figure], after?[figure])
                if figure == .addOns, (old ?? 0) == 0, (new ?? 0) == 0, (told[figure] ?? 0) == 0 { continue }
                let change =
                    if let old, let new {
                        AttributedChange(
                            yesterday: old, today: new, forward: chain(AttributionState.forward),
                            reverse: chain(AttributionState.reverse))
                    } else {
                        AttributedChange(yesterday: old, today: new)
                    }
                rows.append(
                    AttributedFigure(
                        account: account, figure: figure, currency: currency, reported: told[figure], change: change))
            }
        }
        self.figures = rows
        callCurrencyChanged = changed
    }
}
