import Foundation
import TestSupport
import Testing

/// The demo house from its published files alone.
@Suite struct `Replication of the demo house` {
    @Test func `the environment of these tests has no database`() throws {
        #expect(try runProgram(["status", "--business-date", "2018-12-28"]).code == 69)
    }

    /// Rows, files, findings and amounts; seconds and megabytes are those of the machine.
    @Test func `the README shows what the demo house's last night prints`() async throws {
        func withoutMachine(_ text: String) -> [String] {
            text.split(separator: "\n").map {
                String($0).replacing(/in +[0-9.]+ s, [0-9]+ MB/, with: "in … s, … MB").replacing(
                    /: \/.*\/reports\//, with: ": …/reports/")
            }
        }
        let readme = try String(contentsOfFile: Checkout.root + "/README.md", encoding: .utf8)
        let sample = try #require(readme.firstMatch(of: /`make run` ends like this:\n\n```\n([\s\S]*?)\n```/)).output.1
        let printed = withoutMachine(try await DemoNight.made.value.printed)
        #expect(withoutMachine(String(sample)).count == 12)
        for line in withoutMachine(String(sample)) { #expect(printed.contains(line), "\(line)") }
    }

    @Test(arguments: DemoNight.dates) func `gives every account's published requirement`(_ date: String) async throws {
        let night = try await DemoNight.made.value
        let reports = try night.files("requirement", date, ".csv").filter { !$0.contains("by-owner") }
        #expect(reports.count > 3)
        let ended = try runProgram(
            ["replicate", "--parameters", night.file("parameters", date), "--positions", night.positions]
                + reports.flatMap { ["--check", $0] })
        #expect(ended.code == 0, "\(ended.errors)")
        let published = try reports.flatMap({ try CSVRows.rows(ofFile: $0) })
        let accounts = Set(published.compactMap { $0["account"] })
        #expect(accounts.count > 20)
        #expect(ended.output.split(separator: "\n").count { $0.hasPrefix("account ") } == accounts.count)
    }

    @Test(arguments: DemoNight.dates) func `gives every published component`(_ date: String) async throws {
        let night = try await DemoNight.made.value
        let ended = try runProgram(
            ["replicate", "--parameters", night.file("parameters", date), "--positions", night.positions, "--json"])
        #expect(ended.code == 0, "\(ended.errors)")
        let document = try jsonObject(ended.output)
        var replicated: [[String]: [String: Any]] = [:]
        for account in document["accounts"] as? [[String: Any]] ?? [] {
            for part in account["components"] as? [[String: Any]] ?? [] {
                let key = [account["account"], part["owner"], part["combined_commodity"]].map { $0 as? String ?? "?" }
                replicated[key] = part
            }
        }
        let published = try night.files("components", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) })
        #expect(published.count > 50)
        #expect(replicated.count == published.count)
        for row in published {
            let key = ["account", "owner", "combined_commodity"].map { row[$0] ?? "?" }
            for figure in [
                "currency", "scan", "intra_charge", "delivery_charge", "applied_credit", "short_option_minimum",
                "net_option_value", "risk", "scan_spread",
            ] { #expect(replicated[key]?[figure] as? String == row[figure], "\(key) \(figure)") }
        }
    }

    /// Every kind of account and every rule that makes a difference is in the house; otherwise the tests above show
    /// little.
    @Test func `has every margining type, two currencies, options, calendar and inter-commodity spreads`() async throws
    {
        let night = try await DemoNight.made.value
        let date = DemoNight.dates[1]
        let accounts = try night.files("accounts", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) })
        #expect(Set(accounts.compactMap { $0["margining_type"] }) == ["net", "gross_omnibus", "segregated"])
        let components = try night.files("components", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) })
        #expect(Set(components.compactMap { $0["currency"] }).count > 1)
        for figure in ["intra_charge", "delivery_charge", "applied_credit", "short_option_minimum", "net_option_value"]
        {
            #expect(components.contains { ($0[figure] ?? "").contains { ("1"..."9").contains($0) } }, "\(figure)")
        }
    }

    @Test func `publishes no member's accounts to another, and no person's name`() async throws {
        let night = try await DemoNight.made.value
        let date = DemoNight.dates[1]
        let parameters = try String(contentsOfFile: night.file("parameters", date), encoding: .utf8)
        for row in try night.files("accounts", date, ".csv").flatMap({ try CSVRows.rows(ofFile: $0) }) {
            #expect(!parameters.contains("\"\(row["account"] ?? "?")\""))
        }
        #expect(!parameters.contains("risk-analyst"))
        #expect(!parameters.contains("\"author\""))
    }

    @Test func `the parameters hold every table of the parameter set that is no member's own`() async throws {
        let night = try await DemoNight.made.value
        let rows = try CSVRows.rows(ofFile: night.file("parameters", DemoNight.dates[1], "csv"))
        let tables = Set(rows.compactMap { $0["table_name"] })
        let house = try FileManager.default.contentsOfDirectory(atPath: night.folder + "/house").filter { name in
            let header = try String(contentsOfFile: "\(night.folder)/house/\(name)", encoding: .utf8).prefix {
                $0 != "\n"
            }
            return header.split(separator: ",").contains("parameter_set")
        }.map { String($0.dropLast(4)) }
        #expect(house.count > 10)
        #expect(tables.isSuperset(of: house))
        #expect(
            tables.isSuperset(
                of: ["currency", "combined_commodity", "contract", "series", "fx_rate"]))
    }
}
