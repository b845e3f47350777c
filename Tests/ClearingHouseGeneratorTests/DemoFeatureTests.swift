import Foundation
import ClearingHouseGenerator
import Quantities
import Testing

/// The demo house shows what the documentation says it shows.
@Suite struct DemoFeatureTests {
    let current = GeneratedDates.demo.current.description

    private func house() throws -> GeneratedFolder { try GeneratedFolder.demo.get() }

    private func position(_ account: String) throws -> [[String: String]] {
        try house().rows("position").filter { $0["account"] == account && $0["business_date"] == current }
    }

    @Test func `only WTI is not marked synthetic`() throws {
        let real = try house().rows("combined_commodity").filter { $0["is_synthetic"] == "false" }
        #expect(real.map { $0["combined_commodity"] } == ["WTI"])
        let levels = try house().rows("risk_factor_level")
        #expect(levels.allSatisfy { ($0["source"] == "synthetic") == ($0["risk_factor"] != "WTI") })
        #expect(levels.last { $0["risk_factor"] == "WTI" }?["level"] == "45.15")
    }

    @Test func `the basis product trades below zero`() throws {
        let prices = try house().rows("settlement_price").filter { $0["series", default: ""].hasPrefix("BASIS-F") }
        #expect(prices.contains { $0["price", default: ""].hasPrefix("-") })
    }

    @Test func `some quotes are stale and some are missing`() throws {
        let prices = try house().rows("settlement_price").filter { $0["business_date"] == current }
        #expect(prices.count { $0["last_quoted_on"] == "2018-12-18" } == 4)
        #expect(prices.contains { $0["last_quoted_on"] == "" })
        #expect(prices.allSatisfy { ["", "2018-12-18", "2018-12-27", current].contains($0["last_quoted_on"]) })
    }

    @Test func `futures and options expire on the current date with final prices and leave the book`() throws {
        let expiring = try house().rows("series").filter { $0["expiry_date"] == current }
        let futures = expiring.filter { $0["option_right"] == "" }.map { $0["series"] }
        #expect(futures == ["GAS-F-2019-01", "BASIS-F-2019-01"])
        #expect(expiring.count > 30)
        let final = Set(
            try house().rows("settlement_price").filter { $0["price_kind"] == "final" }.map { $0["series"] })
        #expect(final == Set(expiring.map { $0["series"] }))
        let positions = try house().rows("position")
        let held = { (date: String) in
            positions.count { $0["business_date"] == date && final.contains($0["series"]) }
        }
        #expect(held(GeneratedDates.demo.previous.description) > 20)
        #expect(held(current) == 0)
    }

    @Test func `margining types hold as they may`() throws {
        let accounts = try house().rows("account", by: "account")
        var bothSides = 0
        for row in try house().rows("position") {
            let type = accounts[row["account", default: ""]]?["margining_type"]
            #expect((type == "segregated") == (row["owner"] != ""))
            let isTwoSided = row["long_quantity"] != "0" && row["short_quantity"] != "0"
            if isTwoSided { bothSides += 1 }
            #expect(!isTwoSided || type == "gross_omnibus")
        }
        #expect(bothSides > 100)
    }

    @Test func `one account is short far options only`() throws {
        let rows = try position("M02-C02")
        #expect(rows.count == 6)
        #expect(rows.allSatisfy { $0["long_quantity"] == "0" && $0["series", default: ""].hasPrefix("WTI-O-2019-02") })
    }

    @Test func `one account has a deficit without collateral`() throws {
        #expect(try position("M03-H").map { $0["series"] } == ["WTI-F-2019-03"])
        #expect(try house().rows("collateral_holding").allSatisfy { $0["account"] != "M03-H" })
    }

    @Test func `one account is long premium options only`() throws {
        let rows = try position("M03-C02")
        #expect(rows.count == 12)
        #expect(rows.allSatisfy { $0["short_quantity"] == "0" && $0["series", default: ""].contains("-O-") })
    }

    @Test func `one account holds more than a day's volume`() throws {
        let front = try position("M04-H").first { $0["series"] == "GAS-F-2019-02" }
        #expect(whole(front ?? [:], "long_quantity") >= 1_750)
    }

    @Test func `collateral includes own-group paper and an ineligible bond`() throws {
        let holdings = try house().rows("collateral_holding")
        let assets = try house().rows("collateral_asset", by: "asset")
        let members = try house().rows("clearing_member", by: "member")
        let ownPaper = holdings.filter { row in
            let group = assets[row["asset", default: ""]]?["issuer_group", default: ""] ?? ""
            return !group.isEmpty && members[String(row["account", default: ""].prefix(3))]?["member_group"] == group
        }
        #expect(!ownPaper.isEmpty)
        let ineligible = try house().rows("collateral_haircut").filter { $0["is_eligible"] == "false" }
        #expect(ineligible.contains { row in holdings.contains { $0["asset"] == row["asset"] } })
    }
}
