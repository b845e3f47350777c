import Foundation
import ClearingHouseGenerator
import Quantities
import TestSupport
import Testing

@Suite struct HistoryTests {
    private func extract(_ path: String = Checkout.history) throws -> PriceHistory {
        try PriceHistory.read(
            path: path, from: GeneratedDates.firstOfHistory, through: BusinessDate(year: 2019, month: 1, day: 3))
    }

    @Test func `the extract has both demo dates, and none on the last day of 2018`() throws {
        let history = try extract()
        #expect(try history.level(on: GeneratedDates.demo.previous) == 44.48)
        #expect(try history.level(on: GeneratedDates.demo.current) == 45.15)
        #expect(throws: GenerationError.historyLacksDate(BusinessDate(year: 2018, month: 12, day: 31))) {
            try history.level(on: BusinessDate(year: 2018, month: 12, day: 31))
        }
    }

    @Test func `of the whole history a house takes the days from 2008 on, and a price below zero only outside them`()
        throws
    {
        let history = try extract()
        #expect(history.dates.count == 2770 && history.dates.first == GeneratedDates.firstOfHistory)
        let fall = BusinessDate(year: 2020, month: 4, day: 20)
        do {
            _ = try PriceHistory.read(path: Checkout.history, from: GeneratedDates.firstOfHistory, through: fall)
            Issue.record("a price below zero is taken")
        } catch {
            guard case .historyRowMalformed = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a missing or malformed extract is refused by name`() throws {
        #expect(throws: GenerationError.historyUnreadable(path: "/nowhere")) { try extract("/nowhere") }
        let file = FileManager.default.temporaryDirectory.appending(path: "history-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try "risk_factor,level_date,level,source\nWTI,2008-01-02,99.64,\nWTI,2008-01-01,99.00,\n"
            .write(to: file, atomically: true, encoding: .utf8)
        #expect(throws: GenerationError.historyRowMalformed(path: file.path(), line: 3)) {
            try extract(file.path())
        }
    }

    @Test func `the two-day quantile is the ceil of 99 percent`() {
        let start = BusinessDate(year: 2018, month: 1, day: 1)
        let levels = (0...201).map { Double($0 * $0) }
        let history = PriceHistory(
            dates: levels.indices.map { start.adding(days: $0) }, levels: levels, isAdditive: true)
        // Two-day moves are 4·i + 4 for i = 0 … 199; the 198th smallest of 200 is 4·197 + 4.
        #expect(history.twoDayQuantile == 792)
    }

    @Test func `a synthetic history has the extract's dates and only additive ones reach zero`() throws {
        let house = try GeneratedFolder.demo.get()
        let crude = try extract().through(GeneratedDates.demo.current)
        let dates = crude.dates.map(\.description)
        let signed = Set(
            try house.rows("combined_commodity").filter { $0["can_trade_at_or_below_zero"] == "true" }
                .map { $0["combined_commodity", default: ""] })
        let levels = Dictionary(grouping: try house.rows("risk_factor_level")) { $0["risk_factor", default: ""] }
        #expect(try levels.count == house.rows("combined_commodity").count)
        for (factor, rows) in levels {
            #expect(rows.map { $0["level_date", default: ""] } == dates, "\(factor)")
            let isPositive = rows.allSatisfy { !$0["level", default: ""].hasPrefix("-") }
            #expect(isPositive || signed.contains(factor), "\(factor)")
        }
    }

    @Test func `the third Friday and the holidays are the calendar's`() {
        #expect(GeneratedCalendar.thirdFriday(of: ContractMonth(year: 2019, month: 3)).description == "2019-03-15")
        #expect(GeneratedCalendar.thirdFriday(of: ContractMonth(year: 2019, month: 4)).description == "2019-04-18")
        #expect(!GeneratedCalendar.isBusinessDay(BusinessDate(year: 2018, month: 12, day: 25)))
        #expect(!GeneratedCalendar.isBusinessDay(BusinessDate(year: 2018, month: 12, day: 29)))
        #expect(GeneratedCalendar.isBusinessDay(BusinessDate(year: 2018, month: 12, day: 31)))
    }

    @Test func `decimals are written plainly`() {
        let cases: [(Int64, Int, String)] = [
            (0, 0, "0"), (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (-240, 2, "-2.40"), (12_345, 1, "1234.5"),
            (.min, 0, "-9223372036854775808"),
        ]
        for (units, decimals, text) in cases { #expect(decimalText(units, decimals: decimals) == text) }
    }
}
