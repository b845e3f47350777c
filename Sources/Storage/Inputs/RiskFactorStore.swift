import ClearingModel
import Postgres
import Quantities
import Scenarios

/// Reads the histories of risk factors.
package struct RiskFactorStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The scenario set of some factors, from every level up to a date that a run pinned at `pin` sees.
    ///
    /// - Throws: `HistoryError` where histories do not lie on the same days, are too short, or cannot be returns.
    package func scenarios(
        of factors: [RiskFactor], _ simulation: Simulation, windows: [StressedWindow], pin: Int64, _ date: BusinessDate
    ) throws -> HistoricalScenarios {
        let codes = factors.map(\.code.text)
        var levels: [RiskFactorCode: [(date: BusinessDate, level: ExactDecimal)]] = [:]
        for row in try connection.rows(.loadRiskFactorLevels, [.int64(pin), date.value, .textArray(codes)]) {
            levels[try row.code("risk_factor"), default: []].append(
                (BusinessDate(dayNumber: try row.date("level_date")), try row.decimal("level")))
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
