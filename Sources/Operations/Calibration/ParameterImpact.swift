import ClearingModel
import EndOfDay
import Margining
import Quantities
import Runtime
import Storage

/// What a parameter set would have asked for on the last published nights, against what was asked for.
package struct ParameterImpact: Sendable {
    /// An amount under the published run's set and under the tried one.
    package struct Change: Hashable, Sendable {
        package let old: ExactDecimal
        package let new: ExactDecimal

        package var change: ExactDecimal { new - old }

        /// (new − old)/old at 6 decimals, half away from zero; nil of an old amount of 0.
        package var share: ExactDecimal? {
            old > .zero ? ExactFraction(change, over: old).rounded(toScale: 6) : nil
        }

        /// Whether it rose or fell by more than a share of the old amount; a rise from 0 by more than any.
        func exceeds(_ threshold: ExactDecimal) -> Bool {
            old > .zero ? old.checkedProduct(threshold).map { change.magnitude > $0 } ?? false : new > .zero
        }
    }

    /// An account on a night, or all accounts of a call currency.
    package struct AskedChange: Sendable {
        package let date: BusinessDate
        /// Nil for the house.
        package let account: AccountCode?
        /// The call currency, in which the amounts are.
        package let currency: Currency
        package let requirement: Change
        /// Requirement and every add-on.
        package let collected: Change
        /// The largest threshold that the requirement's change is beyond, nil where it is beyond none.
        package let threshold: ExactDecimal?
    }

    /// How many accounts of a call currency changed by more than a threshold on a night.
    package struct Count: Sendable {
        package let date: BusinessDate
        package let currency: Currency
        package let threshold: ExactDecimal
        package let accounts: Int
        package let risen: Int
        package let fallen: Int
        /// Whether the house's own requirement changed by more.
        package let houseExceeds: Bool
    }

    package let parameterSet: ParameterSetCode
    /// Oldest night first; by account.
    package let accounts: [AskedChange]
    /// By night and currency.
    package let house: [AskedChange]
    package let counts: [Count]

    /// Tries a set, proposed or approved, on the last `nights` published nights, oldest first.
    /// - Throws: `Failure` 66 for a set that is not there, and where a stage refuses what the set says.
    package static func of(
        _ set: ParameterSetCode, nights: Int, settings: RunSettings, on database: Database
    ) async throws -> ParameterImpact {
        guard try ParameterGovernance(database).sets().contains(where: { $0.parameterSet == set.text }) else {
            throw Failure(.inputMissing, "there is no parameter set \(set)", hint: "margin parameters list")
        }
        let pin = try RunLedger(database).lastLoadSeen()
        let store = AskedMarginStore(database)
        let thresholds = try store.thresholds(pin: pin)
        let currencies = try ClearingHouse.load(pinnedAt: pin, parts: [], from: database).currencies
        var rows: (accounts: [AskedChange], house: [AskedChange], counts: [Count]) = ([], [], [])
        for date in try store.lastPublishedNights(nights) {
            let context = try RunContext.find(date, cycle: .endOfDay, number: nil, from: database)
            let trial = try await ParameterTrial.of(context, under: set, load: pin, settings: settings, on: database)
            let night = NightImpact(trial, thresholds, currencies)
            rows.accounts += night.accounts
            rows.house += night.house
            rows.counts += night.counts
            try StopSignals.check()
        }
        return ParameterImpact(parameterSet: set, accounts: rows.accounts, house: rows.house, counts: rows.counts)
    }
}

/// The rows of one night.
private struct NightImpact {
    private struct Pair {
        let currency: CurrencyCode
        var old: AskedMargin?
        var new: AskedMargin?
    }

    let accounts: [ParameterImpact.AskedChange]
    let house: [ParameterImpact.AskedChange]
    let counts: [ParameterImpact.Count]

    /// An account that only one of the runs asks has 0 in the other.
    init(_ trial: ParameterTrial, _ thresholds: [ExactDecimal], _ currencies: [Currency]) {
        let date = trial.context.businessDate
        var pairs: [AccountCode: Pair] = [:]
        for margin in trial.published { pairs[margin.account] = Pair(currency: margin.currency, old: margin) }
        for margin in trial.tried { pairs[margin.account, default: Pair(currency: margin.currency)].new = margin }
        func row(_ account: AccountCode?, _ currency: Currency, _ pairs: [Pair]) -> ParameterImpact.AskedChange {
            func sum(_ amount: (AskedMargin) -> ExactDecimal) -> ParameterImpact.Change {
                ParameterImpact.Change(
                    old: pairs.reduce(.zero) { $0 + ($1.old.map(amount) ?? .zero) },
                    new: pairs.reduce(.zero) { $0 + ($1.new.map(amount) ?? .zero) })
            }
            let requirement = sum(\.requirement)
            return ParameterImpact.AskedChange(
                date: date, account: account, currency: currency, requirement: requirement,
                collected: sum { $0.requirement + $0.addOns }, threshold: thresholds.last(where: requirement.exceeds))
        }
        let byCurrency = Dictionary(grouping: pairs.sorted { $0.key < $1.key }) { $0.value.currency }
        var (accounts, house, counts):
            ([ParameterImpact.AskedChange], [ParameterImpact.AskedChange], [ParameterImpact.Count]) =
                ([], [], [])
        for currency in currencies.sorted(by: { $0.code < $1.code }) {
            guard let own = byCurrency[currency.code] else { continue }
            let rows = own.map { row($0.key, currency, [$0.value]) }
            let whole = row(nil, currency, own.map(\.value))
            accounts += rows
            house.append(whole)
            for threshold in thresholds {
                let beyond = rows.filter { $0.requirement.exceeds(threshold) }
                counts.append(
                    ParameterImpact.Count(
                        date: date, currency: currency, threshold: threshold, accounts: rows.count,
                        risen: beyond.count { $0.requirement.change > .zero },
                        fallen: beyond.count { $0.requirement.change < .zero },
                        houseExceeds: whole.requirement.exceeds(threshold)))
            }
        }
        self.accounts = accounts.sorted { ($0.account?.text ?? "") < ($1.account?.text ?? "") }
        self.house = house
        self.counts = counts
    }
}
