import ClearingModel
import Margining
import Messages
import Quantities
import TestSupport
import Testing

@Suite struct MarginReportContentTests {
    private static let lei = "506700GE1G29325QX363"

    private func currency(_ code: String, _ decimals: Int) throws -> Currency {
        Currency(code: try #require(CurrencyCode(code)), decimals: decimals)
    }

    private func report(
        account: String = "A-1", requirement: String, deficit: String = "0", decimals: Int = 2,
        cycle: Cycle = .endOfDay
    ) throws -> MarginReportMessage {
        let currency = try currency("USD", decimals)
        func amount(_ text: String) throws -> MessageAmount {
            MessageAmount(try #require(ExactDecimal(text)), currency)
        }
        return MarginReportMessage(
            head: MessageHead(
                businessDate: try #require(BusinessDate("2018-12-31")), cycle: cycle, runNumber: 2,
                publishedAt: "2018-12-31T18:30:00Z", house: try #require(LegalEntityIdentifier(Self.lei))),
            member: MemberCode("ALPHA"), currency: currency,
            accounts: [
                MarginReportMessage.CalledAccount(
                    account: AccountCode(account), origin: .client, requirement: try amount(requirement),
                    addOns: [
                        MarginReportMessage.AddOn(
                            kind: .wrongWay,
                            amount: MessageAmount(try #require(ExactDecimal("7")), try self.currency("JPY", 0)),
                            converted: try amount("0.05"))
                    ],
                    unpaid: [MarginReportMessage.Unpaid(amount: try amount("1"), converted: try amount("1"))],
                    collateral: [
                        MarginReportMessage.Collateral(
                            isCash: false, accepted: try amount("8"), market: try amount("9.5"))
                    ], deficit: try amount(deficit))
            ])
    }

    @Test func `says what is to be covered and by what, each with the decimals of its currency`() throws {
        let text = String(
            decoding: try report(requirement: "100.5", deficit: "-3.25", cycle: .intraday).bytes(), as: UTF8.self)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:secl.005.001.02">
                 <MrgnRpt>
                  <RptParams>
                   <RptId>MR-2018-12-31-ITD-r2-USD</RptId>
                   <RptDtAndTm>
                    <DtTm>2018-12-31T18:30:00Z</DtTm>
                   </RptDtAndTm>
                   <RptCcy>USD</RptCcy>
                   <ClctnDtAndTm>2018-12-31T18:30:00Z</ClctnDtAndTm>
                   <Frqcy>INDA</Frqcy>
                  </RptParams>
                  <Pgntn>
                   <PgNb>1</PgNb>
                   <LastPgInd>true</LastPgInd>
                  </Pgntn>
                  <ClrMmb>
                   <PrtryId>
                    <Id>ALPHA</Id>
                    <Issr>506700GE1G29325QX363</Issr>
                   </PrtryId>
                  </ClrMmb>
                  <RptSummry>
                   <TtlMrgnAmt>
                    <Amt Ccy="USD">101.55</Amt>
                   </TtlMrgnAmt>
                   <CollOnDpst>
                    <PstHrcutVal Ccy="USD">8.00</PstHrcutVal>
                    <MktVal Ccy="USD">9.50</MktVal>
                    <CollTp>SECU</CollTp>
                   </CollOnDpst>
                  </RptSummry>
                  <RptDtls>
                   <MrgnAcct>
                    <Id>A-1</Id>
                    <Tp>CLIE</Tp>
                   </MrgnAcct>
                   <MrgnClctn>
                    <TtlMrgnAmt>
                     <Amt Ccy="USD">101.55</Amt>
                    </TtlMrgnAmt>
                    <CollOnDpst>
                     <PstHrcutVal Ccy="USD">8.00</PstHrcutVal>
                     <MktVal Ccy="USD">9.50</MktVal>
                     <CollTp>SECU</CollTp>
                    </CollOnDpst>
                    <MrgnRslt>
                     <XcssAmt Ccy="USD">3.25</XcssAmt>
                    </MrgnRslt>
                    <MrgnTpAmt>
                     <InitlMrgn>
                      <RptgAmt>100.50</RptgAmt>
                     </InitlMrgn>
                     <OthrMrgn>
                      <Tp>
                       <Cd>VAMA</Cd>
                      </Tp>
                      <Amt>
                       <RptgAmt>1.00</RptgAmt>
                      </Amt>
                     </OthrMrgn>
                     <OthrMrgn>
                      <Tp>
                       <Prtry>
                        <Id>WRWY</Id>
                        <Issr>506700GE1G29325QX363</Issr>
                       </Prtry>
                      </Tp>
                      <Amt>
                       <OrgnlCcyAmt Ccy="JPY">7</OrgnlCcyAmt>
                       <RptgAmt>0.05</RptgAmt>
                      </Amt>
                     </OthrMrgn>
                    </MrgnTpAmt>
                   </MrgnClctn>
                  </RptDtls>
                 </MrgnRpt>
                </Document>

                """)
    }

    @Test(arguments: [
        ("999999999999998.94", 3, nil),
        (
            "999999999999998.94", 4,
            MessageRefusal.tooManyDigits(
                element: "Amt", value: "999999999999999.9900", limit: 18)
        ),
        ("0.12345000", 8, nil),
        ("0.12345600", 8, .tooManyDecimals(element: "Amt", value: "1.173456", limit: 5)),
        ("-2", 2, .negative(element: "Amt", value: "-0.95")),
    ])
    func `refuses an amount that has no room, and rounds none`(
        _ requirement: String, _ decimals: Int, _ refusal: MessageRefusal?
    ) throws {
        let report = try report(requirement: requirement, decimals: decimals)
        if let refusal {
            #expect(throws: refusal) { try report.bytes() }
        } else {
            #expect(throws: Never.self) { try report.bytes() }
        }
    }

    @Test func `refuses a code that is longer than its element, and cuts none`() throws {
        let longest = String(repeating: "A", count: 35)
        #expect(throws: Never.self) { try report(account: longest, requirement: "1").bytes() }
        #expect(throws: MessageRefusal.textTooLong(element: "Id", value: longest + "B", limit: 35)) {
            try report(account: longest + "B", requirement: "1").bytes()
        }
    }

    @Test func `knows every add-on that there is, and stress`() {
        for kind in [
            AddOnKind.liquidity, .halfSpread, .impact, .concentration, .wrongWay, .credit, .correlationUnderestimation,
            .correlationBreak,
        ] {
            #expect(ChargedAddOn(rawValue: kind.rawValue) != nil)
        }
        #expect(ChargedAddOn.allCases.count == 9)
    }
}
