import ClearingModel
import InputRows
import Postgres
import Quantities
import Scenarios

/// Reads the histories of risk factors.
package struct RiskFactorStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// What a parameter set moves series by, also of one that simulates nothing.
    package func mappings(of set: PinnedParameterSet) throws -> [RiskFactorMapping] {
        try StoredRow.rows(.loadRiskFactorMappings, set.values, from: connection).map { try RiskFactorMapping(row: $0) }
    }

    /// Levels of some factors from a day on and up to a day, or without an end there, that a run pinned at `pin` sees;
    /// of each by day. A factor without any is not there.
    package func levels(
        of factors: [RiskFactorCode], from first: BusinessDate?, through last: BusinessDate?, pin: Int64
    ) throws -> [RiskFactorCode: [(date: BusinessDate, level: ExactDecimal)]] {
        var levels: [RiskFactorCode: [(date: BusinessDate, level: ExactDecimal)]] = [:]
        let parameters: [Value] = [
            .int64(pin), .orNull(first) { $0.value }, .orNull(last) { $0.value }, .textArray(factors.map(\.text)),
        ]
        for row in try connection.rows(.riskFactorLevelsBetween, parameters) {
            levels[try row.code("risk_factor"), default: []].append(
                (BusinessDate(dayNumber: try row.date("level_date")), try row.decimal("level")))
        }
        return levels
    }

    /// The scenario set of some factors, from every level up to a date that a run pinned at `pin` sees; with
    /// `standingUntil` as it will be on that later day if no level moves: each stands there as on the last.
    ///
    /// - Throws: `HistoryError` where histories do not lie on the same days, are too short, or cannot be returns.
    package func scenarios(
        of factors: [RiskFactor], _ simulation: Simulation, windows: [StressedWindow], pin: Int64, _ date: BusinessDate,
        standingUntil later: BusinessDate? = nil
    ) throws -> HistoricalScenarios {
        let codes = factors.map(\.code.text)
        var levels: [RiskFactorCode: [(date: BusinessDate, level: ExactDecimal)]] = [:]
        for row in try connection.rows(.loadRiskFactorLevels, [.int64(pin), date.value, .textArray(codes)]) {
            levels[try row.code("risk_factor"), default: []].append(
                (BusinessDate(dayNumber: try row.date("level_date")), try row.decimal("level")))
        }
        if let later {
            for (factor, own) in levels { levels[factor] = own + own.suffix(1).map { (later, $0.level) } }
        }
        let dates = factors.first.flatMap { levels[$0.code] }?.map(\.date) ?? []
        for factor in factors {
            let own = levels[factor.code] ?? []
            if own.map(\.date) != dates {
                throw HistoryError.misaligned(factor.code, levels: own.count, dates: dates.count)
            }
        }
        return try HistoricalScenarios(
            dates: dates,
            factors: factors.map { factor in
                RiskFactorHistory(
                    riskFactor: factor.code, returnKind: factor.returnKind,
                    levels: (levels[factor.code] ?? []).map(\.level), filter: factor.filter)
            }, mporDays: simulation.mporDays, isFiltered: simulation.isFiltered,
            lookBackDays: simulation.lookBackDays, stressedWindows: windows)
    }
}
