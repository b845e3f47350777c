import Quantities

/// The nights up to this one: what was asked for as a line, what stood against it as another, calls as bars.
struct NightsChart {
    private static let left = 62.0
    private static let top = 22.0
    private static let plotHeight = 70.0

    private let content: PageNights
    private let ticks: ChartTicks
    private let scale: ChartScale

    /// `content` has a night.
    init(_ content: PageNights) {
        precondition(!content.nights.isEmpty, "a chart has a night")
        self.content = content
        let largest = content.nights.flatMap {
            [$0.margin.amount, $0.collateralValue.amount, $0.callAmount.amount]
        }.max()
        ticks = ChartTicks(upTo: largest ?? .zero, steps: 4)
        scale = ChartScale(upper: ticks.upper.double, start: Self.top + Self.plotHeight, end: Self.top)
    }

    func draw(into html: inout HTMLWriter) {
        let code = "\(content.currency.code)"
        ChartCanvas.draw(
            "nights-\(code)", height: scale.start + 20,
            title: "\(content.nights.count) nights of margin against collateral in \(code)",
            description: "The dark line with dots is requirement and add-ons, the green one the value of collateral, "
                + "bars are calls. The table below has the figures.", into: &html
        ) { html in
            VerticalAxis.draw(ticks, scale, left: Self.left, right: ChartCanvas.width - 6, into: &html)
            ChartCanvas.write("\(ticks.unit)\(code)", "axis", x: 0, y: 10, into: &html)
            drawLegend(into: &html)
            for (index, night) in content.nights.enumerated() { drawCall(night, at: index, into: &html) }
            drawLine("margin", content.nights.map(\.margin), into: &html)
            drawLine("posted", content.nights.map(\.collateralValue), into: &html)
            drawDates(into: &html)
        }
    }

    /// Nights stand side by side, whatever days lie between them.
    private func x(_ index: Int) -> Double {
        let width = ChartCanvas.width - 6 - Self.left
        return Self.left + width * (Double(index) + 0.5) / Double(content.nights.count)
    }

    private func drawLegend(into html: inout HTMLWriter) {
        var end = ChartCanvas.width - 6
        for (kind, words) in [("posted", "collateral"), ("margin", "requirement and add-ons"), ("called", "call")] {
            end -= ChartCanvas.room(for: [words])
            ChartCanvas.write(words, x: end, y: 10, into: &html)
            html.empty(
                "rect",
                [
                    "class": .text("key-\(kind)"), "x": .pixels(end - 11), "y": "3", "width": "8", "height": "8",
                ])
            end -= 24
        }
    }

    private func drawLine(_ kind: String, _ amounts: [Money], into html: inout HTMLWriter) {
        let corners = amounts.enumerated().map { (x: x($0.offset), y: scale.position($0.element.amount)) }
        html.empty("polyline", ["class": .text("line-\(kind)"), "points": .corners(corners)])
        html.newLine()
        for (index, amount) in amounts.enumerated() {
            html.element(
                "circle",
                [
                    "class": .text("mark dot-\(kind)"), "data-at": .text(amount.amount.description),
                    "cx": .pixels(corners[index].x), "cy": .pixels(corners[index].y), "r": "2",
                ]
            ) { $0.element("title", text: "\(content.nights[index].date): \(amount)") }
        }
        html.newLine()
    }

    private func drawCall(_ night: PageNights.Night, at index: Int, into html: inout HTMLWriter) {
        guard night.callAmount.minorUnits > 0 else { return }
        let top = scale.position(night.callAmount.amount)
        html.element(
            "rect",
            [
                "class": "mark called", "data-from": "0", "data-to": .text(night.callAmount.amount.description),
                "x": .pixels(x(index) - 4), "y": .pixels(top), "width": "8", "height": .pixels(scale.start - top),
            ]
        ) { $0.element("title", text: "\(night.date): call \(night.callAmount)") }
        html.newLine()
    }

    /// The first night, the last and as many between them as have room, by month and day.
    private func drawDates(into html: inout HTMLWriter) {
        let last = content.nights.count - 1
        var end = -Double.infinity
        for index in 0...last {
            let room = 5 * ChartCanvas.characterWidth + 8
            guard index == last || (x(index) - room / 2 >= end && x(last) - x(index) >= room) else { continue }
            ChartCanvas.write(
                String("\(content.nights[index].date)".dropFirst(5)), "axis", x: x(index), y: scale.start + 13,
                anchor: .middle, into: &html)
            end = x(index) + room / 2
        }
    }
}
