import Foundation
import TestSupport
import Testing

/// The file of an exchange's evening, portfolios that two engines by others agree on, and its arrays computed again.
@Suite(.serialized, .enabled(if: ExchangeEvidence.isPresent, "MARGIN_EVIDENCE names no exchange file"))
struct `The exchange's file` {
    @Test func `gives every stated component and requirement exactly`() async throws {
        try await withScratchFolder { folder in
            let evidence = try ExchangeEvidence(in: folder)
            #expect(evidence.portfolios.count == 60)
            try evidence.writePortfolios(imported: try evidence.importFile(to: "set"))
            let ended = try runProgram([
                "replicate", "--parameters", evidence.file, "--positions", folder + "/position.csv", "--accounts",
                folder + "/account.csv", "--json",
            ])
            #expect(ended.code == 0, "\(ended.errors)")
            let accounts = try jsonObject(ended.output)["accounts"] as? [[String: Any]] ?? []
            let found = Dictionary(uniqueKeysWithValues: accounts.map { ($0["account"] as? String ?? "", $0) })
            for portfolio in evidence.portfolios {
                let account = try #require(found[portfolio.id])
                #expect(account["requirement"] as? String == portfolio.requirement, "\(portfolio.id)")
                let parts = account["components"] as? [[String: String]] ?? []
                #expect(Set(parts.compactMap { $0["combined_commodity"] }) == Set(portfolio.components.keys))
                for part in parts {
                    let stated = portfolio.components[part["combined_commodity"] ?? ""] ?? [:]
                    let own = part.filter { stated[$0.key] != nil }
                    #expect(own == stated, "\(portfolio.id)")
                }
            }
        }
    }

    @Test func `gives its arrays, deltas and portfolios through a night`() async throws {
        try await withScratchFolder { folder in
            let evidence = try ExchangeEvidence(in: folder)
            let night = try await Self.night(evidence, deltaDecimals: nil)
            let published = try evidence.publishedArrays()
            let arrays = try Self.arrays(of: night)
            #expect(arrays.count == 2774 && published.count == 2774)
            var (future, option, delta, single) = (0.0, 0.0, 0.0, 0)
            var (optionValues, near, lastDigits) = (0, 0, 0)
            for (series, theirs) in published {
                let ours = try #require(arrays[series])
                for (own, text) in zip(ours.values, theirs.values) {
                    let (value, stated) = (try #require(Double(own)), try #require(Double(text)))
                    if theirs.isFuture {
                        future = max(future, abs(value - stated))
                        let stored = String(format: "%.6f", Double(Float(value)))
                        if Double(stored) == 0 ? stated == 0 : stored == text { single += 1 }
                    } else {
                        option = max(option, abs(value - stated))
                        optionValues += 1
                        if abs(value - stated) <= 1e-4 { near += 1 }
                    }
                }
                let difference = abs((Double(ours.delta) ?? .nan) - (Double(theirs.delta) ?? .nan))
                delta = max(delta, difference)
                if difference > 5e-7 { lastDigits += 1 }
            }
            #expect(future > 1e-5 && future <= 3e-5)
            #expect(single == 2336)
            #expect(option <= 1e-2)
            #expect(optionValues == 42_048 && Double(near) >= 0.85 * 42_048)
            // Two roundings to the sixth decimal of figures that are half a unit of it apart at most.
            #expect(delta <= 1.01e-6 && lastDigits <= 50)
            let differing = try Self.differences(evidence, night)
            #expect(differing.allSatisfy { $0.value <= 0.0201 }, "\(differing)")
            #expect(
                differing.keys.sorted() == [
                    "tk-017", "tk-027", "tk-069", "tk-075", "tk-081", "tk-083", "tk-085", "tk-087", "tk-089", "tk-093",
                    "tk-099", "tk-103", "tk-111",
                ])
        }
    }

    @Test func `has composite deltas that are ours before they are rounded to its decimals`() async throws {
        try await withScratchFolder { folder in
            let evidence = try ExchangeEvidence(in: folder)
            let arrays = try Self.arrays(of: try await Self.night(evidence, deltaDecimals: "8"))
            let published = try evidence.publishedArrays()
            var worst = 0.0
            for (series, theirs) in published {
                worst = max(worst, abs((Double(arrays[series]?.delta ?? "") ?? .nan) - (Double(theirs.delta) ?? .nan)))
            }
            #expect(worst > 1e-7 && worst <= 5.5e-7)
        }
    }

