import Foundation
import Postgres
import TestSupport
import Testing

/// The log: one JSON object a line where nobody watches, text where somebody does.
@Suite struct LogTests {
    @Test func `away from a terminal every line is an object with what a collector needs`() async throws {
        let installation = try await Installation()
        let night = try installation.run("margin", "run", "--business-date", "2018-12-31")
        #expect(night.code == 0)
        let lines = night.errors.split(separator: "\n")
        var events: [String] = []
        for line in lines {
            let parsed = try jsonObject(line)
            let object = try #require(parsed as? [String: String], "\(line)")
            #expect(object["time"]?.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) == true, "\(line)")
            #expect(object["level"] == "info" && object["message"]?.isEmpty == false, "\(line)")
            #expect(object["business_date"] == "2018-12-31" && object["run"] == "1", "\(line)")
            let event = try #require(object["event"])
            if event != "published" { #expect(NightTests.stages.contains(object["stage"] ?? ""), "\(line)") }
            if event == "started" || event == "finished" { #expect(Int(object["execution"] ?? "") != nil, "\(line)") }
            events.append(event)
        }
        #expect(
            events == ["started", "validated", "finished"] + (0..<7).flatMap { _ in ["started", "finished"] }
                + ["published"])
        let quiet = try installation.run("margin", "run", "--business-date", "2018-12-31", "--quiet")
        #expect(quiet.code == 0)
        #expect(quiet.errors.isEmpty && quiet.output.isEmpty, "\(quiet.errors)\(quiet.output)")
        try await installation.close()
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "script is not installed"))
    func `on a terminal a stage that takes its time shows where it is, and nothing there is JSON`() async throws {
        let installation = try await Installation()
        let other = try installation.connect()
        try other.script("begin; lock table margin.margin_call in access exclusive mode")
        let terminal = Process()
        terminal.executableURL = URL(fileURLWithPath: "/usr/bin/script")
        terminal.arguments = [
            "--quiet", "--return", "--command", "'\(Checkout.products)/margin' run --business-date 2018-12-31",
            installation.folder + "/typescript",
        ]
        terminal.environment = installation.environment(["MARGIN_LOCK_TIMEOUT": "4"])
        terminal.standardInput = FileHandle.nullDevice
        terminal.standardOutput = FileHandle.nullDevice
        try terminal.run()
        terminal.waitUntilExit()
        #expect(terminal.terminationStatus == 75)
        let shown = try String(contentsOfFile: installation.folder + "/typescript", encoding: .utf8)
        #expect(shown.contains("\r\u{1B}[K2018-12-31 EOD run 1: calls, "), "\(shown)")
        #expect(shown.contains("\r\u{1B}[Kerror: canceling statement due to lock timeout"), "\(shown)")
        #expect(!shown.contains(#""event""#), "\(shown)")
        try other.script("rollback")
        try await installation.close()
    }
}
