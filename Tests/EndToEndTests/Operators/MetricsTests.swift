import Foundation
import Postgres
import TestSupport
import Testing

/// The Prometheus textfile: parsed strictly, and equal to the reports and the manifest.
@Suite struct MetricsTests {
    /// A sample by its name and labels.
    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
    }

    /// Parses the exposition format, and records whatever it does not allow.
    static func parse(_ text: String) throws -> [Sample: String] {
        var samples: [Sample: String] = [:]
        var (helped, typed, finished): (String, String, Set<String>) = ("", "", [])
        #expect(text.hasSuffix("\n"))
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if let help = line.wholeMatch(of: /# HELP ([a-z_]+) ([^\\]+)/) {
                helped = String(help.output.1)
                #expect(finished.insert(helped).inserted, "\(helped) stands twice")
            } else if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) gauge/) {
                typed = String(type.output.1)
                #expect(typed == helped, "\(line)")
            } else {
                let sample = try #require(
                    line.wholeMatch(of: /([a-z_]+)\{((?:[a-z_]+="[^"\\]*",?)+)\} (-?\d+(?:\.\d+)?)/), "\(line)")
                #expect(String(sample.output.1) == typed, "\(line)")
                var labels: [String: String] = [:]
                for label in sample.output.2.matches(of: /([a-z_]+)="([^"]*)"/) {
                    #expect(labels.updateValue(String(label.output.2), forKey: String(label.output.1)) == nil)
                }
                let isNew =
                    samples.updateValue(String(sample.output.3), forKey: Sample(name: typed, labels: labels)) == nil
                #expect(isNew, "\(line)")
            }
        }
        return samples
    }

    private static func names(in file: String) throws -> Set<String> {
        let text = try String(contentsOfFile: Checkout.root + "/" + file, encoding: .utf8)
        return Set(text.matches(of: /margin_[a-z_]+/).map { String($0.output) })
    }

    @Test func `metrics, house summary and manifest say the same to the last decimal`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", "--metrics", path,
            environment: ["MARGIN_DEADLINE": "20:30 Europe/Paris"])
        #expect(night.code == 0, "\(night.errors)")
        let samples = try Self.parse(try String(contentsOfFile: path, encoding: .utf8))
        func value(_ name: String, _ labels: [String: String]) -> String? {
            samples[Sample(name: name, labels: labels.merging(["cycle": "EOD"]) { $1 })]
        }
        let files = try installation.reportFiles("2018-12-31")
        let summary = String(decoding: try #require(files["house-summary.2018-12-31.EOD.r1.csv"]), as: UTF8.self)
        var currencies = 0
        for cells in CSVRows.rows(summary) {
            guard cells["scope"] == "house", let currency = cells["call_currency"] else { continue }
            currencies += 1
            #expect(value("margin_called", ["currency": currency]) == cells["call_amount"])
            #expect(value("margin_collateral", ["currency": currency]) == cells["collateral_value"])
            #expect(value("margin_accounts_called", ["currency": currency]) == cells["calls"])
            #expect(value("margin_accounts", ["currency": currency]) == cells["accounts"])
        }
        #expect(currencies > 0)
        let bytes = try #require(files["manifest.json"])
        let manifest = try jsonObject(bytes)
        var totals = 0
        for total in try #require(manifest["control_totals"] as? [[String: Any]])
        where total["report"] as? String == "margin-call" && total["figure"] as? String == "call_amount" {
            totals += 1
            let currency = try #require(total["currency"] as? String)
            #expect(value("margin_called", ["currency": currency]) == total["total"] as? String)
        }
        #expect(totals == currencies)
        for stage in NightTests.stages {
            let count = try installation.number(
                "select row_count from margin.execution where stage = '\(stage)' and status = 'succeeded'")
            #expect(value("margin_stage_rows", ["stage": stage]) == "\(count)")
            #expect(value("margin_last_success_timestamp_seconds", ["stage": stage]) != nil)
        }
        #expect(value("margin_run_published", [:]) == "1")
        #expect(value("margin_deadline_timestamp_seconds", [:]) == "1546284600")
        #expect(value("margin_business_date_timestamp_seconds", [:]) == "1546214400")
        // 1 January is no business day: 2 January 2019, 20:30 in Paris.
        #expect(value("margin_next_business_date_timestamp_seconds", [:]) == "1546387200")
        #expect(value("margin_next_deadline_timestamp_seconds", [:]) == "1546457400")
        try await installation.close()
    }

    @Test func `a night that is refused writes what blocks it and keeps its code`() async throws {
        let installation = try await Installation.editing {
            try $0.replace("settlement_price", "2018-12-31,CL-2019-02,45.41,", with: "2018-12-31,CL-2019-02,454.1,")
        }
        let path = installation.folder + "/margin.prom"
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", environment: ["MARGIN_METRICS": path])
        #expect(night.code == 65, "\(night.errors)")
        let samples = try Self.parse(try String(contentsOfFile: path, encoding: .utf8))
        let blocking = samples[Sample(name: "margin_findings", labels: ["cycle": "EOD", "severity": "block"])]
        #expect(Int(blocking ?? "0").map { $0 > 0 } == true, "\(blocking ?? "none")")
        #expect(samples[Sample(name: "margin_run_published", labels: ["cycle": "EOD"])] == "0")
        #expect(samples[Sample(name: "margin_stage_failed", labels: ["cycle": "EOD", "stage": "ingest"])] == "1")
        try await installation.close()
    }

    @Test func `a metrics file that cannot be made is exit 73 after a published night, and the old one stays`()
        async throws
    {
        let installation = try await Installation()
        let night = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", "--metrics", installation.folder + "/none/margin.prom")
        #expect(night.code == 73, "\(night.errors)")
        #expect(
            night.errors.contains("hint: make the folder: mkdir -p \(installation.folder)/none; or "), "\(night.errors)"
        )
        let file = try installation.write("taken", "kept")
        let within = try installation.run(
            "margin", "plan", "--business-date", "2018-12-31", "--metrics", file + "/margin.prom")
        #expect(within.code == 73 && within.errors.contains("hint: look at it with: ls -la \(file); remove"))
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 1)
        let litter = try FileManager.default.contentsOfDirectory(atPath: installation.folder).filter {
            $0.hasSuffix(".new")
        }
        #expect(litter == [])
        try await installation.close()
    }

    /// The value of a sample of the file, without labels other than the cycle.
    private static func value(_ name: String, _ path: String, cycle: String = "EOD") throws -> String? {
        try parse(try String(contentsOfFile: path, encoding: .utf8))[Sample(name: name, labels: ["cycle": cycle])]
    }

    @Test func `every command that takes a metrics file writes it, and a rerun leaves the published run standing`()
        async throws
    {
        let installation = try await Installation()
        let (path, day) = (installation.folder + "/margin.prom", ["--business-date", "2018-12-31"])
        func run(_ arguments: [String]) throws -> Ended {
            try? FileManager.default.removeItem(atPath: path)
            let ended = try installation.start("margin", arguments + day, environment: ["MARGIN_METRICS": path]).wait()
            #expect(ended.code == 0, "\(ended.errors)")
            return ended
        }
        func numbers() throws -> [String?] {
            try ["margin_run_number", "margin_published_run_number", "margin_run_published"].map {
                try Self.value($0, path)
            }
        }
        _ = try run(["run"])
        #expect(try numbers() == ["1", "1", "1"])
        let correction = [
            "correct", "price", "--series", "CL-2019-03", "--price", "45.91", "--reason", "test",
        ]
        #expect(try installation.start("margin", correction + day).wait().code == 0)
        _ = try run(["plan"])
        #expect(try numbers() == ["1", "1", "1"])
        _ = try run(["rerun", "--reason", "test"])
        #expect(try numbers() == ["2", "1", "1"])
        _ = try run(["verify"])
        #expect(try numbers() == ["2", "1", "1"])
        _ = try run(["publish", "--run", "2"])
        #expect(try numbers() == ["2", "2", "1"])
        try await installation.close()
    }

    @Test func `a night that is run again for an old date leaves the newest one in the file`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        for day in ["2018-12-31", "2018-12-28"] {
            let ended = try installation.run("margin", "run", "--business-date", day, "--metrics", path)
            #expect(ended.code == 0, "\(ended.errors)")
            #expect(try Self.value("margin_business_date_timestamp_seconds", path) == "1546214400")
            #expect(try Self.value("margin_next_business_date_timestamp_seconds", path) == "1546387200")
        }
        // No positions: the night of the next date is refused, and shown for as long as nothing newer is.
        let empty = try installation.run("margin", "run", "--business-date", "2019-01-02", "--metrics", path)
        #expect(empty.code == 65, "\(empty.errors)")
        try await installation.close()
    }

    @Test func `a night that is stopped stays in the file, whatever other command writes it`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        func run(_ words: String...) throws -> Ended {
            try installation.start("margin", words, environment: ["MARGIN_METRICS": path]).wait()
        }
        func stopped() throws -> [String?] {
            let samples = try Self.parse(try String(contentsOfFile: path, encoding: .utf8))
            return [
                samples[Sample(name: "margin_business_date_timestamp_seconds", labels: ["cycle": "EOD"])],
                samples[Sample(name: "margin_findings", labels: ["cycle": "EOD", "severity": "block"])],
                samples[Sample(name: "margin_stage_failed", labels: ["cycle": "EOD", "stage": "ingest"])],
                samples[Sample(name: "margin_run_published", labels: ["cycle": "EOD"])],
            ]
        }
        #expect(try run("run", "--business-date", "2018-12-31").code == 0)
        // The next date has no positions.
        #expect(try run("run", "--business-date", "2019-01-02").code == 65)
        #expect(try stopped() == ["1546387200", "1", "1", "0"])
        for words in [
            ["plan", "--business-date", "2018-12-31"], ["run", "--business-date", "2018-12-31"],
            ["run", "--business-date", "2018-12-31", "--cycle", "ITD"], ["verify", "--business-date", "2018-12-31"],
            // A date that was mistyped is no night of the house.
            ["run", "--business-date", "2081-12-31"], ["plan", "--business-date", "2018-12-28"],
        ] {
            _ = try installation.start("margin", words, environment: ["MARGIN_METRICS": path]).wait()
            #expect(try stopped() == ["1546387200", "1", "1", "0"], "\(words)")
        }
        try await installation.close()
    }

    @Test func `an intraday run leaves the night's figures in the file, and they stand beside its own`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        #expect(try installation.run("margin", "run", "--business-date", "2018-12-31", "--metrics", path).code == 0)
        let before = try Self.parse(try String(contentsOfFile: path, encoding: .utf8))
        let refused = try installation.run(
            "margin", "run", "--business-date", "2018-12-31", "--cycle", "ITD", "--metrics", path)
        #expect(refused.code == 65, "\(refused.errors)")
        let after = try Self.parse(try String(contentsOfFile: path, encoding: .utf8))
        #expect(before.allSatisfy { after[$0.key] == $0.value })
        #expect(after[Sample(name: "margin_run_published", labels: ["cycle": "ITD"])] == "0")
        try await installation.close()
    }

    @Test func `what is no file is never replaced by the metrics`() async throws {
        let installation = try await Installation()
        let path = installation.folder + "/margin.prom"
        let target = try installation.write("target", "kept")
        var kinds = ["ln -s \(target) \(path)": "a link", "mkfifo \(path)": "a pipe", "mkdir \(path)": "a folder"]
        if getuid() == 0 { kinds["mknod \(path) c 1 3"] = "a device" }
        for (maker, kind) in kinds {
            #expect(try JobTests.shell(["bash", "-c", maker]).code == 0)
            let before = try FileManager.default.attributesOfItem(atPath: path)
            let ended = try installation.run("margin", "run", "--business-date", "2018-12-31", "--metrics", path)
            #expect(ended.code == 73, "\(ended.errors)")
            #expect(ended.errors.contains("\(path) is not written: \(kind) stands there"), "\(ended.errors)")
            let after = try FileManager.default.attributesOfItem(atPath: path)
            #expect(after[.systemFileNumber] as? Int == before[.systemFileNumber] as? Int)
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "kept\n")
        #expect(try installation.number("select count(*) from margin.run where status = 'published'") == 1)
        try await installation.close()
    }

    @Test func `the document and the alerts name metrics that exist, and the document all of them`() throws {
        let source = try Self.names(in: "Sources/Operations/Health/MetricsFile.swift")
        #expect(source.count > 10)
        let alerts = try Self.names(in: "jobs/prometheus-alerts.yaml")
        #expect(alerts.subtracting(source) == [])
        #expect(alerts.contains("margin_next_deadline_timestamp_seconds"))
        let documented = try Self.names(in: "docs/operations.md")
        #expect(source.subtracting(documented) == [])
    }
}
