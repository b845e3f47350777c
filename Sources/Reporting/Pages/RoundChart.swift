import Quantities

/// The rounds after a default as a flow: a column a round with who defaults in it, the shortfall so far and what is
/// left of the fund as bars, an arrow to the next.
struct RoundChart {
    /// Columns beside one another.
    private static let columnsADrawing = 5
    private static let columnWidth = 128.0
    private static let boxWidth = 110.0
    private static let axisRoom = 58.0
    private static let lineHeight = 12.0
    private static let groupsShown = 6
    private static let plotHeight = 110.0
    private static let barWidth = 36.0

    private let content: StressPageContent
    private let ticks: ChartTicks

    init(_ content: StressPageContent) {
        self.content = content
        ticks = ChartTicks(
            upTo: max(content.fund, content.rounds.map { max($0.shortfall, $0.fundLeft) }.max() ?? .zero), steps: 4)
    }

    func draw(into html: inout HTMLWriter) {
        let rounds = content.rounds
        let starts = Array(stride(from: 0, to: rounds.count, by: Self.columnsADrawing))
        for (part, start) in starts.enumerated() {
            let end = min(start + Self.columnsADrawing, rounds.count)
            let note = starts.count > 1 ? ", drawing \(part + 1) of \(starts.count)" : ""
            draw(Array(rounds[start..<end]), isOpen: end < rounds.count, part: part + 1, note: note, into: &html)
        }
    }

    private func draw(
        _ rounds: [PageRound], isOpen: Bool, part: Int, note: String, into html: inout HTMLWriter
    ) {
        let lines = rounds.map { Self.lines($0).count }.max() ?? 0
        let boxHeight = Double(lines + 1) * Self.lineHeight + 8
        let plotTop = boxHeight + 26
        let scale = ChartScale(upper: ticks.upper.double, start: plotTop + Self.plotHeight, end: plotTop)
        ChartCanvas.draw(
            "rounds-\(part)", height: scale.start + 34, title: "The rounds after the default\(note)",
            description: "A column a round, the default itself first: the groups that default in it, the shortfall of"
                + " all defaulted so far as a filled bar, what is left of the fund as an outlined one. The tables below"
                + " have the figures.", into: &html
        ) { html in
            drawAxis(scale, width: Self.axisRoom + Double(rounds.count) * Self.columnWidth, into: &html)
            for (index, round) in rounds.enumerated() {
                let x = Self.axisRoom + Double(index) * Self.columnWidth
                drawBox(round, x: x, height: boxHeight, into: &html)
                drawBars(round, scale, x: x, into: &html)
                if index < rounds.count - 1 || isOpen { drawArrow(from: x + Self.boxWidth, y: 16, into: &html) }
            }
        }
    }

    /// Who defaults in a round, one a line, the rest of many counted.
    private static func lines(_ round: PageRound) -> [String] {
        if round.groups.isEmpty { return ["nobody defaults"] }
        let shown = round.groups.count > groupsShown ? groupsShown - 1 : groupsShown
        let rest = round.groups.count - shown
        return round.groups.prefix(shown).map { ChartCanvas.cut($0, to: 17) } + (rest > 0 ? ["and \(rest) more"] : [])
    }

    private func drawAxis(_ scale: ChartScale, width: Double, into html: inout HTMLWriter) {
        for value in ticks.values {
            let y = scale.position(value)
            html.empty(
                "line",
                [
                    "class": "tick", "data-tick": .text(value.description), "x1": .pixels(Self.axisRoom - 4),
                    "x2": .pixels(width), "y1": .pixels(y), "y2": .pixels(y),
                ])
            ChartCanvas.write(
                ticks.label(value), "axis", x: Self.axisRoom - 8, y: y + 3.5, anchor: .end, into: &html)
        }
        ChartCanvas.write("\(ticks.unit)\(content.currency)", "axis", x: 0, y: scale.end - 9, into: &html)
        let y = scale.position(content.fund)
        html.empty(
            "line",
            [
                "class": "mark fund", "data-at": .text(content.fund.description), "x1": .pixels(Self.axisRoom - 4),
                "x2": .pixels(width), "y1": .pixels(y), "y2": .pixels(y),
            ])
    }

    private func drawBox(_ round: PageRound, x: Double, height: Double, into html: inout HTMLWriter) {
        html.empty(
            "rect",
            [
                "class": .text(round.groups.isEmpty ? "box" : "box defaulting"), "x": .pixels(x + 0.5), "y": "0.5",
                "width": .pixels(Self.boxWidth), "height": .pixels(height), "rx": "3",
            ])
        let title = round.number == 0 ? "0: the default" : "round \(round.number)"
        ChartCanvas.write(title, "label head", x: x + 5, y: 13, into: &html)
        for (index, line) in Self.lines(round).enumerated() {
            ChartCanvas.write(line, x: x + 5, y: 26 + Double(index) * Self.lineHeight, into: &html)
        }
    }

    private func drawBars(_ round: PageRound, _ scale: ChartScale, x: Double, into html: inout HTMLWriter) {
        let bars = [("shortfall", round.shortfall, 12.0), ("left", round.fundLeft, 58.0)]
        for (index, (kind, amount, offset)) in bars.enumerated() {
            let top = scale.position(amount)
            html.element(
                "rect",
                [
                    "class": .text("mark \(kind)"), "data-from": "0", "data-to": .text(amount.description),
                    "x": .pixels(x + offset), "y": .pixels(top), "width": .pixels(Self.barWidth),
                    "height": .pixels(scale.start - top),
                ]
            ) { $0.element("title", text: "\(kind == "left" ? "left of the fund" : kind) \(content.text(amount))") }
            html.newLine()
            let y = scale.start + 14 + Double(index) * 13
            html.empty(
                "rect",
                [
                    "class": .text(kind), "x": .pixels(x + 0.5), "y": .pixels(y - 7.5), "width": "7", "height": "7",
                ])
            ChartCanvas.write(
                ChartCanvas.cut(content.text(amount), to: 18), x: x + 12, y: y, into: &html)
        }
    }

    private func drawArrow(from x: Double, y: Double, into html: inout HTMLWriter) {
        let corners = [(2.0, -1.0), (9, -1), (9, -5), (16, 0), (9, 5), (9, 1), (2, 1)].map { (x: x + $0, y: y + $1) }
        html.empty("polygon", ["class": "arrow", "points": .corners(corners)])
        html.newLine()
    }
}
