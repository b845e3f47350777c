import ClearingModel
import Foundation
import Margining
import Quantities
import TestSupport
import Testing

/// Margin parameters an exchange has used, published in the Reserve Bank of Australia's 2011/12 assessment of its
/// clearing facilities (tables A1 to A3): under $MARGIN_EVIDENCE.
struct PublishedParameters: Decodable, Sendable {
    struct Product: Decodable, Sendable {
        let cc: String
        let price_scan: Int
        let som: Int
    }
    struct Tiers: Decodable, Sendable {
        let months: [String: String]
        let charges: [String: Int]
    }
    let params: [Product]
    let IR_tiers: Tiers

    static let path = Evidence.path("asx-2012-parameters/parameters.json")

    static func read() throws -> PublishedParameters {
        let bytes = try #require(FileManager.default.contents(atPath: path))
        return try JSONDecoder().decode(PublishedParameters.self, from: bytes)
    }

    /// Priority, products, ratios and percent of each concession between two products that have parameters here.
    static func concessions() throws -> [(priority: Int, first: String, second: String, ratio: String, percent: Int)] {
        let bytes = try #require(FileManager.default.contents(atPath: path))
        let document = try jsonObject(bytes)
        let rows = try #require(document["inter_concessions"] as? [[Any]])
        let codes = ["10y bond": "XT", "3y bond": "YT", "90d bill": "IR"]
        return try rows.compactMap { row in
            let names = try #require(row[1] as? String).split(separator: ":").map { codes[String($0)] }
            guard let first = names[0], let second = names[1] else { return nil }
            return (
                try #require(row[0] as? Int), first, second, try #require(row[2] as? String),
                try #require(row[3] as? Int)
            )
        }
    }
}

@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE is not set"))
struct PublishedParameterTests {
    /// The 90-day bill's twenty quarterly months, tier by tier.
    private static func month(_ number: Int) -> String {
        let quarter = number - 1
        let digits = quarter % 4 * 3 + 3
        return "\(2012 + quarter / 4)-\(digits < 10 ? "0" : "")\(digits)"
    }

    /// Products as published, futures of every month that tiers name, spreads in the order of the tables.
    private func book(concessions: Bool = false) throws -> SmallBook {
        let parameters = try PublishedParameters.read()
        var book = try SmallBook()
        for product in parameters.params {
            let code = String(product.cc.prefix(2))
            book.commodity(code, method: .normal, minimumRate: "\(product.som)")
            for number in 1...(code == "IR" ? 20 : 2) {
                book.future("\(code)\(number)", of: code, Self.month(number), risk: "\(product.price_scan)")
            }
        }
        for (tier, months) in parameters.IR_tiers.months.sorted(by: { $0.key < $1.key }) {
            let bounds = try months.split(separator: "-").map { try #require(Int($0)) }
            for number in bounds[0]...(bounds.last ?? bounds[0]) { book.tier(tier, of: "IR", Self.month(number)) }
        }
        let charges = parameters.IR_tiers.charges.sorted { $0.key < $1.key }
        var priority = 0
        for (pair, charge) in charges {
            let names = pair.split(separator: "-").map(String.init)
            for other in names[1] == "any" ? ["1", "2", "3", "4", "5", "6", "7"] : [names[1]] {
                priority += 1
                book.intraSpread(
                    "\(names[0])-\(other)", of: "IR", priority: priority, charge: .flat(ExactDecimal(charge)),
                    (names[0], "1", .a), (other, "1", .b))
            }
        }
        guard concessions else { return book }
        for row in try PublishedParameters.concessions() {
            let ratios = row.ratio.split(separator: ":").map(String.init)
            book.interSpread(
                "\(row.first)-\(row.second)", priority: row.priority,
                rate: "\(ExactDecimal(row.percent) * exact("0.01"))",
                (row.first, ratios[0], .a), (row.second, ratios[1], .b))
        }
        return book
    }

    @Test func `one bill against one of another tier costs the published charge and nothing else`() throws {
        let parameters = try PublishedParameters.read()
        let book = try book()
        func first(_ tier: String) throws -> Int {
            try #require(parameters.IR_tiers.months[tier]?.split(separator: "-").first.flatMap { Int($0) })
        }
        #expect(parameters.IR_tiers.charges.count == 17)
        for (pair, charge) in parameters.IR_tiers.charges {
            let names = pair.split(separator: "-").map(String.init)
            for other in names[1] == "any" ? ["1", "2", "3", "4", "5", "6", "7"] : [names[1]] {
                let short = try first(other) + (other == names[0] ? 1 : 0)
                let account = try book.requirement(["IR\(try first(names[0]))": 1, "IR\(short)": -1])
                #expect(account.commodity().scan == dollars("0"))
                #expect(account.requirement == dollars("\(charge)"), "\(pair)")
                let reverse = try book.requirement(["IR\(try first(names[0]))": -1, "IR\(short)": 1])
                #expect(reverse.requirement == account.requirement)
            }
        }
    }

    @Test func `a ten-year bond against three three-year bonds keeps a tenth of both`() throws {
        let book = try book(concessions: true)
        // 2,865 and 3 × 960, less 90 % each: 286.50 + 288.
        #expect(try book.requirement(["XT1": 1, "YT1": -3]).requirement == dollars("574.50"))
        // The same side: nothing offsets.
        #expect(try book.requirement(["XT1": 1, "YT1": 3]).requirement == dollars("5745"))
    }

    @Test func `a ten-year bond offsets three-year bonds before bills, by the published priorities`() throws {
        let book = try book(concessions: true)
        // Priority 1 takes the bond and three three-years; the bills are left alone: 286.50 + 288 + 4 × 730.
        #expect(try book.requirement(["XT1": 1, "YT1": -3, "IR1": -4]).requirement == dollars("3494.50"))
        // Without three-years priority 3 takes the bond and four bills at 75 %: 2,865 / 4 + 2,920 / 4.
        #expect(try book.requirement(["XT1": 1, "IR1": -4]).requirement == dollars("1446.25"))
    }
}
