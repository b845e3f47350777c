import Foundation
import TestSupport
import Testing

/// The second opinion of `margin-calibrate --out` (docs/methodology.md §10.6): it stands beside a proposal and is
/// nothing of it.
@Suite struct SecondOpinionProgramTests {
    private static let reports = [
        "curve-components", "product-groups", "product-pairs", "second-opinion", "second-opinion-walk",
        "shrunk-correlations",
    ]

    private func calibrate(_ installation: Installation, _ set: String, _ more: [String]) throws -> Ended {
        try installation.start(
            "margin-calibrate",
            [
                "--date", EditedHouse.calibrationDay, "--effective-from", "2019-01-02", "--code", set, "--reason",
                "quarterly", "--nights", "0",
            ] + more
        ).wait()
    }

    /// Every file of a folder, by name, with one word for the set that it is about.
    private func files(_ folder: String, of set: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            found[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                .replacing("\"\(set)\"", with: "\"SET\"").replacing("\n\(set),", with: "\nSET,")
        }
        return found
    }

    @Test func `a proposed set has the same bytes with a second opinion and without`() async throws {
        let installation = try await Installation.editing { try $0.addCalibration() }
        let folder = installation.folder
        var sets: [[String: String]] = []
        for (set, more) in [("A", []), ("B", ["--out", folder + "/opinion"])] {
            let ended = try calibrate(installation, set, more)
            #expect(ended.code == 0, "\(ended.errors)")
            let exported = try installation.run(
                "margin", "parameters", "export", set, "\(folder)/set-\(set)", "--code", "SAME", "--effective-from",
                "2019-03-01")
            #expect(exported.code == 0, "\(exported.errors)")
            sets.append(try files("\(folder)/set-\(set)", of: "SAME"))
        }
        #expect(sets[0].count > 10 && sets[0] == sets[1])
        #expect(sets[1]["inter_spread.csv"]?.contains("0.65") ?? false, "\(sets[1].keys.sorted())")
        let figures = "select count(*) from margin.calibration_figure"
        #expect(try installation.number(figures) == 14)
        #expect(
            try installation.number(
                "select count(*) from margin.calibration_figure a join margin.calibration_figure b using (item, key) "
                    + "where a.parameter_set = 'A' and b.parameter_set = 'B' and a.new_value = b.new_value "
                    + "and a.core = b.core") == 7)
        try await installation.close()
    }

    @Test func `what is learned is written, and equal inputs give equal bytes`() async throws {
        let installation = try await Installation.editing { try $0.addCalibration() }
        let folder = installation.folder
        let written = try ["A", "B"].map { set in
            let ended = try calibrate(installation, set, ["--out", "\(folder)/\(set)", "--walk-days", "21"])
            #expect(ended.code == 0, "\(ended.errors)")
            return try files("\(folder)/\(set)", of: set)
        }
        for report in Self.reports {
            for ending in ["csv", "json"] {
                let name = "\(report).\(ending)"
                #expect(written[0][name] != nil && written[0][name] == written[1][name], "\(name)")
            }
        }
        func rows(_ report: String) throws -> [[String: String]] {
            try CSVRows.rows(ofFile: "\(folder)/A/\(report).csv")
        }
        // Oil and gas go up and down together by 1,000 and 500: a third of it is lost.
        let rate = try #require(try rows("second-opinion").first)
        #expect(rate["spread"] == "CRUDE-GAS" && rate["learned_rate"] == "0.65" && rate["core"] == "0.666666666667")
        #expect(rate["proposed_rate"] == "0.65" && rate["rate_in_force"] == "0.3" && rate["refusal"] == "")
        // A spread loses 500 of ranges of 1,500. Of 401 days the 270th has a test of the break for the first time.
        let walks = try rows("second-opinion-walk").filter { $0["item"] == "offset_rate" }
        #expect(walks.map { $0["method"] } == ["historical", "standing", "learned"])
        #expect(
            walks.map { $0["x"] } == ["0", "0", "0"] && walks.map { $0["mean_margin"] } == ["525.0", "1050.0", "525.0"])
        #expect(walks.map { $0["covers"] } == ["", "as_well", "as_well"])
        let charges = try rows("second-opinion-walk").filter { $0["item"] == "intra_spread" }
        #expect(charges.map { $0["refusal"] } == ["too_few_tenors CRUDE"])
        #expect(try rows("curve-components").map { $0["refusal"] } == ["too_few_tenors CRUDE"])
        #expect(try rows("product-groups").map { $0["members"] } == ["CRUDE"])
        #expect(
            written[0]["second-opinion.json"]?.contains(#""group_distance":"1","horizon_days":1,"look_back_days":750"#)
                ?? false)
        try await installation.close()
    }

    @Test func `a term outside its range is a wrong command`() async throws {
        let installation = try await Installation()
        for (words, said) in [
            (["--learn-days", "19"], "--learn-days 19 is not 20 to 5000"),
            (["--walk-days", "0"], "--walk-days 0 is not 1 to 5000"),
            (["--group-distance", "2.01"], "--group-distance 2.01 is not 0 to 2"),
        ] {
            let ended = try calibrate(installation, "A", words)
            #expect(ended.code == 64 && ended.errors.contains(said), "\(ended.errors)")
        }
        try await installation.close()
    }
}
