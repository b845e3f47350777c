import Foundation
import Quantities
import TestSupport
import Testing

/// The pages of the demo house's nights, held to the files that stand beside them.
@Suite struct `The page of a member` {
    private static let date = DemoNight.dates[1]

    private func rows(_ night: Night, _ report: String, _ member: String) throws -> [[String: String]] {
        let files = try night.files(report, Self.date, "csv").filter { $0.contains(".\(member).") }
        return try files.flatMap { try CSVRows.rows(ofFile: $0) }
    }

    private func page(_ night: Night, _ member: String) throws -> String {
        let file = try #require(
            try night.files("member-page", Self.date, "html").first { $0.contains(".\(member).") })
        return try String(contentsOfFile: file, encoding: .utf8)
    }

    private func decimal(_ row: [String: String], _ column: String) throws -> ExactDecimal {
        let cell = try #require(row[column], "\(column)")
        return try #require(ExactDecimal(cell), "\(column) \(cell)")
    }

    @Test func `shows every amount of its calls and of its tomorrow`() async throws {
        let night = try await DemoNight.made.value
        let members = Set(try CSVRows.rows(ofFile: night.house + "/account.csv").compactMap { $0["member"] })
        #expect(members.count == 12)
        let amounts = [
            "margin-call": [
                "requirement", "add_ons", "unpaid_variation_margin", "collateral_value", "deficit", "call_amount",
                "return_amount", "due_date", "account",
            ],
            "tomorrow": [
                "unpaid_variation_margin", "collateral_value", "call_amount", "return_amount", "due_date", "account",
            ],
        ]
        for member in members {
            let page = try page(night, member)
            #expect(!page.contains(" to be paid by ") || page.contains(" 12:00 America/New_York, account "))
            for (report, columns) in amounts {
                let rows = try rows(night, report, member)
                #expect(!rows.isEmpty, "\(report) of \(member)")
                for (row, column) in rows.flatMap({ row in columns.map { (row, $0) } }) {
                    let cell = try #require(row[column])
                    #expect(page.contains(">\(cell)<"), "\(member) \(report) \(column) \(cell)")
                }
            }
            for row in try rows(night, "tomorrow", member) {
                let margin = try decimal(row, "requirement") + decimal(row, "add_ons")
                #expect(page.contains(">\(margin.text(decimals: 2))<"), "\(member): margin \(margin)")
            }
        }
    }

    /// The second waterfall, held to the report of its rows.
    @Test func `tells what moved by the sums of its attribution`() async throws {
        let night = try await DemoNight.made.value
        var told = 0
        for member in ["M01", "M05", "M08"] {
            let page = try page(night, member)
            let rows = try rows(night, "attribution", member).filter { $0["today"]?.isEmpty == false }
            for (_, rows) in Dictionary(grouping: rows, by: { $0["call_currency"] }) {
                for column in ["reported_yesterday", "positions", "prices", "volatilities", "time", "today"] {
                    let sum = try rows.reduce(ExactDecimal.zero) { try $0 + decimal($1, column) }
                    guard sum.signum != 0 else { continue }
                    #expect(page.contains(">\(sum.text(decimals: 2))<"), "\(member) \(column) \(sum)")
                    told += 1
                }
            }
        }
        #expect(told >= 15)
    }

    @Test func `proposes the trades of the report, to a member who has asked for them`() async throws {
        let night = try await DemoNight.made.value
        let (asked, other) = (try page(night, "M01"), try page(night, "M05"))
        let trades = try rows(night, "reducing-trades", "M01")
        #expect(trades.count >= 3)
        for (row, column) in trades.flatMap({ row in ["series", "lowers_by"].map { (row, $0) } }) {
            let cell = try #require(row[column], "\(column)")
            #expect(asked.contains(">\(cell)<"), "\(column) \(cell)")
        }
        #expect(other.contains("The house tells members who ask for it"))
    }

    /// What positions cost alone, computed again from the arrays, scan and requirement from the reports.
    @Test(arguments: ["M01", "M05"]) func `builds the requirement up from what every position costs alone`(
        _ member: String
    ) async throws {
        let night = try await DemoNight.made.value
        let page = try page(night, member)
        let arrays = Dictionary(
            try CSVRows.rows(ofFile: night.file("risk-arrays", Self.date, "csv")).map { ($0["series"] ?? "", $0) },
            uniquingKeysWith: { first, _ in first })
        let accounts = Dictionary(
            try rows(night, "accounts", member).map { ($0["account"] ?? "", $0["margining_type"] ?? "") },
            uniquingKeysWith: { first, _ in first })
        var alone: [String: ExactDecimal] = [:]
        let rates = Dictionary(
            try rows(night, "requirement", member).map { ($0["currency"] ?? "", try decimal($0, "fx_rate")) },
            uniquingKeysWith: { first, _ in first })
        var costs: [(weight: ExactDecimal, text: String)] = []
        for row in try rows(night, "positions", member) {
            let series = try #require(row["series"])
            guard let array = arrays[series], let currency = array["currency"] else { continue }
            let values = try (1...16).compactMap { try decimal(array, "risk_array_\($0)") }
            let (long, short) = (try decimal(row, "long_quantity"), try decimal(row, "short_quantity"))
            func largest(_ quantity: ExactDecimal) -> ExactDecimal {
                values.map { $0 * quantity }.reduce(.zero) { max($0, $1) }
            }
            let cost =
                accounts[row["account"] ?? ""] == "gross_omnibus"
                ? largest(long) + largest(.zero - short) : largest(long - short)
            let whole = ExactDecimal(
                minorUnits: cost.minorUnits(decimals: currency == "JPY" ? 0 : 2), decimals: currency == "JPY" ? 0 : 2)
            alone[currency, default: .zero] += whole
            let rate = try #require(rates[currency], "\(currency)")
            costs.append((whole * rate, "\(whole.text(decimals: currency == "JPY" ? 0 : 2)) \(currency)"))
        }
        let required = Dictionary(
            try rows(night, "requirement", member).map { ($0["currency"] ?? "", try decimal($0, "requirement")) },
            uniquingKeysWith: +)
        let scans = Dictionary(
            try rows(night, "components", member).map { ($0["currency"] ?? "", try decimal($0, "scan")) },
            uniquingKeysWith: +)
        #expect(alone.count == 3 && required.count == 3)
        for row in try rows(night, "components", member) {
            #expect(row["scan_spread"]?.isEmpty == true, "the steps below are of what no spread scans as one")
        }
        for currency in alone.keys {
            let own = try rows(night, "components", member).filter { $0["currency"] == currency }
            func sum(_ column: String) throws -> ExactDecimal {
                try own.reduce(.zero) { try $0 + decimal($1, column) }
            }
            let before = try sum("scan") + sum("intra_charge") + sum("delivery_charge") - sum("applied_credit")
            let steps = [
                try sum("intra_charge"), try sum("delivery_charge"), .zero - (try sum("applied_credit")),
                try sum("risk") - before, try sum("initial_risk") - sum("risk"), .zero - (try sum("net_option_value")),
            ]
            for step in steps where step.signum != 0 {
                #expect(page.contains(">\(step.text(decimals: currency == "JPY" ? 0 : 2))<"), "\(currency): \(step)")
            }
        }
        for (currency, sum) in alone {
            let decimals = currency == "JPY" ? 0 : 2
            let netting = (scans[currency] ?? .zero) - sum
            for figure in [sum, netting, required[currency] ?? .zero] {
                #expect(page.contains(">\(figure.text(decimals: decimals))<"), "\(currency): \(figure)")
            }
        }
        // The costliest of all currencies in the call currency, by its rate: yen do not crowd out dollars.
        let start = try #require(page.firstRange(of: "The positions that matter</h2>")).upperBound
        let end = try #require(page[start...].firstRange(of: "<h2")).lowerBound
        let shown = page[start..<end].matches(of: /class="figure">([0-9.]+)<\/td><td[^>]*>([A-Z]{3})</)
            .map { "\($0.output.1) \($0.output.2)" }
        #expect(shown == costs.sorted { $0.weight > $1.weight }.prefix(10).map(\.text))
    }

    @Test func `is in the member's folder, and the house's page is not`() async throws {
        let night = try await DemoNight.made.value
        let given = try FileManager.default.contentsOfDirectory(atPath: "\(night.current(Self.date))/members/M01")
        #expect(given.filter { $0.hasSuffix(".html") } == ["member-page.\(Self.date).M01.EOD.r1.html"])
        let house = try String(contentsOfFile: night.file("house-page", Self.date, "html"), encoding: .utf8)
        for row in try CSVRows.rows(ofFile: night.file("house-summary", Self.date, "csv"))
        where row["scope"] == "member" {
            for column in ["member", "collateral_value", "call_amount", "return_amount"] {
                let cell = try #require(row[column])
                #expect(house.contains(">\(cell)<"), "\(row["member"] ?? ""): \(column) \(cell)")
            }
            let margin = try decimal(row, "requirement") + decimal(row, "add_ons")
            #expect(house.contains(">\(margin.text(decimals: 2))<"), "\(margin)")
            let earlier = try CSVRows.rows(ofFile: night.file("house-summary", DemoNight.dates[0], "csv")).filter {
                $0["member"] == row["member"] && $0["call_currency"] == row["call_currency"]
            }
            let before = try #require(earlier.first)
            let change = try margin - decimal(before, "requirement") - decimal(before, "add_ons")
            #expect(house.contains(">\(change.text(decimals: 2))<"), "\(row["member"] ?? ""): change \(change)")
        }
        #expect(house.contains(", due 12:00 America/New_York of the day"))
    }
}
