import ClearingModel
import Messages
import Quantities
import TestSupport
import Testing

/// Figures that messages to a supervisor make of what they are given.
@Suite struct SupervisorMessageTests {
    private func head() throws -> MessageHead {
        MessageHead(
            businessDate: try #require(BusinessDate("2018-12-31")), cycle: .endOfDay, runNumber: 2,
            publishedAt: "2018-12-31T18:30:00Z", house: try #require(LegalEntityIdentifier("506700GE1G29325QX363")))
    }

    private func amount(_ text: String, _ code: String = "USD", _ decimals: Int = 2) throws -> MessageAmount {
        MessageAmount(
            try #require(ExactDecimal(text)),
            Currency(code: try #require(CurrencyCode(code)), decimals: decimals))
    }

    private func intraday(_ margin: String, _ unpaid: String, _ called: String) throws
        -> RequirementsMessage.IntradayCall
    {
        RequirementsMessage.IntradayCall(
            publishedAt: "2018-12-31T12:00:00Z", initialMargin: try amount(margin),
            unpaidVariationMargin: try amount(unpaid), called: try amount(called))
    }

    private func requirements(
        _ intraday: [RequirementsMessage.IntradayCall], variationMargin: String = "-1.5",
        previous: MessageAmount? = nil
    ) throws -> RequirementsMessage {
        RequirementsMessage(
            head: try head(),
            accounts: [
                RequirementsMessage.SupervisedAccount(
                    account: AccountCode("A"), requirement: try amount("100"), credit: try amount("20"),
                    addOns: [
                        MarginReportMessage.AddOn(
                            kind: .concentration, amount: try amount("700", "JPY", 0), converted: try amount("5"))
                    ],
                    variationMargin: try amount(variationMargin), previousInitialMargin: try previous ?? amount("90"),
                    intraday: intraday)
            ],
            contributions: [
                RequirementsMessage.Contribution(member: MemberCode("M"), identifier: nil, amount: try amount("1"))
            ])
    }

    /// The lines of a message without its tags' indentation.
    private func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            String(line.drop { $0 == " " })
        }
    }

    /// The increase peaks in the second run, variation margin in the first, and both together in the third.
    @Test func `peaks are each looked for apart, increases over the night before`() throws {
        let text = lines(
            try requirements([
                intraday("80", "40", "0"), intraday("130", "1", "60"), intraday("120", "30", "2.5"),
            ]).bytes())
        for line in [
            "<IntraDayMrgnCall Ccy=\"USD\">62.50</IntraDayMrgnCall>",
            "<PeakInitlMrgnLblty Ccy=\"USD\">40.00</PeakInitlMrgnLblty>",
            "<PeakVartnMrgnLblty Ccy=\"USD\">40.00</PeakVartnMrgnLblty>",
            "<AggtPeakLblty Ccy=\"USD\">60.00</AggtPeakLblty>",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        #expect(text.count { $0.hasPrefix("<IntraDayCall ") } == 2)
    }

    @Test func `refuses a rise between two currencies, and only where there is one to tell`() throws {
        let euros = try #require(CurrencyCode("EUR"))
        let refusal = MessageRefusal.currencyChanged(
            account: "A", from: euros, to: try amount("0").currency.code)
        #expect(throws: refusal) {
            try requirements([intraday("1", "0", "0")], previous: amount("90", "EUR")).bytes()
        }
        let other = RequirementsMessage.IntradayCall(
            publishedAt: "2018-12-31T12:00:00Z", initialMargin: try amount("1", "EUR"),
            unpaidVariationMargin: try amount("0", "EUR"), called: try amount("0", "EUR"))
        #expect(throws: refusal) { try requirements([other]).bytes() }
        #expect(throws: Never.self) { try requirements([], previous: amount("90", "EUR")).bytes() }
    }

    @Test func `a day without intraday runs has no peaks, and what is not netted is said with its credit`() throws {
        let text = lines(try requirements([]).bytes())
        for line in [
            "<PeakInitlMrgnLblty Ccy=\"USD\">0.00</PeakInitlMrgnLblty>", "<RptgAmt Ccy=\"USD\">120.00</RptgAmt>",
            "<Cdt Ccy=\"USD\">20.00</Cdt>", "<OrgnlAmt Ccy=\"JPY\">700</OrgnlAmt>", "<Cd>LIRM</Cd>",
            "<Amt Ccy=\"USD\">1.50</Amt>", "<Sgn>false</Sgn>",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        #expect(lines(try requirements([], variationMargin: "0").bytes()).contains("<Sgn>true</Sgn>"))
    }

    @Test(arguments: [
        (1, 0, "0", "1.0000000000", "0.00"), (3, 1, "2", "0.6666666667", "2.00"),
        (8, 3, "0.05", "0.6250000000", "0.02"),
        (2, 2, "0.05", "0.0000000000", "0.03"), (7, 2, "1000000000000.01", "0.7142857143", "500000000000.01"),
    ])
    func `coverage and mean excess are rounded half away from zero`(
        _ observations: Int64, _ exceptions: Int64, _ excess: String, _ coverage: String, _ average: String
    ) throws {
        let message = BacktestMessage(
            head: try head(),
            results: [
                BacktestMessage.MonthlyResult(
                    observations: observations, exceptions: exceptions, excess: try amount(excess),
                    largest: try amount(excess), unit: exceptions > 0 ? "A/1" : nil)
            ])
        let text = lines(try message.bytes())
        #expect(text.contains("<Cvrg>\(coverage)</Cvrg>"))
        #expect(text.contains("<AvrgXcptn Ccy=\"USD\">\(average)</AvrgXcptn>"))
        #expect(text.contains("<LrgstXcptnId>") == (exceptions > 0))
    }

    @Test func `gross notional takes 24 digits and no more, and a market value 18`() throws {
        func message(_ notional: MessageAmount, _ value: MessageAmount) throws -> PositionsMessage {
            PositionsMessage(
                head: try head(),
                portfolios: [
                    (
                        AccountCode("A"),
                        [
                            PositionsMessage.SupervisedPosition(
                                series: SeriesCode("S"), grossNotional: notional, netNotional: try amount("-1"),
                                grossDelta: try #require(ExactDecimal("2.5")),
                                netDelta: try #require(ExactDecimal("-0.5")), grossMarketValue: value)
                        ]
                    )
                ])
        }
        let currency = try amount("0").currency
        func digits(_ count: Int) -> MessageAmount {
            var mantissa: Int128 = 0
            for _ in 0..<count { mantissa = mantissa * 10 + 9 }
            return MessageAmount(ExactDecimal(mantissa: mantissa, scale: 2), currency)
        }
        let text = lines(try message(digits(24), digits(18)).bytes())
        #expect(text.contains("<GrssNtnl Ccy=\"USD\">9999999999999999999999.99</GrssNtnl>"))
        #expect(text.contains("<NetDltaEqvtQty>-0.5</NetDltaEqvtQty>"))
        #expect(throws: MessageRefusal.self) { try message(digits(25), digits(18)).bytes() }
        #expect(throws: MessageRefusal.self) { try message(digits(24), digits(19)).bytes() }
    }

    @Test func `refuses a message of nothing, by the element that is mandatory`() throws {
        let head = try head()
        #expect(throws: MessageRefusal.nothingToSay(element: "Prtfl", what: "position in the book")) {
            try PositionsMessage(head: head, portfolios: []).bytes()
        }
        #expect(throws: MessageRefusal.nothingToSay(element: "ScnroStrssTstRslt", what: "account under stress")) {
            try StressMessage(head: head, scenarios: [("S", [])]).bytes()
        }
        #expect(throws: MessageRefusal.nothingToSay(element: "MnthlyRslt", what: "tested night of an account")) {
            try BacktestMessage(head: head, results: []).bytes()
        }
        #expect(throws: MessageRefusal.nothingToSay(element: "EndOfDayRqrmnt", what: "account with a call")) {
            try RequirementsMessage(head: head, accounts: [], contributions: []).bytes()
        }
    }

    @Test func `refuses an account of the fund that is too long`() throws {
        func message(_ account: String) throws -> [UInt8] {
            try FundContributionMessage(
                head: head(), member: MemberCode("M"), amount: amount("1"), fundAccount: account
            ).bytes()
        }
        let longest = String(repeating: "1", count: 34)
        #expect(throws: Never.self) { try message(longest) }
        #expect(throws: MessageRefusal.textTooLong(element: "Id", value: longest + "2", limit: 34)) {
            try message(longest + "2")
        }
    }
}
