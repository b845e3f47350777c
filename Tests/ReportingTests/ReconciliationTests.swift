import Quantities
import Reporting
import Testing

@Suite struct `Reconciliation` {
    /// (report, member or house, figure, currency, amount)
    typealias Line = (String, String?, String, String, String)

    static let balanced: [Line] = [
        ("margin-call", "ALPHA", "requirement", "USD", "100.00"),
        ("margin-call", "ALPHA", "call_amount", "USD", "7.00"),
        ("margin-call", "ALPHA", "deficit", "USD", "6.50"), ("margin-call", "BETA", "requirement", "USD", "50.00"),
        ("margin-call", "BETA", "requirement", "JPY", "5"),
        ("requirement", "ALPHA", "converted_requirement", "USD", "100.00"),
        ("requirement", "BETA", "converted_requirement", "USD", "50.0"),
        ("requirement", "BETA", "converted_requirement", "JPY", "5"),
        ("house-summary", "ALPHA", "requirement", "USD", "100.00"),
        ("house-summary", "ALPHA", "call_amount", "USD", "7"), ("house-summary", "BETA", "requirement", "USD", "50.00"),
        ("house-summary", "BETA", "requirement", "JPY", "5"), ("house-summary", nil, "requirement", "USD", "150.00"),
        ("house-summary", nil, "requirement", "JPY", "5"), ("house-summary", nil, "call_amount", "USD", "7.00"),
        ("collateral", "ALPHA", "accepted_value", "USD", "93.50"),
    ]

    @Test func `finds nothing where accounts, members and house agree`() throws {
        #expect(try reconcile(Self.balanced.map(total)).isEmpty)
    }

    @Test(arguments: [
        (5, "99.99", ["requirement = calls: requirement of ALPHA is 99.99 USD in one and 100.00 USD in the other"]),
        (
            8, "100.01",
            ["calls = member summary: requirement of ALPHA is 100.00 USD in one and 100.01 USD in the other"]
        ),
        (12, "150.01", ["members = house: requirement of the house is 150.00 USD in one and 150.01 USD in the other"]),
        (
            1, "6.99",
            [
                "calls = member summary: call_amount of ALPHA is 6.99 USD in one and 7 USD in the other",
                "members = house: call_amount of the house is 6.99 USD in one and 7.00 USD in the other",
            ]
        ),
        (2, "0.00", []),
    ])
    func `names what differs by a minor unit`(_ line: Int, _ amount: String, _ messages: [String]) throws {
        var lines = Self.balanced
        lines[line].4 = amount
        #expect(try reconcile(lines.map(total)).map(\.description) == messages)
    }

    @Test func `takes a missing line for zero`() throws {
        var lines = Self.balanced
        lines.remove(at: 13)
        #expect(
            try reconcile(lines.map(total)).map(\.description)
                == ["members = house: requirement of the house is 5 JPY in one and 0 JPY in the other"])
    }

    private func total(_ line: Line) throws -> ControlTotal {
        ControlTotal(
            report: line.0, member: line.1, figure: line.2, currency: try #require(CurrencyCode(line.3)),
            amount: try #require(ExactDecimal(line.4)), rowCount: 1)
    }
}
