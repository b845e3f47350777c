import ClearingModel
import MarginCalls
import Margining
import MarketModel
import Monitoring
import NextNight
import Parameters
import Quantities
import Results
import RiskArrays
import Runtime
import Scenarios
import Simulation
import Storage
import Stress

/// Computes what the next business date will call if nothing moves, and keeps it (docs/methodology.md §11.6).
///
/// The end of the day alone looks ahead, and only for a house that wants it: another costs one look at its row. What
/// the next night could not be computed from is told as a finding, and tonight's reports are issued without it.
package struct NextNightForecast {
    /// The rule of the finding.
    package static let rule = "next_night"

    private let execution: StageExecution
    private var context: RunContext { execution.context }
    private var database: Database { execution.database }

    init(_ execution: StageExecution) { self.execution = execution }

    /// Computes and writes, where `isWanted`. Returns whether there is something to report.
    func perform(isWanted: Bool, threads: Int) async throws -> Bool {
        guard context.cycle == .endOfDay else { return false }
        guard isWanted else {
            // What a run before it told is not this one's.
            try keep(nil)
            return false
        }
        Progress.part("the next business date")
        let run = context.pinned
        let calendar = try BusinessCalendar.load(pinnedAt: run.load, from: database)
        guard let next = calendar.next(after: run.businessDate) else {
            try keep(
                finding(
                    table: "calendar_date", key: "\(run.businessDate)", column: "is_business_day", value: "no row",
                    "the calendar has no business day after this one: the next night cannot be told in advance"))
            return false
        }
        guard let set = try RunLedger(database).parameterSet(inForceOn: next, pin: run.load) else {
            preconditionFailure("the set in force on a date is in force after it, or another is")
        }
        do {
            let night = try await compute(on: next, under: set, threads: threads)
            try NextNightStore(database).save(night.calls, on: next, under: set, run: run.id)
            try keep(nil)
            return true
        } catch let refusal as any RefusedCalculation {
            try keep(
                finding(
                    table: "parameter_set", key: set.text, column: "effective_from", value: "\(next)",
                    "the night of \(next) cannot be computed from what is known tonight: \(refusal)"))
            return false
        }
    }

    private func compute(on date: BusinessDate, under set: ParameterSetCode, threads: Int) async throws -> NextNight {
        let run = context.pinned
        let inputs = try NextNightInputs.load(run, on: date, under: set, from: database)
        let factors = RiskFactorStore(database)
        return try await NextNight.compute(inputs, threads: threads) { needed, simulation, windows in
            try factors.scenarios(
                of: needed, simulation, windows: windows, pin: run.load, run.businessDate, standingUntil: date)
        }
    }

    private func finding(
        table: String, key: String, column: String, value: String, _ message: String
    ) -> FindingRow {
        let place = DataGate.all.count + MonitoringRule.allCases.count
        return FindingRow(
            number: Int64(place) * DataGate.mostHits + 1, rule: Self.rule, severity: Severity.flag.rawValue,
            table: table, rowKey: key, source: nil, sourceLine: nil, column: column, value: value, message: message)
    }

    /// Keeps the finding, unless the parameter set switches the rule off; none replaces what a run before it told.
    private func keep(_ finding: FindingRow?) throws {
        var kept: [FindingRow] = []
        if let finding {
            let reader = try GateReader(database, of: context.pinned, gates: [])
            if reader.severities[Self.rule] != "off" { kept = [reader.waived(finding)] }
        }
        try FindingStore(database).save(kept, of: [Self.rule], run: context.run)
    }
}

extension NextNightInputs {
    /// Reads what a run has pinned, and what it knows of a later date. Makes the table of accounts in scope.
    fileprivate static func load(
        _ run: PinnedRun, on date: BusinessDate, under set: ParameterSetCode, from database: Database
    ) throws -> NextNightInputs {
        try ScopeStore(database, of: run).openWhole()
        let pin = run.load
        let house = try ClearingHouse.load(pinnedAt: pin, from: database)
        let parameters = try ParameterSet.load(
            PinnedParameterSet(set, pin: run.parameterLoad, date), from: database)
        let (calls, stress) = (CallInputStore(database), StressInputStore(database))
        var terms: StressTerms?
        if parameters.stress?.addOnShare != nil, let base = try stress.baseCurrency(pin: pin, date) {
            terms = StressTerms(base: base, resources: try stress.resources(pin: pin, date))
        }
        return NextNightInputs(
            house: house,
            market: try MarketSnapshot.load(
                pinnedAt: pin, businessDate: run.businessDate, cycle: run.cycle, series: house.series, from: database),
            exchangeRates: try MarketStore(database, of: run, scope: .whole).exchangeRates(),
            liquidity: try LiquidityStore(database).liquidity(pin: pin, run.businessDate),
            positions: try PositionStore(database, house: house, series: house.series.map(\.code.text)).load(
                pin: pin, run.businessDate, cycle: run.cycle, accountCount: house.accounts.count),
            businessDate: date, parameters: parameters,
            collateral: try calls.collateral(
                pin: pin, run.businessDate, haircuts: parameters.collateralHaircuts, counting: date),
            collectedIntraday: try calls.collectedIntraday(run: run.id),
            owed: try calls.owed(pin: pin, run.businessDate, currencies: house.currencies), stress: terms)
    }
}
