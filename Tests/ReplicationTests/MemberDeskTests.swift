import Foundation
import TestSupport
import Testing

/// What a member does with the reports and the documents alone: recompute, and read amounts as they are said to be.
@Suite struct `A member's desk` {
    /// docs/reports.md, variation-margin: a currency, max(0, −Σ lines) + owed, at the rate of the report `parameters`.
    @Test(arguments: DemoNight.dates) func `recomputes every unpaid variation margin`(_ date: String) async throws {
        let night = try await DemoNight.made.value
        let rates = try rates(night.file("parameters", date))
        var unpaid: [String: [String: (sum: Decimal, owed: Decimal)]] = [:]
        for file in try night.files("variation-margin", date, ".csv") {
            for row in try CSVRows.rows(ofFile: file) {
                let (account, currency) = (try #require(row["account"]), try #require(row["currency"]))
                let amount = try #require(Decimal(string: row["amount"] ?? ""))
                var part = unpaid[account]?[currency] ?? (0, 0)
                if row["kind"] == "owed" { part.owed -= amount } else { part.sum += amount }
                unpaid[account, default: [:]][currency] = part
            }
        }
        var (called, converted, indebted) = (0, 0, 0)
        for row in try night.files("margin-call", date, ".csv").flatMap(CSVRows.rows(ofFile:)) {
            let (account, into) = (try #require(row["account"]), try #require(row["call_currency"]))
            var total = Decimal(0)
            for (currency, part) in unpaid[account] ?? [:] {
                let debt = max(0, -part.sum) + part.owed
                guard debt > 0 else { continue }
                let rate = currency == into ? 1 : try #require(rates["\(currency) \(into)"], "\(currency) \(into)")
                total += rounded(debt * rate)
                converted += currency == into ? 0 : 1
                indebted += part.owed > 0 ? 1 : 0
            }
            #expect(Decimal(string: row["unpaid_variation_margin"] ?? "") == total, "\(account)")
            called += total > 0 ? 1 : 0
        }
        // Nothing is carried over into the first night.
        #expect(date == DemoNight.dates[0] || (called > 3 && converted > 0 && indebted > 0))
    }

    /// Whatever has a currency for its unit and is not said to be exact has the currency's decimals in every cell.
    @Test func `amounts have the decimals of their currency`() async throws {
        let night = try await DemoNight.made.value
        let text = try String(contentsOfFile: Checkout.root + "/docs/reports.md", encoding: .utf8)
        var (report, columns) = ("", 0)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#") { report = line.hasPrefix("### ") ? String(line.dropFirst(4)) : "" }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard !report.isEmpty, cells.count == 5, cells[1].hasPrefix("decimal") else { continue }
            guard ["currency of the row", "call currency"].contains(cells[3]) else { continue }
            guard !cells[2].contains("exact"), report != "greeks", !Self.prices.contains(cells[0]) else { continue }
            let column = cells[0].trimmingCharacters(in: ["`"])
            let unit = cells[3] == "call currency" ? "call_currency" : "currency"
            for file in try Self.files(night, report) {
                try check(file, column, unit)
                columns += 1
            }
        }
        #expect(columns > 100)
    }

    /// Each line of text is an equation of what stands in it, or a sum of the lines below it.
    @Test(arguments: DemoNight.dates) func `reads equations in the replicated text that are true`(
        _ date: String
    ) async throws {
        let night = try await DemoNight.made.value
        let ended = try runProgram(
            ["replicate", "--parameters", night.file("parameters", date), "--positions", night.positions])
        #expect(ended.code == 0, "\(ended.errors)")
        let kinds = try checkEquations(ended.output)
        #expect(kinds == ["floored", "capped", "owners", "plain"] || date != "2018-12-28", "\(kinds)")
    }

    @Test(arguments: ["net-option-value-capped", "gross-omnibus", "long-options-only", "segregated-owners"])
    func `reads true equations of a case`(_ name: String) async throws {
        let (night, date) = try await `Replication of a case`.night(name)
        let ended = try runProgram(
            ["replicate", "--parameters", night.file("parameters", date), "--positions", night.positions])
        #expect(ended.code == 0, "\(ended.errors)")
        _ = try checkEquations(ended.output)
    }

    /// Returns the kinds of equations met.
    private func checkEquations(_ text: String) throws -> Set<String> {
        func number(_ text: Substring) throws -> Decimal { try #require(Decimal(string: String(text))) }
        var kinds: Set<String> = []
        var open: (left: Decimal, line: Substring)?
        var owners: (left: Decimal, count: Int, line: Substring)?
        let lines: [Substring] = text.split(separator: "\n") + ["account"]
        for line in lines {
            if let part = line.firstMatch(of: /: max\(0, ([0-9.]+) − (-?[0-9.]+)\) = ([0-9.]+)$/) {
                #expect(max(0, try number(part.1) - number(part.2)) == (try number(part.3)), "\(line)")
                open?.left -= try number(part.3)
                continue
            }
            if let sum = open { #expect(sum.left == 0, "\(sum.line)") }
            open = nil
            if owners == nil || !line.hasPrefix("    owner ") {
                if let sum = owners { #expect(sum.left == 0 && sum.count == 0, "\(sum.line)") }
                owners = nil
            }
            guard let arrow = line.firstMatch(of: /→ ([0-9.]+)/) else { continue }
            let result = try number(arrow.1)
            if let sum = owners { owners = (sum.left - result, sum.count - 1, sum.line) }
            if let sum = line.firstMatch(of: /sum of ([0-9]+) owners/) {
                owners = (result, try #require(Int(sum.1)), line)
                kinds.insert("owners")
            } else if let capped = line.firstMatch(of: /Σ max\(0, initial risk − net option value\)(?: \+ ([0-9.]+))?/)
            {
                open = (result - (try capped.1.map(number) ?? 0), line)
                kinds.insert("capped")
            } else if let plain = line.firstMatch(
                of:
                    /: ([0-9.]+) initial risk(?: \+ ([0-9.]+) add-back)? − (-?[0-9.]+) net option value(, fl.*0)?/
            ) {
                let left = try number(plain.1) + (try plain.2.map(number) ?? 0) - number(plain.3)
                #expect((plain.4 == nil ? left : max(0, left)) == result, "\(line)")
                kinds.insert(plain.4 == nil ? "plain" : "floored")
            } else {
                #expect(line.contains("long premium-style options only") && result == 0, "\(line)")
            }
        }
        return kinds
    }

    /// Amounts a unit of something, which are prices.
    private static let prices: Set<String> = ["`price`"]

    private static func files(_ night: Night, _ report: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: night.current(DemoNight.dates[1])).filter {
            $0.hasPrefix(report + ".") && $0.hasSuffix(".csv")
        }.map { night.current(DemoNight.dates[1]) + "/" + $0 }
    }

    private func check(_ file: String, _ column: String, _ unit: String) throws {
        let rows = try StrictCSV.parse([UInt8](Data(contentsOf: URL(fileURLWithPath: file)))).map { line in
            line.map { String(decoding: $0, as: UTF8.self) }
        }
        let index = try #require(rows[0].firstIndex(of: column), "\(file) \(column)")
        let currency = try #require(rows[0].firstIndex(of: unit), "\(file) \(unit)")
        for row in rows.dropFirst() where !row[index].isEmpty {
            let point = row[index].firstIndex(of: ".")
            let decimals = point.map { row[index].distance(from: $0, to: row[index].endIndex) - 1 } ?? 0
            #expect(decimals == (row[currency] == "JPY" ? 0 : 2), "\(file) \(column) \(row[index])")
        }
    }

    private func rates(_ file: String) throws -> [String: Decimal] {
        let rows = try reportRows(Data(contentsOf: URL(fileURLWithPath: file)))
        var rates: [String: Decimal] = [:]
        for row in rows where row["table_name"] as? String == "fx_rate" {
            let cells = try #require(row["cells"] as? [String: String])
            let pair = "\(cells["from_currency"] ?? "?") \(cells["to_currency"] ?? "?")"
            rates[pair] = Decimal(string: cells["rate"] ?? "")
        }
        return rates
    }

    /// To the cent, half away from zero; nothing here is negative.
    private func rounded(_ amount: Decimal) -> Decimal {
        var (amount, result) = (amount, Decimal())
        unsafe NSDecimalRound(&result, &amount, 2, .plain)
        return result
    }
}
