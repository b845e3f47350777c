import Quantities
import Reporting

/// Contents of the page of a backtest to render: forty years with crises, a month without an exception, no walk at all,
/// and names and amounts of the widest.
enum BacktestPageSamples {
    /// Business days from 1986 on; moves that are violent in 2008 and 2020, margins that follow by quarters.
    static var forty: BacktestPageContent {
        let days = (0..<10_000).map { place -> BacktestPageContent.Walk.Day in
            let date = BusinessDate(dayNumber: Int32(-5110 + place * 7 / 5))
            let year = date.civil.year
            let isWild = year == 2008 || year == 2020
            let move = Int64((place * 7919 + 13) % 997) * (isWild ? 9 : 3)
            return BacktestPageContent.Walk.Day(
                date: date, margin: (place / 63) % 2 == 0 ? 3_100 : isWild ? 6_050 : 2_950,
                move: place < 9_998 ? move : nil)
        }
        return content([
            BacktestPageContent.Walk(
                name: "WTI", currency: "USD", decimals: 2, days: days, verdict: "The rule WTI at 0.99 over 2 days.")
        ])
    }

    static var calm: BacktestPageContent {
        let days = (0..<30).map { place in
            BacktestPageContent.Walk.Day(
                date: BusinessDate(dayNumber: Int32(6_900 + place)), margin: 1_000, move: Int64(place * 20))
        }
        return content([
            BacktestPageContent.Walk(
                name: "GAS", currency: "USD", decimals: 2, days: days, verdict: "Nothing above it.")
        ])
    }

    static var bare: BacktestPageContent { content([]) }

    static var wide: BacktestPageContent {
        let days = [0, 3, 40, 400, 2_000].map { place in
            BacktestPageContent.Walk.Day(
                date: BusinessDate(dayNumber: Int32(3_000 + place)), margin: 92_233_720_368_547,
                move: place == 40 ? 123_456_789_012_345 : 4)
        }
        return content([
            BacktestPageContent.Walk(
                name: "<b>OIL & \"GAS\"</b> of the longest name", currency: "JPY", decimals: 0, days: days,
                verdict: "<script>alert(1)</script>")
        ])
    }

    private static func content(_ walks: [BacktestPageContent.Walk]) -> BacktestPageContent {
        BacktestPageContent(
            title: "Backtest NIGHTS", facts: [("First night", "2018-12-27"), ("Horizon in business days", "2")],
            finding: "Of 3 verdicts 2 accept, 1 watch and 0 reject the margin.", holds: true, walks: walks,
            sections: [
                (
                    "What the tests say", "The row of each unit that decides.",
                    BacktestPageContent.Table(
                        caption: "Verdicts", columns: [("Unit", false), ("P(X ≥ x)", true)],
                        rows: [["WTI either", "0.024693"], ["WTI long", "1.000000"]], marked: [0], whenEmpty: "")
                ),
                (
                    "What one changed figure does", "Each row is a walk of its own.",
                    BacktestPageContent.Table(
                        caption: "Sensitivity", columns: [("Unit", false)], rows: [],
                        whenEmpty: "The backtest asks for no change.")
                ),
            ], reports: "backtest-night and backtest-result")
    }
}
