import Quantities

/// Scenarios ranked by what the fund would have to bear, as bars: a segment for each of the groups that make it up, the
/// fund as a line through all, the bound without offsets as an outlined bar below the others.
struct CoverChart {
    /// Scenarios in one drawing, at most: what fits on a sheet.
    static let rowsADrawing = 42
    private static let barHeight = 11.0
    private static let top = 26.0

    private let content: StressPageContent
    private let rowHeight: Double
    private let axis: HorizontalAxis
    private let figureEnd = ChartCanvas.width

    init(_ content: StressPageContent) {
        self.content = content
        let rows = content.ranked + [content.bound].compactMap { $0 }
        let labelRoom = ChartCanvas.room(for: rows.map(Self.label)) + 8
        rowHeight = Self.rowHeight(count: rows.count)
        let figureRoom = ChartCanvas.room(for: rows.map { content.text($0.coverTwo) }) + 10
        axis = HorizontalAxis(
            upTo: max(content.fund, rows.map(\.coverTwo).max() ?? .zero), from: labelRoom,
            to: ChartCanvas.width - figureRoom)
    }

    /// The height of a row, in pixels: less where there are many, so that they fit below the head of the first sheet.
    static func rowHeight(count: Int) -> Double { count > 24 ? 14 : 18 }

    private static func label(_ scenario: PageScenario) -> String {
        scenario.isBound ? "without offsets" : ChartCanvas.cut("\(scenario.number) \(scenario.code)", to: 26)
    }

    func draw(into html: inout HTMLWriter) {
        let ranked = content.ranked
        let starts = Array(stride(from: 0, to: max(ranked.count, 1), by: Self.rowsADrawing))
        for (part, start) in starts.enumerated() {
            let rows = Array(ranked[start..<min(start + Self.rowsADrawing, ranked.count)])
            let isLast = part == starts.count - 1
            let note = starts.count > 1 ? ", drawing \(part + 1) of \(starts.count)" : ""
            draw(rows, bound: isLast ? content.bound : nil, part: part + 1, note: note, into: &html)
        }
    }

    private func draw(
        _ rows: [PageScenario], bound: PageScenario?, part: Int, note: String, into html: inout HTMLWriter
    ) {
        let boundTop = Self.top + Double(rows.count) * rowHeight + 8
        let bottom = boundTop + (bound == nil ? -4 : rowHeight)
        ChartCanvas.draw(
            "covers-\(part)", height: bottom + 32, title: "Scenarios by what the fund would have to bear\(note)",
            description: "A bar a scenario, the largest first, its segments the groups with the largest shortfalls; the"
                + " line is the guaranty fund, the outlined bar the bound without offsets. The table below has the"
                + " figures.",
            into: &html
        ) { html in
            axis.draw(from: Self.top - 4, to: bottom, title: "\(axis.ticks.unit)\(content.currency)", into: &html)
            for (index, row) in rows.enumerated() {
                draw(row, y: Self.top + Double(index) * rowHeight, into: &html)
            }
            if let bound { draw(bound, y: boundTop, into: &html) }
            drawFund(to: bottom, into: &html)
        }
    }

    private func draw(_ scenario: PageScenario, y: Double, into html: inout HTMLWriter) {
        let baseLine = y + 9
        ChartCanvas.write(Self.label(scenario), x: 0, y: baseLine, into: &html)
        var from = ExactDecimal.zero
        for (place, share) in scenario.shares.enumerated() {
            let to = from + share.shortfall
            draw(share, from: from, to: to, place: place, isBound: scenario.isBound, y: y, into: &html)
            from = to
        }
        ChartCanvas.write(
            content.text(scenario.coverTwo), scenario.isSufficient || scenario.isBound ? "label" : "label over",
            x: figureEnd, y: baseLine, anchor: .end, into: &html)
    }

    private func draw(
        _ share: PageShare, from: ExactDecimal, to: ExactDecimal, place: Int, isBound: Bool, y: Double,
        into html: inout HTMLWriter
    ) {
        let start = axis.scale.position(from)
        let width = axis.scale.position(to) - start
        let kind = isBound ? "bound" : "rank-\(min(place, 4))"
        html.element(
            "rect",
            [
                "class": .text("mark \(kind)"), "data-from": .text(from.description), "data-to": .text(to.description),
                "x": .pixels(start), "y": .pixels(y), "width": .pixels(width), "height": .pixels(Self.barHeight),
            ]
        ) { $0.element("title", text: "\(share.group) \(content.text(share.shortfall))") }
        html.newLine()
        guard width > ChartCanvas.room(for: [share.group]) + 6 else { return }
        ChartCanvas.write(
            share.group, isBound || place > 1 ? "inside dark" : "inside light", x: start + 4, y: y + 8.8, into: &html)
    }

    private func drawFund(to bottom: Double, into html: inout HTMLWriter) {
        let x = axis.scale.position(content.fund)
        html.empty(
            "line",
            [
                "class": "mark fund", "data-at": .text(content.fund.description), "x1": .pixels(x), "x2": .pixels(x),
                "y1": .pixels(Self.top - 10), "y2": .pixels(bottom),
            ])
        let text = "fund \(content.text(content.fund))"
        let isLeft = x + ChartCanvas.room(for: [text]) > ChartCanvas.width
        ChartCanvas.write(text, "label over", x: x, y: 11, anchor: isLeft ? .end : .start, into: &html)
    }
}
