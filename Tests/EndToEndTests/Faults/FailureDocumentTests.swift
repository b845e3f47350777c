import Foundation
import TestSupport
import Testing

/// `--json` prints one document on standard output whatever happens, and the exit code is the one there is without it.
@Suite struct FailureDocumentTests {
    private static let day = ["--business-date", "2018-12-31"]

    /// Every command that takes `--json`, with arguments that the parser takes.
    private static let commands: [String: [String]] = [
        "approve correction": ["1"], "approve waiver": ["1"],
        "call acknowledge": ["A"] + day, "call carry": day, "call list": day,
        "call meet": ["A", "--amount", "1"] + day, "call reverse": ["A", "--event", "1", "--reason", "R"] + day,
        "case": ["nowhere"], "config": [],
        "correct collateral": day + ["--account", "A", "--item", "1"],
        "correct parameter": ["call_rule"] + day + ["--until", "2019-01-02", "a=b", "set", "c=d"],
        "correct position": day + ["--account", "A", "--series", "S"], "correct price": day + ["--series", "S"],
        "correct row": ["fx_rate"] + day + ["a=b", "set", "c=d"], "correct trade": day + ["--trade", "T"],
        "correct volatility": day + ["--instrument", "I"], "corrections": day, "diff": day + ["--runs", "1,2"],
        "disclosure": ["--quarter", "2018Q4"], "doctor": [], "due": [], "explain": ["A"] + day, "findings": day,
        "governance show": [],
        "load": ["position", "nowhere.csv"],
        "parameters approve": ["P1", "--yes"], "parameters diff": ["P1", "P2"], "parameters impact": ["P1"],
        "parameters list": [],
        "parameters propose": ["P2", "--base", "P1", "--effective-from", "2019-01-02"], "plan": day, "publish": day,
        "rejects": [],
        "replicate": ["--parameters", "nowhere", "--positions", "nowhere"], "rerun": day, "run": day, "show": day,
        "span check": ["nowhere.xml"], "span diff": ["nowhere.xml", "elsewhere.xml", "--positions", "nowhere"],
        "status": day, "stress default": day, "stress fund": day,
        "stress propose": ["--from", "2008-09-12", "--to", "2008-09-16"],
        "stress windows": ["--factor", "F"],
        "verify": day, "verify-report": ["nowhere"], "waive": ["price_move", "K"] + day, "walk-forward": ["nowhere"],
    ]
    private static let stages = [
        "ingest", "risk-arrays", "offsets", "add-ons", "stress", "calls", "attribution", "report",
    ]

    private static func arguments(_ command: String) -> [String] {
        let needsReason =
            command.hasPrefix("correct ") || command.hasPrefix("approve ")
            || ["rerun", "waive", "parameters approve", "parameters propose"].contains(command)
        let reason = needsReason ? ["--reason", "R"] : []
        return command.split(separator: " ").map(String.init) + (commands[command] ?? []) + reason
    }

    private static func document(_ ended: Ended, _ command: String) throws -> [String: Any] {
        let object = try? jsonObject(ended.output)
        return try #require(object, "\(command): \(ended.output)\(ended.errors)")
    }

    /// The commands of the program that take an option, as its own description of itself has them.
    private static func taking(_ option: String, _ installation: Installation) throws -> [String] {
        let described = try installation.run("margin", "--experimental-dump-help")
        let root = try jsonObject(described.output)
        var found: [String] = []
        func walk(_ command: [String: Any], _ path: [String]) {
            let arguments = command["arguments"] as? [[String: Any]] ?? []
            if arguments.contains(where: { $0["valueName"] as? String == option }) {
                found.append(path.joined(separator: " "))
            }
            for child in command["subcommands"] as? [[String: Any]] ?? [] {
                walk(child, path + [child["commandName"] as? String ?? ""])
            }
        }
        let command = try #require(root["command"] as? [String: Any])
        walk(command, [])
        return found.sorted()
    }

