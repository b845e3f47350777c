import Quantities

/// The bounds of a rule over time as lines, a dot on the one that binds on each day of calibration.
struct BoundChart {
    private static let left = 62.0
    private static let top = 34.0
    private static let plotHeight = 120.0

    private let item: CalibrationPageContent.Item
    private let id: String
    private let ticks: ChartTicks
    private let scale: ChartScale
    private let dates: DateAxis

    /// `item` has two points of its history at least.
    init(_ item: CalibrationPageContent.Item, id: String) {
        self.item = item
        self.id = id
        ticks = ChartTicks(
            upTo: item.history.flatMap(\.bounds).map(\.value).max() ?? .zero, steps: 5, isCounted: true)
        scale = ChartScale(upper: ticks.upper.double, start: Self.top + Self.plotHeight, end: Self.top)
        dates = DateAxis(
            from: item.history[0].date, to: item.history[item.history.count - 1].date, left: Self.left,
            right: ChartCanvas.width - 6)
    }

    func draw(into html: inout HTMLWriter) {
        ChartCanvas.draw(
            id, height: scale.start + 30, title: "\(item.name): its bounds over time",
            description:
                "A line a bound, had the rule been in force since the first day; a dot on the bound that binds on"
                + " each day of calibration. The table below has the figures.", into: &html
        ) { html in
            VerticalAxis.draw(ticks, scale, left: Self.left, right: dates.right, into: &html)
            dates.draw(at: scale.start, into: &html)
            for (place, name) in names.enumerated() { draw(name, place, into: &html) }
            for point in item.history {
                for bound in point.bounds where bound.binds { drawDot(bound, point, into: &html) }
            }
        }
    }

    private var names: [String] { item.history[item.history.count - 1].bounds.map(\.name) }

    /// A bound's line, and its name in the legend above the drawing.
    private func draw(_ name: String, _ place: Int, into html: inout HTMLWriter) {
        let corners = item.history.flatMap { point in
            point.bounds.filter { $0.name == name }.map { (x: dates.x(point.date), y: scale.position($0.value)) }
        }
        html.empty(
            "polyline", ["class": .text("line line-\(place % 4)"), "points": .corners(corners)])
        html.newLine()
        let x = Self.left + Double(place) * 110
        html.empty(
            "polyline", ["class": .text("line line-\(place % 4)"), "points": .corners([(x, 12), (x + 18, 12)])])
        ChartCanvas.write(ChartCanvas.cut(name, to: 13), x: x + 23, y: 15.5, into: &html)
    }

    private func drawDot(
        _ bound: CalibrationPageContent.Bound, _ point: CalibrationPageContent.Point, into html: inout HTMLWriter
    ) {
        html.element(
            "circle",
            [
                "class": .text("mark binding"), "data-at": .text(bound.value.description),
                "data-day": .text("\(point.date)"), "cx": .pixels(dates.x(point.date)),
                "cy": .pixels(scale.position(bound.value)), "r": "2.5",
            ]
        ) { $0.element("title", text: "\(point.date): \(bound.name) \(bound.value) binds") }
        html.newLine()
    }
}
