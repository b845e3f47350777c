import ClearingModel
import EndOfDay
import Foundation
import Testing
import TestSupport

/// The one table of the stages, and what is written elsewhere from it.
struct StageTableTests {
    @Test func `has one row a stage, in the order they run`() {
        #expect(StageTable.rows.map(\.stage) == Stage.allCases)
    }

    @Test func `a stage follows stages before it only, named in their order`() {
        for (place, row) in StageTable.rows.enumerated() {
            let before = Set(Stage.allCases[..<place])
            #expect(before.isSuperset(of: row.upstream), "\(row.stage)")
            #expect(row.upstream == row.upstream.sorted { index($0) < index($1) }, "\(row.stage)")
        }
    }

    @Test func `no two stages write one table`() {
        let tables = StageTable.rows.flatMap(\.resultTables)
        #expect(Set(tables).count == tables.count)
    }

    /// The database shares results by the parts that the schema registers.
    @Test func `result tables and parts are those of the schema`() throws {
        var registered: [Stage: [String: String]] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/sql/schema") {
            let text = try Checkout.text("sql/schema/" + file)
            for match in text.matches(of: /refer_results\('(\w+)', '([\w-]+)', '(\w+)'\)/) {
                let stage = try #require(Stage(rawValue: String(match.output.2)))
                registered[stage, default: [:]][String(match.output.1)] = String(match.output.3)
            }
        }
        #expect(registered.count == 4)
        for row in StageTable.rows {
            switch row.parts {
            case .none, .series: #expect(registered[row.stage] == nil, "\(row.stage)")
            case .keptByStage:
                #expect(registered[row.stage] == ["stress_array": "series", "stress_exposure": "account"])
            case .accounts, .accountsAndMembers:
                let tables = try #require(registered[row.stage], "\(row.stage)")
                #expect(tables.keys.sorted() == row.resultTables, "\(row.stage)")
                let parts = Set(tables.values)
                #expect(parts == (row.parts == .accounts ? ["account"] : ["account", "member"]), "\(row.stage)")
            }
        }
    }

    @Test func `programs, their installation and the documents name each stage`() throws {
        let package = try Checkout.text("Package.swift")
        let list = try #require(package.firstMatch(of: /let stages = \[([^\]]*)\]/)).output.1
        let programs = list.matches(of: /"([\w-]+)"/).map { String($0.output.1) }
        #expect(programs == Stage.allCases.map(\.executable))
        let install = try Checkout.text("jobs/install.sh")
        #expect(install.contains("programs=(margin \(programs.joined(separator: " ")))"))
        let operations = try Checkout.text("docs/operations.md")
        for row in StageTable.rows {
            let line = try #require(
                operations.split(separator: "\n").first {
                    $0.hasPrefix("| \(row.stage) | `\(row.stage.executable)` |")
                },
                "docs/operations.md has no line of \(row.stage)")
            for table in row.resultTables where table != "report_total" {
                #expect(line.contains("`\(table)`"), "docs/operations.md: \(row.stage) writes \(table)")
            }
        }
    }

    private func index(_ stage: Stage) -> Int { Stage.allCases.firstIndex(of: stage) ?? 0 }
}