    @Test func `every command that takes --json is in the table of this test`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        #expect(try Self.taking("json", installation) == Self.commands.keys.sorted())
        try await installation.close()
    }

    @Test func `a wrong setting is one document of every command, with the code it has as text`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let wrong = ["MARGIN_SETTINGS": installation.folder + "/nowhere.conf"]
        let lines =
            Self.commands.keys.sorted().map { ("margin", Self.arguments($0)) }
            + Self.stages.map { ("margin-\($0)", Self.day) }
        for (program, words) in lines {
            let command = "\(program) \(words.joined(separator: " "))"
            let text = try installation.start(program, words, environment: wrong).wait()
            let ended = try installation.start(program, words + ["--json"], environment: wrong).wait()
            let document = try Self.document(ended, command)
            let fault = try #require(document["error"] as? [String: Any], "\(command)")
            #expect(fault["name"] as? String == "configuration" && fault["exit_code"] as? Int == 78, "\(command)")
            #expect(
                fault["message"] as? String == "the settings file \(installation.folder)/nowhere.conf cannot be read")
            #expect(ended.code == 78 && text.code == 78, "\(command)")
            #expect(text.errors == ended.errors && !text.errors.isEmpty, "\(command)")
            // The command of the hint shows what it can.
            if words == ["config"] {
                #expect(text.output.contains("\nthreads = ") && (document["settings"] as? [Any])?.count ?? 0 > 5)
                continue
            }
            #expect(fault["hint"] as? String == "margin config --origin")
            #expect(text.output.isEmpty, "\(command)")
            if words.contains("--business-date") { #expect(document["business_date"] as? String == "2018-12-31") }
        }
        try await installation.close()
    }

    @Test func `config prints what holds and marks what cannot, and ends with 78`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let file = try installation.write("margin.conf", "nonsense = 1", "calendar_days = 7", "lock_timeout = soon")
        let wrong = ["MARGIN_SETTINGS": file, "MARGIN_THREADS": "many"]
        let text = try installation.start("margin", ["config", "--origin"], environment: wrong).wait()
        #expect(text.code == 78 && text.errors.hasPrefix("error: \(file), line 1: no setting: nonsense\nhint: "))
        for line in [
            "threads = many  # refused: is no whole number above 0; variable MARGIN_THREADS",
            "calendar_days = 7  # file \(file)",
            "lock_timeout = soon  # refused: is no whole number from 0 to 1000000; file \(file)",
        ] {
            #expect(text.output.contains("\n\(line)\n"), "\(text.output)")
        }
        let ended = try installation.start("margin", ["config", "--json"], environment: wrong).wait()
        let document = try Self.document(ended, "config")
        let settings = try #require(document["settings"] as? [[String: Any]])
        #expect(ended.code == 78 && document["error"] != nil)
        #expect(
            settings.filter { $0["refused"] != nil }.compactMap { $0["setting"] as? String } == [
                "threads", "lock_timeout",
            ])
        try await installation.close()
    }

    @Test func `a night that is due is one document, with what is due and why the code is 66`() async throws {
        let installation = try await Installation()
        for _ in 1...2 {
            let text = try installation.run("margin", "due")
            let ended = try installation.run("margin", "due", "--json")
            let document = try Self.document(ended, "due")
            let fault = try #require(document["error"] as? [String: Any])
            #expect(ended.code == 66 && text.code == 66 && text.errors == ended.errors)
            #expect(fault["exit_code"] as? Int == 66 && document["state"] as? String == "due")
            #expect(document["command"] as? String == "margin due")
            // The second time a night is computed, and the next one is due for years.
            #expect(try installation.run("margin", "run", "--business-date", "2018-12-31").code == 0)
        }
        try await installation.close()
    }

    @Test func `every command that succeeds prints one document`() async throws {
        let installation = try await Installation()
        let night = try installation.start("margin", ["run", "--json"] + Self.day).wait()
        #expect(night.code == 0, "\(night.errors)")
        _ = try Self.document(night, "run")
        for words in [
            ["status"] + Self.day, ["findings"] + Self.day, ["plan"] + Self.day, ["show"] + Self.day,
            ["doctor"] + Self.day,
            ["diff", "--runs", "1,1"] + Self.day, ["explain", "ALPHA-HOUSE"] + Self.day, ["publish"] + Self.day,
            ["rerun", "--reason", "R"] + Self.day, ["verify"] + Self.day,
        ] {
            let ended = try installation.start("margin", words + ["--json"]).wait()
            #expect(ended.code == 0, "\(words): \(ended.errors)")
            _ = try Self.document(ended, words[0])
        }
        for words in [
            ["config"], ["corrections"] + Self.day, ["governance", "show"], ["parameters", "list"], ["rejects"],
        ] {
            let ended = try installation.start("margin", words + ["--json"]).wait()
            let list = try? JSONSerialization.jsonObject(with: Data(ended.output.utf8))
            #expect(ended.code == 0 && list != nil, "\(words): \(ended.output)\(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `a wrong command line is one document too`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let lines =
            Self.commands.keys.sorted().map { ("margin", Self.arguments($0)) }
            + Self.stages.map { ("margin-\($0)", Self.day) }
        for (program, words) in lines {
            let command = "\(program) \(words.joined(separator: " "))"
            let ended = try installation.start(program, words + ["--no-such-option", "--json"]).wait()
            let fault = try #require(try Self.document(ended, command)["error"] as? [String: Any])
            #expect(fault["name"] as? String == "usage" && fault["exit_code"] as? Int == 64, "\(command)")
            #expect(fault["message"] as? String == "unknown option '--no-such-option'", "\(command)")
            #expect((fault["hint"] as? String)?.hasSuffix(" --help") == true, "\(command)")
            #expect(ended.code == 64 && ended.errors.hasPrefix("error: unknown option"), "\(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `no server is one document of every command that needs one`() async throws {
        let installation = try await Installation(house: nil, isMigrated: false)
        let withoutServer = [
            "case", "config", "doctor", "replicate", "span check", "span diff", "verify-report", "walk-forward",
        ]
        for command in Self.commands.keys.sorted() where !withoutServer.contains(command) {
            let words = Self.arguments(command) + ["--json"]
            let ended = try installation.start("margin", words, environment: ["PGPORT": "5999"]).wait()
            let fault = try #require(try Self.document(ended, command)["error"] as? [String: Any])
            #expect(
                ended.code == 69 && fault["name"] as? String == "databaseUnavailable", "\(command): \(ended.errors)")
        }
        try await installation.close()
    }

    @Test func `a stage that fails names run, stage and execution`() async throws {
        let installation = try await Installation.editing {
            try $0.append("position", "2018-12-31,NOBODY,,CL-2019-02,3,0")
        }
        let ended = try installation.run("margin", "run", "--business-date", "2018-12-31", "--json")
        let document = try Self.document(ended, "run")
        #expect(document["command"] as? String == "margin run" && document["business_date"] as? String == "2018-12-31")
        #expect(document["cycle"] as? String == "EOD" && document["run"] as? Int == 1)
        #expect(document["stage"] as? String == "ingest" && document["execution"] as? Int == 1)
        let fault = try #require(document["error"] as? [String: Any])
        #expect(fault["name"] as? String == "inputRejected" && fault["exit_code"] as? Int == 65 && ended.code == 65)
        #expect((fault["message"] as? String)?.contains("unknown account NOBODY") == true)
        #expect((fault["hint"] as? String)?.hasPrefix("take the row back: margin correct position") == true)
        let status = try installation.run("margin", "status", "--business-date", "2018-12-31")
        let kept = (fault["message"] as? String ?? "").split(whereSeparator: \.isWhitespace)
        #expect(kept.count > 15)
        #expect(status.output.split(whereSeparator: \.isWhitespace).contains(kept), "\(status.output)")
        let error = status.output.split(separator: "\n").filter { $0.hasPrefix("        ") }
        #expect(error.count > 1 && error.allSatisfy { $0.count <= 110 }, "\(status.output)")
        try await installation.close()
    }

    @Test func `a plan after a new parameter set has one short line a stage, and the changes once below`() async throws
    {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0, "\(night.errors)")
        let proposed = try installation.start(
            "margin",
            [
                "parameters", "propose", "P2019", "--base", "P2018", "--effective-from", "2018-12-31", "--reason", "R",
                "combined_commodity_margin", "combined_commodity=CRUDE", "set", "price_scan_range=4.40",
            ]
        ).wait()
        #expect(proposed.code == 0, "\(proposed.errors)")
        _ = try installation.run("margin", "db", "person", "an_officer")
        let approved = try installation.run(
            "margin", "parameters", "approve", "P2019", "--reason", "R", "--yes", "--as", "an_officer")
        #expect(approved.code == 0, "\(approved.errors)")
        let plan = try installation.run("margin", "plan", "--business-date", "2018-12-31")
        let lines = plan.output.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 110 }, "\(plan.output)")
        #expect(lines.contains { $0.hasPrefix("  offsets ") && $0.contains(" changed inputs") }, "\(plan.output)")
        #expect(lines.contains("changed inputs:"))
        #expect(plan.output.components(separatedBy: "combined_commodity_margin v").count == 2, "\(plan.output)")
        try await installation.close()
    }
}
