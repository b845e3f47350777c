import ClearingModel
import Digests
import EndOfDay
import Quantities
import Storage
import Testing

/// What decides whether a stage is computed again.
@Suite struct StageFingerprintsTests {
    private static let day = BusinessDate(year: 2018, month: 12, day: 31)
    private static let tables = [
        "collateral_holding", "half_spread_charge", "note_of_a_later_release", "position", "volatility",
    ]

    private func fingerprints(
        _ date: BusinessDate = Self.day, cycle: Cycle = .endOfDay, set: String = "P", moved: String? = nil,
        rows: Int64 = 3
    ) throws -> [Stage: [UInt8]] {
        let inputs = Self.tables.map { InputVersion(table: $0, version: $0 == moved ? 8 : 7, rows: rows) }
        let found = try StageFingerprints(
            date, cycle: cycle, parameterSet: ParameterSetCode(set), inputs: inputs)
        return Dictionary(uniqueKeysWithValues: Stage.allCases.map { ($0, found[$0]) })
    }

    private func moved(_ one: [Stage: [UInt8]], _ other: [Stage: [UInt8]]) -> [Stage] {
        Stage.allCases.filter { one[$0] != other[$0] }
    }

    @Test func `are equal for equal inputs, however many rows they have, and differ from stage to stage`() throws {
        let found = try fingerprints()
        #expect(try fingerprints() == found)
        #expect(try fingerprints(rows: 99) == found)
        #expect(Set(found.values).count == Stage.allCases.count)
        #expect(found.values.allSatisfy { $0.count == 32 })
    }

    @Test func `move everything with the date, the cycle or the parameter set`() throws {
        let found = try fingerprints()
        for other in [
            try fingerprints(Self.day.adding(days: 1)), try fingerprints(cycle: .intraday), try fingerprints(set: "Q"),
        ] {
            #expect(moved(found, other) == Stage.allCases)
        }
    }

    /// Ingest and the report look at every table; the calls follow from the requirements, those from the arrays.
    @Test(
        arguments: [
            ("volatility", Stage.allCases),
            ("position", [.ingest, .offsets, .addOns, .stress, .calls, .attribution, .report]),
            ("half_spread_charge", [.ingest, .addOns, .stress, .calls, .attribution, .report]),
            ("collateral_holding", [.ingest, .stress, .calls, .report]),
            ("note_of_a_later_release", [.ingest, .report]),
        ] as [(String, [Stage])])
    func `move the stages that read a table and those that follow from them`(table: String, stages: [Stage]) throws {
        #expect(moved(try fingerprints(), try fingerprints(moved: table)) == stages)
    }

    /// The text that is hashed is held: another one makes every recorded run look stale after an upgrade.
    @Test func `are the digest of stage, numbers version, date, cycle, set, tables and sources`() throws {
        let found = try fingerprints()
        let head = "2018-12-31 EOD P\n"
        let arrays = try SHA256Digest(
            of: "risk-arrays \(Stage.riskArrays.definition.numbersVersion)\n\(head)volatility 7\n"
        ).bytes
        #expect(found[.riskArrays] == arrays)
        let offsets = "offsets \(Stage.offsets.definition.numbersVersion)\n\(head)position 7\nrisk-arrays \(arrays)\n"
        #expect(try found[.offsets] == SHA256Digest(of: offsets).bytes)
    }
}
