import Foundation
import TestSupport
import Testing

/// The benchmark itself, so that it cannot rot: its figures are for people, its lines are checked here.
@Suite struct BenchTests {
    @Test func `the bench margins the small house and compares it with its floor`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Checkout.root + "/Benchmarks/bench.sh")
        process.arguments = [Checkout.products, "small"]
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        for stage in NightTests.stages {
            #expect(said.contains(try Regex("(?m)^\(stage) +[0-9.]+ +[0-9]+ +[0-9]+ +[0-9]+$")), "\(stage): \(said)")
        }
        let positions = try #require(said.firstMatch(of: /positions · (\d+)/))
        #expect(try #require(Int(positions.1)) >= 10_000)
        let ratio = try #require(said.firstMatch(of: /night \/ floor = ([0-9.]+)\n/))
        #expect(try #require(Double(ratio.1)) > 0)
        #expect(said.contains(/result hash: [0-9a-f]{16}\n/))
        // Without its Python environment the peer is left out, as the tests against QuantLib are.
        if FileManager.default.fileExists(atPath: Checkout.root + "/.cluster/quantlib/releases") {
            for table in ["risk_array", "combined_commodity_risk", "spread_leg_formed", "requirement", "margin_call"] {
                #expect(
                    said.contains(try Regex("(?m)^\(table) +([0-9]+) +\\1 +\\1 +100\\.0000 %$")), "\(table): \(said)")
            }
            let peer = try #require(said.firstMatch(of: /night \/ peer = ([0-9.]+) \(/), "\(said)")
            #expect(try #require(Double(peer.1)) > 0)
        }
        for which in ["median", "worst"] {
            #expect(said.contains(try Regex("(?m)^\(which) +[^ ]+ +[0-9]+ +[0-9]+ +[0-9.]+ +[0-9.]+$")), "\(said)")
        }
        #expect(said.contains("\n  equal\n"), "\(said)")
        #expect(said.contains(/\nsimulated \/ scanned = [0-9.]+\n/), "\(said)")
    }
}
