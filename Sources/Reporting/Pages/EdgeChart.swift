import Quantities

/// How far each scenario is from the edge: the multiple of its moves at which the fund breaks, as a dot. Where the grid
/// does not reach it an arrow stands at the grid's end.
struct EdgeChart {
    private static let top = 26.0

    private let content: StressPageContent
    private let rows: [PageEdge]
    private let gridEnd: ExactDecimal
    private let rowHeight: Double
    private let axis: HorizontalAxis

    init(_ content: StressPageContent, reverseMax: ExactDecimal) {
        self.content = content
        rows = content.rankedEdges
        let reached = rows.compactMap(\.multiplier)
        let isWithin = rows.allSatisfy { $0.isReached }
        gridEnd = reverseMax
        rowHeight = CoverChart.rowHeight(count: rows.count)
        axis = HorizontalAxis(
            upTo: isWithin ? max(.one, reached.max() ?? .one) : max(.one, reverseMax),
            from: ChartCanvas.room(for: rows.map(Self.label)) + 8,
            to: ChartCanvas.width - ChartCanvas.room(for: rows.map(Self.figure)) - 22, isCounted: true)
    }

    private static func label(_ edge: PageEdge) -> String {
        ChartCanvas.cut("\(edge.number) \(edge.code)", to: 26)
    }

    private static func figure(_ edge: PageEdge) -> String {
        switch edge.outcome {
        case .reached(let multiplier, _, _): multiplier.description
        case .notReached: "not reached"
        case .domain: "no value"
        }
    }

    func draw(into html: inout HTMLWriter) {
        let starts = Array(stride(from: 0, to: rows.count, by: CoverChart.rowsADrawing))
        for (part, start) in starts.enumerated() {
            let note = starts.count > 1 ? ", drawing \(part + 1) of \(starts.count)" : ""
            draw(
                Array(rows[start..<min(start + CoverChart.rowsADrawing, rows.count)]), part: part + 1, note: note,
                into: &html)
        }
    }

    private func draw(_ rows: [PageEdge], part: Int, note: String, into html: inout HTMLWriter) {
        let bottom = Self.top + Double(rows.count) * rowHeight
        ChartCanvas.draw(
            "edges-\(part)", height: bottom + 32, title: "How far each scenario is from the edge\(note)",
            description: "A dot a scenario at the multiple of its moves at which the fund breaks, the nearest first;"
                + " the line marks 1, the moves as they stand; an arrow, that the fund holds to the end of the grid."
                + " The table below has the figures.", into: &html
        ) { html in
            let one = axis.scale.position(.one)
            html.empty(
                "rect",
                [
                    "class": "broken", "x": .pixels(axis.scale.start), "y": .pixels(Self.top - 6),
                    "width": .pixels(one - axis.scale.start), "height": .pixels(bottom - Self.top + 6),
                ])
            axis.draw(
                from: Self.top - 6, to: bottom, title: "multiple of the scenario’s moves", into: &html)
            html.empty(
                "line",
                [
                    "class": "mark fund", "data-at": "1", "x1": .pixels(one), "x2": .pixels(one),
                    "y1": .pixels(Self.top - 10), "y2": .pixels(bottom),
                ])
            ChartCanvas.write("1: as it stands", "label over", x: one, y: 11, into: &html)
            for (index, row) in rows.enumerated() {
                draw(row, y: Self.top + (Double(index) + 0.5) * rowHeight - 1, into: &html)
            }
        }
    }

    private func draw(_ edge: PageEdge, y: Double, into html: inout HTMLWriter) {
        ChartCanvas.write(Self.label(edge), x: 0, y: y + 3.5, into: &html)
        ChartCanvas.write(
            Self.figure(edge), edge.isSmallest ? "label over" : "label", x: ChartCanvas.width, y: y + 3.5,
            anchor: .end, into: &html)
        switch edge.outcome {
        case .reached(let multiplier, _, _):
            let x = axis.scale.position(multiplier)
            line(to: x, y: y, into: &html)
            html.empty(
                "circle",
                [
                    "class": .text(multiplier < .one ? "mark dot inside-one" : "mark dot"),
                    "data-at": .text(multiplier.description), "cx": .pixels(x), "cy": .pixels(y), "r": "4.5",
                ])
        case .notReached:
            let x = axis.scale.position(gridEnd)
            line(to: x, y: y, into: &html)
            html.empty(
                "polygon",
                [
                    "class": "mark arrow", "data-from": .text(gridEnd.description),
                    "points": .corners([(x, y - 4.5), (x + 9, y), (x, y + 4.5)]),
                ])
        case .domain:
            ChartCanvas.write(
                "a series has no value at some multiple before", "note", x: axis.scale.start + 4, y: y + 3.5,
                into: &html)
        }
        html.newLine()
    }

    private func line(to x: Double, y: Double, into html: inout HTMLWriter) {
        html.empty(
            "line",
            [
                "class": "stem", "x1": .pixels(axis.scale.start), "x2": .pixels(x), "y1": .pixels(y), "y2": .pixels(y),
            ])
    }
}

extension PageEdge {
    /// The multiple at which the fund breaks; nil unless reached.
    var multiplier: ExactDecimal? {
        guard case .reached(let multiplier, _, _) = outcome else { return nil }
        return multiplier
    }

    var isReached: Bool { multiplier != nil }
}
