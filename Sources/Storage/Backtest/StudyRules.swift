import Calibration
import Postgres
import Validation

/// What rows of calibration and validation must hold to stay loaded (docs/methodology.md §10.1, §12.1): what each row
/// can break by itself. What a rule lacks is told when it is used, for its rows may come file by file.
package struct StudyRules {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Refuses what loads after `load` have brought and is out of its range, or a portfolio that is not of its kind.
    /// - Throws: `CalibrationRefusal` `calibration_rule_range`, the first by item and key; `ValidationRefusal`
    ///   `hypothetical_kind`, the first by code.
    package func hold(since load: Int64) throws {
        let loaded = try connection.one(.studiesLoadedSince, [.int64(load)])
        if try loaded.bool("has_rules") { try requireRuleRanges() }
        if try loaded.bool("has_portfolios") {
            _ = try BacktestInputStore(connection, pin: .max).portfolios(isWhole: false)
        }
    }

    private func requireRuleRanges() throws {
        for rule in try CalibrationStore(connection).rules(pin: .max) {
            if let refusal = rule.rangeRefusal { throw refusal }
        }
    }
}
