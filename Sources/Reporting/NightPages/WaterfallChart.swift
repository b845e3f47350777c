import Quantities

/// Steps from nothing to a sum: a bar a step from where the one before it ended, and the sum as a bar of its own.
struct WaterfallChart {
    /// A bar: what it adds or takes away, and the row that says so in a table.
    struct Step {
        let name: String
        let amount: Money
        let anchor: String
        /// Whether it stands on zero: the sum so far, of which the amount is no part.
        let isSum: Bool

        init(_ name: String, _ amount: Money, anchor: String, isSum: Bool = false) {
            self.name = name
            self.amount = amount
            self.anchor = anchor
            self.isSum = isSum
        }
    }

    private static let rowHeight = 12.0
    private static let top = 6.0
    private static let figureRoom = 122.0

    private let id: String
    private let title: String
    private let description: String
    private let width: Double
    private let labelRoom: Double
    private let bars: [(step: Step, from: ExactDecimal, to: ExactDecimal)]
    private let axis: SignedAxis

    /// `steps` are some, in one currency; `width` in pixels.
    init(id: String, width: Double = ChartCanvas.width, title: String, description: String, steps: [Step]) {
        precondition(!steps.isEmpty, "a waterfall has a step")
        self.width = width
        labelRoom = ChartCanvas.room(for: steps.map(\.name)) + 10
        self.id = id
        self.title = title
        self.description = description
        var (bars, level) = ([(step: Step, from: ExactDecimal, to: ExactDecimal)](), ExactDecimal.zero)
        for step in steps {
            let end = step.isSum ? step.amount.amount : level + step.amount.amount
            bars.append((step, step.isSum ? .zero : level, end))
            level = end
        }
        self.bars = bars
        axis = SignedAxis(
            bars.flatMap { [$0.from, $0.to] }, from: labelRoom, to: width - Self.figureRoom)
    }

    func draw(into html: inout HTMLWriter) {
        let bottom = Self.top + Double(bars.count) * Self.rowHeight
        ChartCanvas.draw(id, width: width, height: bottom + 30, title: title, description: description, into: &html) {
            html in
            axis.draw(from: Self.top, to: bottom, title: "\(bars[0].step.amount.currency.code)", into: &html)
            for (index, bar) in bars.enumerated() {
                draw(bar.step, from: bar.from, to: bar.to, y: Self.top + Double(index) * Self.rowHeight, into: &html)
            }
        }
    }

    private func draw(
        _ step: Step, from: ExactDecimal, to: ExactDecimal, y: Double, into html: inout HTMLWriter
    ) {
        let (low, high) = (min(from, to), max(from, to))
        let kind = step.isSum ? "sum" : step.amount.minorUnits < 0 ? "saved" : "added"
        let digits = step.amount.amount.text(decimals: step.amount.currency.decimals)
        ChartCanvas.write(
            step.name, step.isSum ? "label head" : "label", x: labelRoom - 8, y: y + 9.5, anchor: .end,
            into: &html)
        html.element(
            "rect",
            [
                "class": .text("mark \(kind)"), "data-from": .text(low.description), "data-to": .text(high.description),
                "x": .pixels(axis.position(low)), "y": .pixels(y + 2),
                "width": .pixels(axis.position(high) - axis.position(low)), "height": .pixels(Self.rowHeight - 4),
            ]
        ) { $0.element("title", text: "\(step.name): \(step.amount)") }
        html.newLine()
        html.element("a", ["href": .text("#\(step.anchor)")]) { html in
            ChartCanvas.write(
                step.isSum || step.amount.minorUnits <= 0 ? digits : "+\(digits)", step.isSum ? "label head" : "label",
                x: width - 2, y: y + 9.5, anchor: .end, into: &html)
        }
    }
}

/// A straight axis that has zero on it or at an end, with lines at round values.
struct SignedAxis {
    private let ticks: ChartTicks
    private let values: [ExactDecimal]
    private let scale: ChartScale
    private let origin: Double

    /// From `start` to `end`, in pixels, for figures of either sign.
    init(_ figures: [ExactDecimal], from start: Double, to end: Double) {
        let (least, largest) = (min(figures.min() ?? .zero, .zero), max(figures.max() ?? .zero, .zero))
        // A label needs about 50 pixels.
        ticks = ChartTicks(upTo: max(largest, .zero - least), steps: max(2, Int((end - start) / 100)))
        let step = ticks.values[1]
        var (low, high) = ([ExactDecimal](), [ExactDecimal.zero])
        while (low.last ?? .zero) > least { low.append((low.last ?? .zero) - step) }
        while let last = high.last, last < largest || (low.isEmpty && high.count < 2) { high.append(last + step) }
        values = low.reversed() + high
        let pixels = (end - start) / (values[values.count - 1].double - values[0].double)
        origin = start - values[0].double * pixels
        scale = ChartScale(upper: step.double, start: origin, end: origin + step.double * pixels)
    }

    /// Where a value lies, in pixels.
    func position(_ value: ExactDecimal) -> Double { scale.position(value) }

    /// Lines between two heights, their labels below, and what they count.
    func draw(from top: Double, to bottom: Double, title: String, into html: inout HTMLWriter) {
        for value in values {
            let x = position(value)
            html.empty(
                "line",
                [
                    "class": .text(value.signum == 0 ? "zero" : "tick"), "data-tick": .text(value.description),
                    "x1": .pixels(x), "x2": .pixels(x), "y1": .pixels(top), "y2": .pixels(bottom),
                ])
            ChartCanvas.write(ticks.label(value), "axis", x: x, y: bottom + 11, anchor: .middle, into: &html)
        }
        let middle = (position(values[0]) + position(values[values.count - 1])) / 2
        ChartCanvas.write("\(ticks.unit)\(title)", "axis", x: middle, y: bottom + 23, anchor: .middle, into: &html)
    }
}
