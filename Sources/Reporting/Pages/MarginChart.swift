import Quantities

/// A walk's margin as a line over the sizes of the moves it was held for, exceptions as dots: all of its days, or those
/// between two dates.
struct MarginChart {
    private static let left = 62.0
    private static let top = 24.0
    private static let plotHeight = 150.0

    private let walk: BacktestPageContent.Walk
    private let days: [BacktestPageContent.Walk.Day]
    private let title: String
    private let id: String
    private let ticks: ChartTicks
    private let scale: ChartScale
    private let dates: DateAxis

    /// `days` are some of the walk's, one at least.
    init(_ walk: BacktestPageContent.Walk, _ days: [BacktestPageContent.Walk.Day], id: String, title: String) {
        precondition(!days.isEmpty, "a chart has a day")
        self.walk = walk
        self.days = days
        self.id = id
        self.title = title
        ticks = ChartTicks(
            upTo: walk.amount(days.reduce(0) { max($0, $1.margin, $1.move ?? 0) }), steps: 5)
        scale = ChartScale(upper: ticks.upper.double, start: Self.top + Self.plotHeight, end: Self.top)
        dates = DateAxis(
            from: days[0].date, to: days[days.count - 1].date, left: Self.left, right: ChartCanvas.width - 6)
    }

    func draw(into html: inout HTMLWriter) {
        ChartCanvas.draw(
            id, height: scale.start + 30, title: title,
            description: "The line is the margin of one contract, the grey area the size of the move that followed each"
                + " day, a dot an exception: a move above the margin. The table below has the figures.", into: &html
        ) { html in
            VerticalAxis.draw(ticks, scale, left: Self.left, right: dates.right, into: &html)
            ChartCanvas.write("\(ticks.unit)\(walk.currency) a contract", "axis", x: 0, y: 10, into: &html)
            ChartCanvas.write(
                ChartCanvas.cut(title, to: 60), "label head", x: dates.right, y: 10, anchor: .end, into: &html)
            html.empty("polygon", ["class": "moves", "points": .corners(moves)])
            html.newLine()
            html.empty("polyline", ["class": "held", "points": .corners(margins)])
            html.newLine()
            dates.draw(at: scale.start, into: &html)
            drawPeak(into: &html)
            for day in days where day.isException { drawException(day, into: &html) }
        }
    }

    private func x(_ date: BusinessDate) -> Double { dates.x(date) }

    private func y(_ units: Int64) -> Double { scale.position(walk.amount(units)) }

    /// The largest move of each pixel, as an area above the axis.
    private var moves: [(x: Double, y: Double)] {
        var columns: [(x: Double, move: Int64)] = []
        for day in days {
            let (column, move) = (x(day.date).rounded(), day.move ?? 0)
            if let last = columns.last, last.x == column {
                columns[columns.count - 1].move = max(last.move, move)
            } else {
                columns.append((column, move))
            }
        }
        let upper = columns.flatMap { [(x: $0.x, y: y($0.move)), (x: $0.x + 1, y: y($0.move))] }
        return [(x: Self.left, y: scale.start)] + upper + [(x: (columns.last?.x ?? Self.left) + 1, y: scale.start)]
    }

    /// The margin, level until it changes.
    private var margins: [(x: Double, y: Double)] {
        var corners: [(x: Double, y: Double)] = []
        var held: Int64?
        for day in days where day.margin != held {
            if let held { corners.append((x(day.date), y(held))) }
            corners.append((x(day.date), y(day.margin)))
            held = day.margin
        }
        return corners + [(x(days[days.count - 1].date), y(held ?? 0))]
    }

    /// The day of the largest margin, the first of equals.
    private func drawPeak(into html: inout HTMLWriter) {
        guard let peak = days.max(by: { $0.margin < $1.margin }),
            let first = days.first(where: { $0.margin == peak.margin })
        else { return }
        drawMark("peak", first, first.margin, radius: 2, "largest margin", into: &html)
    }

    private func drawException(_ day: BacktestPageContent.Walk.Day, into html: inout HTMLWriter) {
        drawMark("exception", day, day.move ?? 0, radius: 2.5, "exception", into: &html)
    }

    private func drawMark(
        _ kind: String, _ day: BacktestPageContent.Walk.Day, _ units: Int64, radius: Double, _ words: String,
        into html: inout HTMLWriter
    ) {
        html.element(
            "circle",
            [
                "class": .text("mark \(kind)"), "data-at": .text(walk.amount(units).description),
                "data-day": .text("\(day.date)"), "cx": .pixels(x(day.date)), "cy": .pixels(y(units)),
                "r": .pixels(radius),
            ]
        ) {
            let move = day.move.map { ", move \(walk.text($0))" } ?? ""
            $0.element("title", text: "\(words) \(day.date): margin \(walk.text(day.margin))\(move)")
        }
        html.newLine()
    }
}
