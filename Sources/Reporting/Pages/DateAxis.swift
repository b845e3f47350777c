import Quantities

/// An axis of days: where on a drawing a day lies, and labels of years or months.
struct DateAxis {
    /// Least pixels between the beginnings of two labels.
    private static let labelRoom = 46.0
    /// Pixels at the right end in which no label begins.
    private static let endRoom = 45.0

    private let first: BusinessDate
    private let last: BusinessDate
    let left: Double
    let right: Double

    init(from first: BusinessDate, to last: BusinessDate, left: Double, right: Double) {
        self.first = first
        self.last = last
        self.left = left
        self.right = right
    }

    /// In pixels; the left end where there is one day only.
    func x(_ date: BusinessDate) -> Double {
        guard last > first else { return left }
        return left + (right - left) * Double(date.dayNumber - first.dayNumber)
            / Double(last.dayNumber - first.dayNumber)
    }

    /// The first days of years, or of months where the days span less than three years, as far apart as labels need.
    func draw(at y: Double, into html: inout HTMLWriter) {
        let isYearly = last.dayNumber - first.dayNumber > 3 * 365
        var end = -Double.infinity
        for year in first.civil.year...last.civil.year {
            for month in 1...(isYearly ? 1 : 12) {
                let date = BusinessDate(year: year, month: month, day: 1)
                guard date >= first, date <= last, x(date) - end >= Self.labelRoom, x(date) < right - Self.endRoom
                else { continue }
                end = x(date)
                html.empty(
                    "line",
                    [
                        "class": "stem", "x1": .pixels(end), "x2": .pixels(end), "y1": .pixels(y), "y2": .pixels(y + 4),
                    ])
                let text = isYearly ? "\(year)" : String("\(date)".dropLast(3))
                ChartCanvas.write(text, "axis", x: end, y: y + 15, into: &html)
            }
        }
    }
}

/// An axis of figures at the left of a drawing: a line through it and a label at each tick.
enum VerticalAxis {
    static func draw(
        _ ticks: ChartTicks, _ scale: ChartScale, left: Double, right: Double, into html: inout HTMLWriter
    ) {
        for value in ticks.values {
            let y = scale.position(value)
            html.empty(
                "line",
                [
                    "class": "tick", "data-tick": .text(value.description), "x1": .pixels(left - 4),
                    "x2": .pixels(right), "y1": .pixels(y), "y2": .pixels(y),
                ])
            ChartCanvas.write(ticks.label(value), "axis", x: left - 8, y: y + 3.5, anchor: .end, into: &html)
        }
    }
}
