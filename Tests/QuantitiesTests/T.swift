import Quantities
import Testing

@Test func `dates`() {
    #expect(BusinessDate("2018-12-31")?.description == "2018-12-31")
    #expect(BusinessDate("2000-01-01")?.dayNumber == 0)
    #expect(BusinessDate("2018-02-29") == nil)
    #expect(BusinessDate("2000-01-03")?.weekday == 0)
    #expect(ExactDecimal("-0.005")?.rounded(toScale: 2).description == "-0.01")
    #expect(ContractMonth("2025-12")?.adding(months: 1).description == "2026-01")
}
