import Foundation
import Testing

/// Fault 14: parameters that contradict themselves are refused when the set is loaded; those that change during a run
/// wait for the next one.
@Suite struct BadParameterTests {
    /// One change to the two-day house's parameter set, and what is said of it.
    struct BadRow: Sendable, CustomTestStringConvertible {
        let table: String
        let old: String
        let new: String
        let said: String
        var testDescription: String { said }
    }

    static let badRows = [
        BadRow(
            table: "scenario", old: "P2018,SPAN-16,6,", new: "P2018,SPAN-16,17,",
            said: "scenario, SPAN-16, 5: scenario 5 has no scenario 6 as its pair"),
        BadRow(
            table: "scenario", old: ",15,3,1,0,0.33,15", new: ",15,3,1,0,0,15",
            said: "scenario, SPAN-16, 15: a weight of zero makes scenario 15 do nothing"),
        BadRow(
            table: "scenario", old: ",15,3,1,0,0.33,15", new: ",15,3,1,0,1.35,15",
            said: "weight “1.35”: must satisfy: fraction is between zero and one"),
        BadRow(
            table: "inter_spread", old: "0.3", new: "1.3",
            said: "inter_spread, CRUDE-GAS: a credit rate of 1.3 is above 100 %"),
    ]

    @Test(arguments: badRows) func `fault 14: a bad row is refused with its rule`(_ bad: BadRow) async throws {
        let house = try EditedHouse()
        defer { try? house.close() }
        try house.replace(bad.table, bad.old, with: bad.new)
        let installation = try await Installation(house: nil)
        let loaded = try installation.run("margin", "load", house.folder)
        #expect(loaded.code == 65)
        #expect(loaded.errors.contains(bad.said), "\(loaded.errors)")
        #expect(try installation.number("select count(*) from margin.input_load") == 0)
        try await installation.close()
    }

    @Test func `fault 14: an approved set takes no more rows, and the published figures stay`() async throws {
        let installation = try await Installation()
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        let file = try installation.write(
            "range.csv",
            "parameter_set,combined_commodity,from_month,to_month,price_scan_range_kind,price_scan_range",
            "P2018,CRUDE,2019-02,2019-02,amount,0.36")
        let loaded = try installation.run("margin", "load", "price_scan_range_tier", file)
        #expect(loaded.code == 65)
        #expect(
            loaded.errors.contains(
                "parameter_set, P2018: it is approved, and an approved set never changes: load a new set with all its rows"
            ), "\(loaded.errors)")
        #expect(try installation.number("select count(*) from margin.price_scan_range_tier") == 0)
        let again = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(again.output.contains("already complete"))
        try await installation.close()
    }

    @Test func `fault 14: a set that comes into force during a run waits for the next one`() async throws {
        let installation = try await Installation()
        #expect(try installation.run("margin-ingest", "--business-date", "2018-12-31").code == 0)
        let house = try EditedHouse()
        defer { try? house.close() }
        let parameterTables = try FileManager.default.contentsOfDirectory(atPath: house.folder).filter { name in
            let header = try house.text(String(name.dropLast(4))).prefix { $0 != "\n" }
            return header.contains("parameter_set")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: house.folder) {
            let table = String(name.dropLast(4))
            guard parameterTables.contains(name) else {
                try house.removeTable(table)
                continue
            }
            try house.write(table, try house.text(table).replacing("P2018,", with: "P2019,"))
        }
        try house.replace("parameter_set", "2018-12-01", with: "2018-12-30")
        try house.replace("combined_commodity_margin", "amount,3.60", with: "amount,7.20")
        let loaded = try installation.run("margin", "load", house.folder)
        #expect(loaded.code == 0, "\(loaded.errors)")
        for stage in NightTests.stages.dropFirst() {
            let step = try installation.run("margin-\(stage)", "--business-date", "2018-12-31")
            #expect(step.code == 0, "\(stage): \(step.errors)")
        }
        let ranges = "select count(*) from margin.risk_array where price_scan_range = 7.20"
        #expect(try installation.number(ranges) == 0)
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        #expect(try installation.number(ranges) > 0)
        try await installation.close()
    }
}
