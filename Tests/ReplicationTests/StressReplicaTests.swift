import Foundation
import TestSupport
import Testing

/// `margin replicate --stress`: a member's stress from files, in the house's scenarios and in others.
@Suite(.serialized) struct `Replication of stress` {
    @Test(arguments: DemoNight.dates) func `gives the demo house's published stress`(_ date: String) async throws {
        let night = try await DemoNight.made.value
        let checks = try night.files("stress", date, ".csv")
        #expect(checks.count > 3)
        let words = ["--positions", night.positions] + checks.flatMap { ["--check", $0] }
        let manifest = "\(night.current(date))/manifest.json"
        for source in [["--parameters", manifest], ["--parameters", night.file("parameters", date)]] {
            let ended = try runProgram(["replicate", "--stress"] + source + words)
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(ended.output.components(separatedBy: "agrees with ").count == checks.count + 1)
        }
        // The house's own scenarios and prices as files: every series is valued again.
        let valued = try runProgram(
            ["replicate", "--stress", "--parameters", manifest, "--stress-set", night.house] + words)
        #expect(valued.code == 0, "\(valued.errors)")
        #expect(valued.output.contains("\nmember M10: shortfall "), "\(valued.output.prefix(2000))")
    }

    /// Another set as the night of a second database, and offline from the files of the first.
    @Test(arguments: ["stress-net-option-value", "stress-owners-apart", "stress-gross-omnibus", "stress-house-surplus"])
    func `gives in another set what the house's night gives with it`(_ name: String) async throws {
        let (night, date) = try await `Replication of a case`.night(name)
        try await withScratchFolder { folder in
            let other = folder + "/other"
            try FileManager.default.copyItem(atPath: night.house, toPath: other)
            try write(
                "stress_scenario", "parameter_set,number,scenario,kind", "P1,1,crash,other", "P1,2,squeeze,other",
                "P1,3,drift,other", in: other)
            try write(
                "stress_move",
                "parameter_set,number,move,combined_commodity,price_kind,price_move,volatility_kind,volatility_move",
                "P1,1,1,,log,-0.5,relative,1", "P1,2,1,OIL,relative,0.4,points,0.2", "P1,2,2,,relative,0.3,relative,0",
                "P1,3,1,,absolute,-3.21,relative,-0.25", in: other)
            let second = try await Night(house: other, dates: [date])
            let checks = try second.files("stress", date, ".csv")
            #expect(!checks.isEmpty)
            let words = [
                "replicate", "--stress", "--parameters", "\(night.current(date))/manifest.json", "--positions",
                night.positions,
            ]
            let ended = try runProgram(words + ["--stress-set", other] + checks.flatMap { ["--check", $0] })
            #expect(ended.code == 0, "\(ended.errors)\(ended.output)")
            // Not because nothing was compared: the first night's set gives other figures.
            let first = try runProgram(words + checks.flatMap { ["--check", $0] })
            #expect(first.code != 0, "\(first.output)")
            let own = try runProgram(
                words + ["--json"] + night.files("stress", date, ".csv").flatMap { ["--check", $0] })
            #expect(own.code == 0, "\(own.errors)")
            try expectUnits(try jsonObject(own.output), night.file("stress-units", date, "csv"))
        }
    }

