import ClearingModel
import Postgres
import Quantities
import Scenarios
import Storage
import Testing

/// Histories are pinned like any input, and a later day is none of an earlier date's affair (methodology §7).
struct HistoryVersionTests {
    private static let friday = BusinessDate(year: 2018, month: 12, day: 28)
    private static let monday = BusinessDate(year: 2018, month: 12, day: 31)

    private func load(_ rows: [String], _ connection: Connection) throws {
        _ = try InputLoader(connection).load(
            InputFile(
                table: "risk_factor_level", source: "levels.csv", sha256: [],
                columns: ["risk_factor", "level_date", "level"], headerLines: 1,
                rows: Array(rows.map { $0 + "\n" }.joined().utf8)))
    }

    /// The version of the histories that a date would use now; nil where it sees none.
    private func version(_ date: BusinessDate, _ connection: Connection) throws -> Int64? {
        let ledger = RunLedger(connection)
        return try ledger.inputVersions(
            pin: connection.transaction { try ledger.lastLoad() }, date, cycle: .endOfDay, previous: nil,
            parameterSet: ParameterSetCode("P1"), for: nil
        ).first { $0.table == "risk_factor_level" }?.version
    }

    @Test func `a day's level is news to that day and later ones only`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try load(["OIL,2018-12-27,45", "OIL,2018-12-28,46"], connection)
            let friday = try version(Self.friday, connection)
            #expect(friday != nil)
            try load(["OIL,2018-12-31,47"], connection)
            #expect(try version(Self.friday, connection) == friday)
            let monday = try version(Self.monday, connection)
            #expect(monday != friday)
            try load(["OIL,2018-12-26,44"], connection)
            #expect(try version(Self.friday, connection) != friday)
            #expect(try version(Self.monday, connection) != monday)
        }
    }

    @Test func `a run sees the levels it has pinned, up to its date`() async throws {
        try await ScratchDatabase.useMigrated { (connection) throws in
            try load(["OIL,2018-12-27,45", "OIL,2018-12-28,46", "OIL,2018-12-31,48"], connection)
            let pin = try connection.transaction { try RunLedger(connection).lastLoad() }
            try load(["OIL,2018-12-26,43"], connection)
            let later = try connection.transaction { try RunLedger(connection).lastLoad() }
            let factor = RiskFactor(
                code: RiskFactorCode("OIL"), returnKind: .absolute,
                filter: VolatilityFilter(lowerClamp: 1, upperClamp: 1))
            let simulation = Simulation(
                code: SimulationCode("S"), confidence: ExactDecimal(mantissa: 5, scale: 1), convention: .fractional,
                mporDays: 1, lookBackDays: nil, isFiltered: false, stressedWeight: .zero, correlationBreak: nil)
            func moves(_ date: BusinessDate, pin: Int64) throws -> [[Double]] {
                try RiskFactorStore(connection).scenarios(of: [factor], simulation, windows: [], pin: pin, date).moves
            }
            #expect(try moves(Self.friday, pin: pin) == [[1]])
            #expect(try moves(Self.friday, pin: later) == [[2, 1]])
            #expect(try moves(Self.monday, pin: pin) == [[1, 2]])
        }
    }
}
