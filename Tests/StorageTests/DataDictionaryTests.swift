import Foundation
import Storage
import TestSupport
import Testing

struct DataDictionaryTests {
    @Test func `every domain, table, view and column says what it means`() async throws {
        let undescribed = try await ScratchDatabase.useMigrated { try DataDictionary($0).undescribed() }
        #expect(undescribed == [], "comment on them beside them in sql/schema")
    }

    @Test func `docs data-dictionary.md is what the database says`() async throws {
        let markdown = try await ScratchDatabase.useMigrated { try DataDictionary($0).markdown() }
        let file = URL(filePath: Checkout.root + "/docs/data-dictionary.md")
        if Checkout.isBlessing {
            try markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        let firstDifference = zip(lines(markdown), lines(written)).first { $0 != $1 }
        let advice = "make bless"
        #expect(markdown == written, "\(advice); the first difference: \(String(describing: firstDifference))")
    }

    @Test func `every table has a purpose, a grain and a key`() async throws {
        let markdown = try await ScratchDatabase.useMigrated { try DataDictionary($0).markdown() }
        let sections = markdown.split(separator: "\n### ").dropFirst()
        #expect(sections.count >= 50)
        for section in sections {
            let lines = section.split(separator: "\n")
            #expect(lines.count > 4 && !lines[1].hasPrefix("Grain:"), "\(lines[0]) has no purpose")
            #expect(
                lines.contains { $0.hasPrefix("Grain: one row ") && $0.contains(" Key: `") && !$0.contains("``") },
                "\(lines[0]) has no grain")
        }
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
