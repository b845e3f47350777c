import Foundation
import TestSupport
import Testing

/// `margin explain`, held to a pocket calculator.
@Suite struct ExplainTests {
    @Test func `every product and sum of an explanation is what a pocket calculator says`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-28")
        _ = try installation.run("margin", "run", "--business-date", "2018-12-31")
        let explained = try installation.run("margin", "explain", "ALPHA-HOUSE", "--business-date", "2018-12-31")
        #expect(explained.code == 0, "\(explained.errors)")
        var products = 0
        var sum = Decimal(0)
        for line in explained.output.split(separator: "\n") {
            if let product = line.firstMatch(of: /^    \S+: (-?[\d.]+) × (-?[\d.]+) = (-?[\d.]+)$/) {
                let value = try number(product.1) * number(product.2)
                #expect(value == (try number(product.3)), "\(line)")
                sum += value
                products += 1
            } else if let total = line.firstMatch(of: /^    sum (-?[\d.]+)$/) {
                #expect(sum == (try number(total.1)), "\(line)")
                sum = 0
            }
        }
        #expect(products == 5)
        try calculate(explained.output, options: 2, months: 1)
        for (account, options) in [("BETA-CLIENT", 0), ("BETA-SEG", 3)] {
            let other = try installation.run("margin", "explain", account, "--business-date", "2018-12-31")
            try calculate(other.output, options: options, months: account == "BETA-CLIENT" ? 1 : 0)
            #expect(
                other.output.contains(
                    account == "BETA-SEG"
                        ? "\n  short option minimum 1200.00 = (0 short calls + 8 short puts) × 150.00\n"
                        : "\n    LO-2019-03-C50: min(30 × 1.44 × 1000, 30 × 1240.54) − 10 × 1.44 × 1000 = 22816.20\n"))
        }
        let figures = explained.output.replacing("\n  ", with: "\n")
        for said in [
            "call 112000.00 USD, return 0.00: deficit_above_threshold, due 2019-01-02",
            "deficit 111201.90 = requirement 171201.90 + add-ons 0.00 + unpaid variation margin 0.00 − collateral 60000.00",
            "USD: requirement 171201.90 from initial risk 118265.90 + offset add-back 5616.00 − net option value -47320.00, "
                + "not below 0",
            "risk = max(scan 84005.52 + intra 10500.38 + delivery 0.00 − credit 12960.00, short option minimum 5100.00)",
            "variation margin, trade CL-2019-02: 10 × (45.41 − 45.1) × 1000 = 3100.00 USD",
            "inter spread CRUDE-GAS, leg 1 side A: 12 spreads consume 12; rate 0.3 × weighted price risk 3600.00; "
                + "credit 12960.00 USD",
        ] { #expect(figures.contains("\n\(said)\n"), "\(said)") }
        try await installation.close()
    }

    struct Explained: Sendable, CustomTestStringConvertible {
        /// A folder of fixtures, whose README has the arithmetic by hand.
        let house: String
        let account: String
        let says: [String]
        /// Bound, item, before, after.
        let bounds: [[String]]
        var testDescription: String { "\(account) of \(house)" }
    }

    static let explained = [
        Explained(
            house: "offset-cap", account: "CAP-80",
            says: [
                "    offset add-back 8831.20 = (1 − offset cap 0.8) × (stand-alone initial risk 60200.00 − initial risk 16044.00)",
                "    bound: of the offset 44156.00 the offset cap grants 35324.80",
            ], bounds: [["offset_cap", "USD", "44156", "35324.8"]]),
        Explained(
            house: "credit-limited-by-price-risk", account: "METALS",
            says: ["  bound: of the credit 14000.00 only 12600.00 counts, the price risk"],
            bounds: [["credit_limited_by_price_risk", "COPPER", "14000", "12600"]]),
        Explained(
            house: "delivery-month", account: "BUYER",
            says: [
                "  delivery charge 2280.00 = Σ delta left × outright rate + delta consumed × spread rate",
                "    2024-03: 6 × 300.00 + 4 × 120.00 = 2280.00",
            ], bounds: []),
        Explained(
            house: "short-option-minimum", account: "STRANGLER",
            says: [
                "  short option minimum 1575.00 = (20 short calls + 15 short puts) × 45.00",
                "  short option minimum 900.00 = max(20 short calls, 15 short puts) × 45.00",
                "  bound: the short option minimum 1575.00 is above the scanned risk 74.50",
                "  net option value -140.00 USD = Σ quantity × price × contract value factor",
                "    OHG-2024-05-C110: -20 × 0.01 × 400 = -80.00", "    OHG-2024-05-P74: -15 × 0.01 × 400 = -60.00",
            ],
            bounds: [
                ["short_option_minimum", "HOGS", "74.5", "1575"], ["short_option_minimum", "PORK", "74.5", "900"],
            ]),
        Explained(
            house: "net-option-value-capped", account: "NOV-CAPPED",
            says: [
                "  USD: requirement 16800.00 = Σ max(0, initial risk − net option value) + offset add-back 0.00: net option value "
                    + "is capped at the initial risk",
                "    COPPER: max(0, 16800.00 − 0.00) = 16800.00", "    MIDCAP: max(0, 6277.00 − 18550.00) = 0.00",
                "    bound: of the net option value 18550.00 of MIDCAP only 6277.00 counts, its initial risk",
                "    OMC-2024-06-C2300: 10 × 37.1 × 50 = 18550.00",
            ], bounds: [["net_option_value_cap", "USD", "18550", "6277"]]),
        Explained(
            house: "long-options-only", account: "LONG-ONLY",
            says: ["    bound: all positions are long premium-style options, which need nothing in place of 180.33"],
            bounds: [["long_options_only", "USD", "180.33", "0"]]),
    ]

    @Test(arguments: explained)
    func `option values, delivery months and the bounds that changed a figure are explained`(
        row: Explained
    ) async throws {
        let installation = try await Installation(house: Checkout.fixtures + "/\(row.house)/input")
        _ = try installation.run("margin", "run", "--business-date", "2024-03-15")
        let text = try installation.run("margin", "explain", row.account, "--business-date", "2024-03-15")
        for said in row.says { #expect(text.output.contains("\n\(said)\n"), "\(said) in \(text.output)") }
        let json = try installation.run("margin", "explain", row.account, "--business-date", "2024-03-15", "--json")
        let document = try jsonObject(json.output)
        let rows = try #require(document["rows"] as? [String: [[String: Any]]])
        let bounds = try #require(rows["bounds"]).map { bound in
            ["bound", "item", "before", "after"].map { bound[$0] as? String ?? "" }
        }
        #expect(bounds == row.bounds)
        try await installation.close()
    }

    @Test func `a run is explained by the rows it was computed from, also after they were corrected`() async throws {
        let installation = try await Installation()
        for date in ["2018-12-28", "2018-12-31"] { _ = try installation.run("margin", "run", "--business-date", date) }
        let explain = ["explain", "ALPHA-HOUSE", "--business-date", "2018-12-31", "--run"]
        let before = try installation.start("margin", explain + ["1"]).wait()
        let trade = "variation margin, trade CL-2019-02: 10 × "
        #expect(before.output.contains("\(trade)(45.41 − 45.1) × 1000 = 3100.00 USD\n"), "\(before.output)")
        let steps: [[String]] = [
            ["correct", "price", "--series", "CL-2019-02", "--price", "45.61", "--reason", "late print"],
            ["rerun", "--reason", "late print"], ["publish", "--run", "2"],
        ]
        for step in steps {
            let done = try installation.start("margin", step + ["--business-date", "2018-12-31"]).wait()
            #expect(done.code == 0, "\(done.errors)")
        }
        let after = try installation.start("margin", explain + ["2"]).wait()
        #expect(after.output.contains("\(trade)(45.61 − 45.1) × 1000 = 5100.00 USD\n"), "\(after.output)")
        #expect(try installation.start("margin", explain + ["1"]).wait().output == before.output)
        try await installation.close()
    }

    @Test func `the largest parts come first, and a long list ends with the sum of its smallest`() async throws {
        // Thirteen items more, 100 to 1300, the largest last.
        let installation = try await Installation.editing { house in
            for item in 1...13 {
                try house.append("collateral_holding", "2018-12-31,ALPHA-HOUSE,1\(item),CASH-USD,\(item)00")
            }
        }
        let day = ["--business-date", "2018-12-31"]
        #expect(try installation.start("margin", ["run"] + day).wait().code == 0)
        let explain = ["explain", "ALPHA-HOUSE"] + day
        let folded = try installation.start("margin", explain).wait().output.split(separator: "\n")
        let all = try installation.start("margin", explain + ["--all"]).wait().output.split(separator: "\n")
        func counted(_ lines: [Substring]) -> [Substring] {
            lines.compactMap { $0.firstMatch(of: /^  collateral .*, counts (\S+) USD$/)?.1 }
        }
        let named = ["60000.00"] + stride(from: 1300, through: 100, by: -100).map { "\($0).00" }
        #expect(counted(all).map(String.init) == named)
        #expect(counted(folded).map(String.init) == Array(named.prefix(10)))
        #expect(folded.contains("  4 more items of collateral, together 1000.00 USD; --all names them"), "\(folded)")
        #expect(!all.contains { $0.contains("--all names them") })
        // The requirement is the largest part of the deficit, crude of the requirement; of its positions the largest.
        let order = ["requirement ", "  collateral 1,", "combined commodity CRUDE", "combined commodity GAS"]
        let places = order.map { start in folded.firstIndex { $0.hasPrefix(start) } ?? -1 }
        #expect(places == places.sorted() && places.allSatisfy { $0 > 0 }, "\(places) \(folded)")
        let risks = folded.compactMap { $0.firstMatch(of: /^combined commodity .*initial risk ([\d.]+)/)?.1 }
        #expect(try risks.count > 1 && risks.map(number) == risks.map(number).sorted(by: >), "\(risks)")
        for (words, said) in [
            (["--series", "CL-2019-02"], "--all is for"), (["ALPHA-HOUSE", "--why"], "--all is for"),
        ] {
            let refused = try installation.start("margin", ["explain"] + words + ["--all"] + day).wait()
            #expect(refused.code == 64 && refused.errors.contains(said), "\(refused.errors)")
        }
        try await installation.close()
    }

    @Test func `an unknown account is refused with the command that helps`() async throws {
        let installation = try await Installation()
        _ = try installation.run("margin", "run", "--business-date", "2018-12-28")
        let unknown = try installation.run("margin", "explain", "NOBODY", "--business-date", "2018-12-28")
        #expect(unknown.code == 66)
        #expect(
            unknown.errors
                == "error: 2018-12-28 EOD run 1 has no call of account NOBODY\n"
                + "hint: margin status --business-date 2018-12-28\n")
        try await installation.close()
    }

    /// Σ quantity · price · factor and Σ delta · rate against the totals printed above them.
    private func calculate(_ output: String, options: Int, months: Int) throws {
        var found = (options: 0, months: 0)
        var open: (total: Decimal, sum: Decimal)?
        let lines: [Substring] = output.split(separator: "\n") + ["end"]
        for line in lines {
            if let value = line.firstMatch(of: /^    \S+: (-?[\d.]+) × ([\d.]+) × ([\d.]+) = (-?[\d.]+)$/) {
                let product = try number(value.1) * number(value.2) * number(value.3)
                #expect(product == (try number(value.4)), "\(line)")
                open?.sum += product
                found.options += 1
            } else if let month = line.firstMatch(
                of: /^    \d{4}-\d\d: ([\d.]+) × ([\d.]+) \+ ([\d.]+) × ([\d.]+) = ([\d.]+)$/)
            {
                let charge = try number(month.1) * number(month.2) + number(month.3) * number(month.4)
                #expect(charge == (try number(month.5)), "\(line)")
                open?.sum += charge
                found.months += 1
            } else if !line.contains("min(") {
                if let last = open { #expect(last.total == last.sum, "before \(line)") }
                open = nil
                if let total = line.firstMatch(
                    of: /^  (?:net option value|delivery charge) (-?[\d.]+) (?:[A-Z]{3} )?= Σ[^,]*$/)
                {
                    open = (try number(total.1), 0)
                }
            }
        }
        #expect(found.options == options && found.months == months, "\(found) in \(output)")
    }

    private func number(_ text: Substring) throws -> Decimal { try #require(Decimal(string: String(text))) }
}
