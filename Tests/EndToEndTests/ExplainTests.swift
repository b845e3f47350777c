import Foundation
import Testing

/// `margin explain`, held to a pocket calculator.
@Suite struct ExplainTests {
    @Test func `every product and sum of an explanation is what a pocket calculator says`() async throws {
        let desk = try await Desk()
        _ = try desk.run("margin", "run", "--business-date", "2018-12-28")
        _ = try desk.run("margin", "run", "--business-date", "2018-12-31")
        let explained = try desk.run("margin", "explain", "ALPHA-HOUSE", "--business-date", "2018-12-31")
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
        let figures = explained.output.replacing("\n  ", with: "\n")
        for said in [
            "call 112000 USD, return 0: deficit_above_threshold, due 2019-01-02",
            "deficit 111201.9 = requirement 171201.9 + add-ons 0 + unpaid variation margin 0 − collateral 60000",
            "USD: requirement 171201.9 from initial risk 118265.9 + offset add-back 5616 − net option value -47320, "
                + "not below 0",
            "risk = max(scan 84005.52 + intra 10500.38 + delivery 0 − credit 12960, short option minimum 5100)",
            "variation margin, trade CL-2019-02: 10 × (45.41 − 45.1) × 1000 = 3100 USD",
            "inter spread CRUDE-GAS, leg 1 side A: 12 spreads consume 12; rate 0.3 × weighted price risk 3600; "
                + "credit 12960 USD",
        ] { #expect(figures.contains("\n\(said)\n"), "\(said)") }
        try await desk.close()
    }

    @Test func `a run is explained by the rows it was computed from, also after they were corrected`() async throws {
        let desk = try await Desk()
        for date in ["2018-12-28", "2018-12-31"] { _ = try desk.run("margin", "run", "--business-date", date) }
        let explain = ["explain", "ALPHA-HOUSE", "--business-date", "2018-12-31", "--run"]
        let before = try desk.start("margin", explain + ["1"]).wait()
        let trade = "variation margin, trade CL-2019-02: 10 × "
        #expect(before.output.contains("\(trade)(45.41 − 45.1) × 1000 = 3100 USD\n"), "\(before.output)")
        let steps: [[String]] = [
            ["correct", "price", "--series", "CL-2019-02", "--price", "45.61", "--reason", "late print"],
            ["rerun", "--reason", "late print"], ["publish", "--run", "2"],
        ]
        for step in steps {
            let done = try desk.start("margin", step + ["--business-date", "2018-12-31"]).wait()
            #expect(done.code == 0, "\(done.errors)")
        }
        let after = try desk.start("margin", explain + ["2"]).wait()
        #expect(after.output.contains("\(trade)(45.61 − 45.1) × 1000 = 5100 USD\n"), "\(after.output)")
        #expect(try desk.start("margin", explain + ["1"]).wait().output == before.output)
        try await desk.close()
    }

    @Test func `an unknown account is refused with the command that helps`() async throws {
        let desk = try await Desk()
        _ = try desk.run("margin", "run", "--business-date", "2018-12-28")
        let unknown = try desk.run("margin", "explain", "NOBODY", "--business-date", "2018-12-28")
        #expect(unknown.code == 66)
        #expect(
            unknown.errors
                == "error: 2018-12-28 EOD run 1 has no call of account NOBODY\n"
                + "hint: margin status --business-date 2018-12-28\n")
        try await desk.close()
    }

    private func number(_ text: Substring) throws -> Decimal { try #require(Decimal(string: String(text))) }
}