    /// Every unit that the house's report has, with its shortfalls.
    private func expectUnits(_ document: [String: Any], _ report: String) throws {
        let units = try #require(document["units"] as? [[String: Any]])
        let published = try CSVRows.rows(ofFile: report)
        #expect(!published.isEmpty)
        for row in published {
            let unit = try #require(
                units.first {
                    $0["member"] as? String == row["member"] && $0["unit"] as? String == row["unit"]
                }, "\(row)")
            #expect(
                unit["cover"] as? String == row["cover"]
                    && unit["no_offset_shortfall"] as? String
                        == row["no_offset_shortfall"],
                "\(unit)")
            for (place, shortfall) in try #require(unit["shortfall"] as? [String]).enumerated() {
                #expect(shortfall == row["shortfall_\(place + 1)"], "\(row)")
            }
        }
    }

    /// A file of the set's folder or the positions, with a text exchanged or as a whole, and what is said.
    struct Edit: Sendable {
        let file: String
        let old: String
        let new: String?
        let code: Int32
        let said: [String]
    }

    static let edits = [
        Edit(
            file: "position", old: "OIL-2025-08-C90,10", new: "COAL,10", code: 65,
            said: ["position.csv, line 2: unknown series “COAL” of account BUYER", "hint: "]),
        Edit(
            file: "position", old: "BUYER", new: "NOBODY", code: 65, said: ["unknown account “NOBODY”", "--accounts"]),
        Edit(
            file: "settlement_price", old: "2025-06-20,OIL-2025-08-P70,1.20,USD\n", new: "", code: 66,
            said: ["account WRITER holds OIL-2025-08-P70, of which ", "settlement_price.csv has no row", "hint: "]),
        Edit(
            file: "settlement_price", old: "P70,1.20", new: "P70,1.30", code: 65,
            said: ["the volatility of OIL-2025-08-P70 comes to 0.", "risk-arrays.2025-06-20.EOD.r1.json has 0."]),
        Edit(
            file: "settlement_price", old: "2025-06-20,OIL-2025-08,80,USD",
            new: "2025-06-20,OIL-2025-08,80,USD\n2025-06-20,OIL-2025-08,81,USD", code: 65,
            said: ["settlement_price.csv, line 3: a second row of "]),
        Edit(
            file: "interest_rate", old: "", new: nil, code: 66, said: ["valued with the rate USD-0, which has no row"]),
        Edit(
            file: "stress_move", old: "P1,2,1,OIL,relative,0.25,-1\n", new: "", code: 65,
            said: ["stress_move.csv: stress_move_missing: rise: it has no row", "hint: "]),
        Edit(
            file: "stress_move", old: "P1,2,1,OIL", new: "P1,2,1,COAL", code: 65,
            said: ["stress_unknown_commodity: rise: combined_commodity COAL is not there"]),
        Edit(
            file: "stress_move", old: "OIL,relative,-1,", new: "OIL,relative,-1.1,", code: 65,
            said: ["stress_move_range: nothing: price_move -1.1"]),
        Edit(
            file: "stress_move", old: "P1,2,1,OIL,relative,0.25,-1",
            new: "P1,2,1,OIL,relative,0.25,-1\nP1,2,2,OIL,relative,0.2,0", code: 65,
            said: ["stress_overlap: rise: two rows of OIL share a month"]),
        Edit(file: "stress_move", old: "P1,2,1", new: "P1,7,1", code: 65, said: ["unreadable number “7”"]),
        Edit(
            file: "stress_move", old: "price_kind", new: "kind", code: 65,
            said: ["stress_move.csv: the column price_kind is missing"]),
        Edit(
            file: "stress_move", old: "volatility_move", new: "volatility", code: 65,
            said: ["stress_move.csv: unknown column volatility"]),
        Edit(
            file: "stress_move", old: "", new: nil, code: 66,
            said: [
                "stress_move.csv cannot be read",
                "hint: a stress set is a folder of stress_move.csv, stress_scenario.csv",
            ]),
        Edit(file: "stress_set", old: "", new: nil, code: 66, said: ["stress_set.csv cannot be read"]),
        Edit(file: "settlement_price", old: "", new: nil, code: 66, said: ["settlement_price.csv cannot be read"]),
        Edit(
            file: "stress_scenario", old: "P1,2,rise", new: "P1,3,rise", code: 65,
            said: ["unreadable number “2”"]),
        Edit(
            file: "stress_scenario", old: "P1,2,rise", new: "P2,2,rise", code: 65,
            said: ["rows of the parameter sets P1, P2"]),
        Edit(
            file: "stress_scenario", old: "P1,2,rise", new: "P1,2,nothing", code: 65,
            said: ["stress_code: nothing: a second scenario of the code"]),
    ]

    @Test func `what is wrong with a file is said by its name`() async throws {
        let (night, date) = try await `Replication of a case`.night("stress-net-option-value")
        let manifest = "\(night.current(date))/manifest.json"
        for edit in Self.edits {
            try await withScratchFolder { folder in
                let set = folder + "/set"
                try FileManager.default.copyItem(atPath: night.house, toPath: set)
                let path = "\(set)/\(edit.file).csv"
                if let new = edit.new {
                    let text = try String(contentsOfFile: path, encoding: .utf8)
                    try #require(text.contains(edit.old), "\(edit.old) in \(text)")
                    try text.replacing(edit.old, with: new, maxReplacements: 1).write(
                        toFile: path, atomically: true, encoding: .utf8)
                } else {
                    try FileManager.default.removeItem(atPath: path)
                }
                let ended = try runProgram([
                    "replicate", "--stress", "--parameters", manifest, "--positions", set + "/position.csv",
                    "--stress-set", set,
                ])
                #expect(ended.code == edit.code, "\(edit.file) \(edit.old): \(ended.errors)")
                #expect(ended.output.isEmpty)
                for said in edit.said { #expect(ended.errors.contains(said), "\(said): \(ended.errors)") }
            }
        }
        try await refuseOptions(night, date, manifest)
    }

    private func refuseOptions(_ night: Night, _ date: String, _ manifest: String) async throws {
        let words = ["replicate", "--parameters", manifest, "--positions", night.positions]
        let cover = try night.files("stress", date, ".json")
        for (more, code, said) in [
            (["--stress-set", night.house], 64, "--cover, --stress-arrays and --stress-set are for --stress"),
            (["--stress", "--stress-set", "a", "--stress-arrays", "b"], 64, "a set of your own needs no"),
            (["--stress", "--cover", cover[0]], 66, ": no cover of account "),
            (["--stress", "--cover", manifest], 65, "is no report"),
        ] as [([String], Int32, String)] {
            let ended = try runProgram(words + more)
            #expect(ended.code == code && ended.errors.contains(said), "\(more): \(ended.errors)")
        }
        let report = try #require(try night.files("stress", date, ".csv").first)
        try await withScratchFolder { folder in
            let exposure = try #require(try CSVRows.rows(ofFile: report).first { $0["figure"] == "exposure" })
            let figure = try #require(exposure["scenario_2"])
            var lines = try String(contentsOfFile: report, encoding: .utf8).components(separatedBy: "\r\n")
            let place = try #require(lines.firstIndex { $0.contains(",exposure,") })
            lines[place] = lines[place].dropLast(figure.count) + "1.23"
            let changed = folder + "/stress.csv"
            try lines.joined(separator: "\r\n").write(toFile: changed, atomically: true, encoding: .utf8)
            let ended = try runProgram(words + ["--stress", "--check", changed])
            #expect(ended.code == 1, "\(ended.errors)")
            #expect(
                ended.errors.contains("scenario_2 is published as 1.23, replicated as \(figure)"), "\(ended.errors)")
        }
    }

    private func write(_ table: String, _ lines: String..., in folder: String) throws {
        try lines.map { $0 + "\n" }.joined().write(
            toFile: "\(folder)/\(table).csv", atomically: true, encoding: .utf8)
    }
}
