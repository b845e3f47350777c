import Calibration
import ClearingModel
import InputRows
import Margining
import Postgres
import Quantities
import Scenarios

/// A row that a calibration may propose, as the set in force has it.
package struct StandingRow: Sendable {
    /// The unit of its value: of a scan range amount, percent, absolute or relative, of a calendar spread flat or
    /// weighted_price_risk, of an inter-commodity spread delta, flat or scan; nil for haircuts.
    package let kind: String?
    /// Nil for an inter-commodity spread whose legs have rates of their own.
    package let value: StandingValue?
}

/// An inter-commodity spread with the combined commodities of its legs.
package struct JoinedCommodities: Sendable {
    package let spread: SpreadCode
    package let combinedCommodities: Set<CombinedCommodityCode>
}

/// Reads what calibration is computed from and keeps what it proposed (docs/methodology.md §10).
package struct CalibrationStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Every rule that is not withdrawn, by item and key.
    package func rules(pin: Int64) throws -> [CalibrationRule] {
        func rows(_ query: Query) throws -> [StoredRow] {
            try StoredRow.rows(query, [.int64(pin)], from: connection)
        }
        return try CalibrationRule.stated(
            rules: rows(.loadCalibrationRules), legs: rows(.loadCalibrationLegs),
            windows: rows(.loadCalibrationWindows))
    }

    /// What a set says of the rows that may be proposed, overrides aside.
    package func standing(_ set: ParameterSetCode, pin: Int64) throws -> [CalibrationRow: StandingRow] {
        var standing: [CalibrationRow: StandingRow] = [:]
        for row in try StoredRow.rows(.loadStandingValues, [.int64(pin), .text(set.text)], from: connection) {
            let value = try row.decimalOrNull("value")
            var proposed: ProposedCore?
            // A value that is not the one proposed was changed by hand since.
            if let new = try row.decimalOrNull("new_value"), new == value,
                let above = try row.textOrNull("buffer_numerator").flatMap({ Int128($0) }),
                let below = try row.textOrNull("buffer_denominator").flatMap({ Int128($0) })
            {
                proposed = ProposedCore(core: try row.decimal("core"), buffer: ExactFraction(above, over: below))
            }
            standing[try CalibrationRow(row: row)] = StandingRow(
                kind: try row.textOrNull("kind"), value: value.map { StandingValue(value: $0, proposed: proposed) })
        }
        return standing
    }

    /// The inter-commodity spreads of a set on a date, by code: what its committee puts together.
    package func joinedCommodities(
        of set: ParameterSetCode, on date: BusinessDate, pin: Int64
    ) throws -> [JoinedCommodities] {
        var found: [SpreadCode: Set<CombinedCommodityCode>] = [:]
        for row in try StoredRow.rows(
            .loadInterSpreadLegs, [.text(set.text), .int64(pin), date.value], from: connection)
        {
            found[try row.code("spread"), default: []].insert(try row.code("combined_commodity"))
        }
        return found.sorted { $0.key < $1.key }.map { JoinedCommodities(spread: $0.key, combinedCommodities: $0.value) }
    }

    /// The histories of those of the factors that a set has, its own way of taking returns with them, up to a date,
    /// nil: to the last level; one without a level is empty.
    package func histories(
        of factors: some Sequence<RiskFactorCode>, in set: ParameterSetCode, through date: BusinessDate?, pin: Int64
    ) throws -> [RiskFactorCode: FactorHistory] {
        let kinds: [RiskFactorCode: ReturnKind] = Dictionary(
            try StoredRow.rows(.loadReturnKinds, [.int64(pin), .text(set.text)], from: connection).map { row in
                (try row.code("risk_factor"), try row.choice("return_kind"))
            }, uniquingKeysWith: { first, _ in first })
        let known = Set(factors).filter { kinds[$0] != nil }.sorted()
        let levels = try RiskFactorStore(connection).levels(of: known, from: nil, through: date, pin: pin)
        var histories: [RiskFactorCode: FactorHistory] = [:]
        for factor in known {
            guard let kind = kinds[factor] else { continue }
            let own = levels[factor] ?? []
            histories[factor] = try FactorHistory(
                factor: factor, returnKind: kind, dates: own.map(\.date), levels: own.map(\.level))
        }
        return histories
    }

    /// Keeps figures and bounds, JSON arrays of rows, of a set that this login has just proposed.
    package func record(_ set: ParameterSetCode, on date: BusinessDate, figures: String, bounds: String) throws {
        _ = try connection.one(
            .recordCalibration, [.text(set.text), date.value, .text(figures), .text(bounds)])
    }
}
