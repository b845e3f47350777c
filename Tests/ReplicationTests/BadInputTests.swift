import Foundation
import TestSupport
import Testing

/// What is wrong with a file is said with the file, the place, the value and what to do; the exit code says which kind
/// it is.
@Suite struct `Replication refuses` {
    private static let date = DemoNight.dates[1]

    /// A text of one of the files, what stands there instead, and what is said of it.
    struct Edit: Sendable {
        let file: String
        let old: String
        let new: String
        let code: Int32
        let said: [String]
    }

    static let edits = [
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI", new: "2018-12-28,EOD,M01-H,,XX", code: 65,
            said: ["position.csv, line ", "unknown series “XX", "hint: "]),
        Edit(
            file: "position", old: "account,", new: "count,", code: 65,
            said: ["position.csv: the column account is missing"]),
        Edit(file: "position", old: "account,", new: "account,price,", code: 65, said: ["unknown column price"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI-F-2019-02,8,",
            new: "2018-12-28,EOD,M01-H,,WTI-F-2019-02,-8,",
            code: 65, said: ["unreadable long_quantity “-8”"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI", new: "2018-12-28,EOD,M01-H,OWNER-9,WTI", code: 65,
            said: ["unknown owner “OWNER-9” of account M01-H"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI", new: "2018-12-28,EOD,M99-H,,WTI", code: 65,
            said: ["unknown account “M99-H”", "--accounts"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI-F-2019-04",
            new: "2018-12-28,EOD,M01-H,,WTI-F-2019-02",
            code: 65, said: ["a second line of M01-H  WTI-F-2019-02"]),
        Edit(
            file: "parameters", old: "\"initial_ratio\":\"1.1\"", new: "\"initial_ratio\":\"1.l\"", code: 65,
            said: [", account_class 1: unreadable initial_ratio “1.l”", "hint: "]),
        Edit(
            file: "parameters", old: "\"initial_ratio\":\"1.1\"", new: "\"initial_ratio\":null", code: 65,
            said: [", account_class 1: initial_ratio is missing"]),
        Edit(
            file: "parameters", old: "\"run_number\":1", new: "\"run_number\":2", code: 65,
            said: ["is of 2018-12-28 EOD run 1, the parameters are of 2018-12-28 EOD run 2", "hint: "]),
        Edit(
            file: "parameters", old: "\"report\":\"parameters\"", new: "\"report\":\"spreads\"", code: 65,
            said: ["is the report spreads"]),
        Edit(
            file: "parameters", old: "{\"header\"", new: "{\"header", code: 65,
            said: ["is no JSON"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI-F-2019-02,",
            new: "28.12.2018,EOD,M01-H,,WTI-F-2019-02,", code: 65, said: ["unreadable business_date “28.12.2018”"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI-F-2019-02,",
            new: "2018-12-28,eod,M01-H,,WTI-F-2019-02,", code: 65, said: ["unreadable cycle “eod”"]),
        Edit(
            file: "position", old: "2018-12-28,EOD,M01-H,\"\",WTI-F-2019-02,",
            new: ",EOD,M01-H,,WTI-F-2019-02,", code: 65, said: ["business_date is missing"]),
        Edit(
            file: "position", old: "account,", new: "account,account,", code: 65,
            said: ["position.csv, line 1: the column account stands twice in the header"]),
        Edit(
            file: "position", old: "account,", new: "account,,", code: 65,
            said: ["position.csv, line 1: cell 4 of the header is empty"]),
        // The first series is a future: it has a composite delta and, before it, no settlement price.
        Edit(
            file: "risk-arrays", old: "\",null,\"", new: "\",null,\"x", code: 65,
            said: ["row 1: unreadable composite_delta “x"]),
        Edit(
            file: "risk-arrays", old: ",[\"", new: ",[\"1\",\"", code: 65,
            said: ["risk-arrays.2018-12-28.EOD.r1.json, row 1 does not fit ", " values, its scenario set ", "hint: "]),
        Edit(
            file: "risk-arrays", old: "\"columns\":[", new: "\"columns\":[\"more\",", code: 65,
            said: ["is no report: it has no header, no columns or no rows of as many cells"]),
        Edit(
            file: "risk-arrays", old: "\"contract\",\"series\"", new: "\"series\",\"series\"", code: 65,
            said: ["is no report"]),
        Edit(file: "accounts", old: "\"net\"", new: "\"mesh\"", code: 65, said: ["unreadable margining_type “mesh”"]),
    ]

    @Test(arguments: edits.indices) func `a file that says what it may not`(_ index: Int) async throws {
        let edit = Self.edits[index]
        let ended = try await replicate(editing: edit)
        #expect(ended.code == edit.code, "\(edit.old): \(ended.errors)")
        for said in edit.said { #expect(ended.errors.contains(said), "\(ended.errors)") }
    }

    @Test func `positions of another date alone, with exit 66`() async throws {
        let night = try await DemoNight.made.value
        try await withScratchFolder { folder in
            let path = folder + "/p.csv"
            try "account,series,long_quantity,short_quantity,business_date\nM01-H,WTI-F-2019-02,1,0,2018-12-24\n".write(
                toFile: path, atomically: true, encoding: .utf8)
            let ended = try runProgram([
                "replicate", "--parameters", night.file("parameters", Self.date), "--positions", path,
            ])
            #expect(ended.code == 66)
            #expect(ended.errors.contains("holds no position of 2018-12-28 EOD"), "\(ended.errors)")
        }
    }

    @Test(arguments: ["parameters", "risk-arrays", "position"])
    func `a file that is not there, with exit 66`(_ file: String) async throws {
        let ended = try await replicate(without: file)
        #expect(ended.code == 66, "\(ended.errors)")
        #expect(ended.errors.contains("cannot be read"))
        #expect(ended.errors.contains("hint: "))
    }

    @Test func `a report named in the other format, with exit 65 and the file to name`() async throws {
        let night = try await DemoNight.made.value
        let parameters = night.file("parameters", Self.date)
        let position = night.positions
        let csv = parameters.dropLast(4) + "csv"
        let report = try #require(
            try night.files("requirement", Self.date, ".csv").first { !$0.contains("by-owner") })
        for (arguments, words) in [
            (["--parameters", "\(csv)", "--positions", position], "as JSON too: name \(parameters)"),
            (["--parameters", position, "--positions", position], "hint: take it again from the run's report folder"),
            (
                ["--parameters", parameters, "--positions", position, "--check", report.dropLast(3) + "json"],
                "is JSON, and CSV is wanted\nhint: the report is there as CSV too: name \(report)"
            ),
        ] {
            let ended = try runProgram(["replicate"] + arguments)
            #expect(ended.code == 65 && ended.errors.contains(words), "\(ended.errors)")
        }
    }

    @Test func `a published requirement that differs, with exit 1 and the first difference`() async throws {
        let night = try await DemoNight.made.value
        let report = try #require(
            try night.files("requirement", Self.date, ".csv").first { !$0.contains("by-owner") })
        let figure = try #require(try CSVRows.rows(ofFile: report).first?["requirement"])
        try await withScratchFolder { folder in
            let other = try edited(
                report, ",\(figure),",
                ",\(figure.dropLast())x".replacing("x", with: figure.hasSuffix("1") ? "2," : "1,"),
                to: folder + "/r.csv")
            let ended = try runProgram([
                "replicate", "--parameters", night.file("parameters", Self.date), "--positions", night.positions,
                "--check", other,
            ])
            #expect(ended.code == 1, "\(ended.errors)")
            #expect(ended.errors.contains("r.csv, line 2: account "), "\(ended.errors)")
            #expect(ended.errors.contains("replicated as"), "\(ended.errors)")
            let same = try runProgram([
                "replicate", "--parameters", night.file("parameters", Self.date), "--positions", night.positions,
                "--check", report, "--check", other, "--json",
            ])
            #expect(same.code == 1 && same.errors == ended.errors)
            let document = try jsonObject(same.output)
            let differences = try #require(document["differences"] as? [String])
            #expect(differences.count == 1)
            #expect(ended.errors.contains(try #require(differences.first)))
        }
    }

    /// What stands in a positions file, and what is said of it.
    static let malformed: [(text: String, said: String)] = [
        (
            "account,series,long_quantity,short_quantity\nM01-H,\"WTI-F-2019-02,1,0\nM01-H,X,1,0\n",
            "line 2: a quote is opened"
        ),
        ("account,series,long_quantity,short_quantity\nM01-H,W\"X,1,0\n", "line 2: a quote inside a cell"),
        (
            "account,series,long_quantity,short_quantity\nM01-H,WTI-F-2019-02,1\n",
            "line 2: 3 cells where the header has 4"
        ),
        (
            "account,series,long_quantity,short_quantity\nM01-H,WTI-F-2019-02,1,0,\n",
            "line 2: 5 cells where the header has 4"
        ),
        (
            "account,series,long_quantity,short_quantity\n\\.\nM01-H,WTI-F-2019-02,1,0\n",
            "line 2: 1 cells where the header"
        ),
        (
            "account,series,long_quantity,short_quantity\r\nM01-H,WTI-F-2019-02,1,0\nM01-H,X,1,0\r\n",
            "line 2: it does not end"
        ),
        ("account,series,long_quantity,short_quantity\nM01-H,WTI-F\0,1,0\n", "line 2: it has a byte 0"),
        ("account;series;long_quantity;short_quantity\n", "the column account is missing"),
        ("", "has no header"), ("# nothing\n\n", "has no header"),
    ]

    @Test(arguments: malformed.indices) func `a malformed positions file by its line`(_ index: Int) async throws {
        let night = try await DemoNight.made.value
        let file = Self.malformed[index]
        try await withScratchFolder { folder in
            try file.text.write(toFile: folder + "/p.csv", atomically: true, encoding: .utf8)
            let ended = try runProgram([
                "replicate", "--parameters", night.file("parameters", Self.date), "--positions", folder + "/p.csv",
            ])
            #expect(ended.code == 65, "\(ended.errors)")
            #expect(ended.errors.contains("p.csv") && ended.errors.contains(file.said), "\(ended.errors)")
        }
    }

    @Test func `but reads every spelling of CSV that means the same alike`() async throws {
        let night = try await DemoNight.made.value
        let plain = "account,owner,series,long_quantity,short_quantity\nM01-H,,WTI-F-2019-02,1,0\n"
        let quoted = plain.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { "\"\($0)\"" }.joined(separator: ",")
        }.joined(separator: "\n")
        let spellings = [
            plain, quoted, plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r"),
            String(plain.dropLast()), "\u{FEFF}" + plain, "# an inch is \"\n\n" + plain,
        ]
        try await withScratchFolder { folder in
            let outputs = try spellings.map { text in
                try text.write(toFile: folder + "/p.csv", atomically: true, encoding: .utf8)
                let ended = try runProgram([
                    "replicate", "--parameters", night.file("parameters", Self.date), "--positions",
                    folder + "/p.csv",
                ])
                #expect(ended.code == 0, "\(text.debugDescription): \(ended.errors)")
                return ended.output
            }
            #expect(Set(outputs).count == 1)
        }
    }

    @Test func `a command line without positions, with exit 64`() throws {
        #expect(try runProgram(["replicate", "--parameters", "parameters.json"]).code == 64)
        #expect(try runProgram(["replicate", "--positions", "p.csv"]).code == 64)
    }

    /// Copies the files that are needed, edits or leaves out one, and replicates from the copies.
    private func replicate(editing edit: Edit? = nil, without missing: String? = nil) async throws -> BuiltProgram.Ended
    {
        let night = try await DemoNight.made.value
        return try await withScratchFolder { folder in
            let sources =
                ["parameters", "risk-arrays"].map { night.file($0, Self.date) } + [night.positions]
                + (try night.files("accounts", Self.date, ".json"))
            for source in sources {
                let name = URL(fileURLWithPath: source).lastPathComponent
                let isEdited = edit.map { name.hasPrefix($0.file) } ?? false
                let text = try String(contentsOfFile: source, encoding: .utf8)
                if let edit, isEdited, text.contains(edit.old) {
                    _ = try edited(source, edit.old, edit.new, to: "\(folder)/\(name)")
                } else if missing.map({ !name.hasPrefix($0) }) ?? true {
                    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
                }
            }
            return try runProgram([
                "replicate", "--parameters", "\(folder)/parameters.\(Self.date).EOD.r1.json", "--positions",
                "\(folder)/position.csv",
            ])
        }
    }
}