    @Test func `is written as a file that is written from itself again, byte by byte`() async throws {
        try await withScratchFolder { folder in
            let evidence = try ExchangeEvidence(in: folder)
            let text = try String(contentsOfFile: evidence.file, encoding: .utf8)
            try text.replacing(
                "<capAnov>0</capAnov>\r\n\r\n<curConv>", with: "<lookAheadYears>0.004</lookAheadYears><curConv>"
            )
            .write(toFile: folder + "/dated.spn", atomically: true, encoding: .utf8)
            for (from, to) in [("dated.spn", "first.xml"), ("first.xml", "second.xml")] {
                let written = try runProgram(["span", "export", "--parameters", "\(folder)/\(from)", "\(folder)/\(to)"])
                #expect(written.code == 0, "\(written.errors)")
            }
            let first = try Data(contentsOf: URL(fileURLWithPath: folder + "/first.xml"))
            #expect(first.count > 1_000_000)
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/second.xml")) == first)
        }
    }

    /// A night on the imported folder, with the portfolios as the only member's accounts.
    private static func night(_ evidence: ExchangeEvidence, deltaDecimals: String?) async throws -> Night {
        let house = try evidence.importFile(to: "house")
        try evidence.writePortfolios(imported: house, dated: true)
        func edit(_ table: String, _ change: (String) -> String) throws {
            let path = "\(house)/\(table).csv"
            try change(try String(contentsOfFile: path, encoding: .utf8))
                .write(toFile: path, atomically: true, encoding: .utf8)
        }
        try edit("parameter_set") { $0.replacing("margin span import,,", with: "margin span import,officer,") }
        if let deltaDecimals {
            try edit("combined_commodity_margin") { $0.replacing(",6,6,normal", with: ",6,\(deltaDecimals),normal") }
        }
        for (table, text) in [
            ("calendar_date", "calendar_date,is_business_day\n2016-05-17,true\n2016-05-18,true\n"),
            ("clearing_member", "member,name,member_group\nM,Member,M-GROUP\n"),
        ] { try text.write(toFile: "\(house)/\(table).csv", atomically: true, encoding: .utf8) }
        return try await Night(house: house, dates: [ExchangeEvidence.date])
    }

    private static func arrays(of night: Night) throws -> [String: (values: [String], delta: String)] {
        let report = try jsonObject(
            Data(contentsOf: URL(fileURLWithPath: night.file("risk-arrays", ExchangeEvidence.date))))
        let columns = report["columns"] as? [String] ?? []
        let (series, values, delta) = (
            columns.firstIndex(of: "series") ?? 0, columns.firstIndex(of: "risk_array") ?? 0,
            columns.firstIndex(of: "composite_delta") ?? 0
        )
        return Dictionary(
            uniqueKeysWithValues: (report["rows"] as? [[Any]] ?? []).map { row in
                (row[series] as? String ?? "", (row[values] as? [String] ?? [], "\(row[delta])"))
            })
    }

    /// By portfolio, the largest difference of a stated amount, where there is one.
    private static func differences(_ evidence: ExchangeEvidence, _ night: Night) throws -> [String: Double] {
        let components = try night.files("components", ExchangeEvidence.date, ".csv").flatMap {
            try CSVRows.rows(ofFile: $0)
        }
        let requirements = try night.files("requirement", ExchangeEvidence.date, ".csv").flatMap {
            try CSVRows.rows(ofFile: $0)
        }
        var differences: [String: Double] = [:]
        func note(_ id: String, _ own: String?, _ stated: String?) throws {
            let difference = abs(try #require(own.flatMap { Double($0) }) - #require(stated.flatMap { Double($0) }))
            if difference > 0.001 { differences[id] = max(differences[id] ?? 0, difference) }
        }
        for portfolio in evidence.portfolios {
            let row = requirements.first { $0["account"] == portfolio.id }
            try note(portfolio.id, row?["requirement"], portfolio.requirement)
            for (code, stated) in portfolio.components {
                let part = components.first { $0["account"] == portfolio.id && $0["combined_commodity"] == code }
                for (column, value) in stated { try note(portfolio.id, part?[column], value) }
            }
        }
        return differences
    }
}
