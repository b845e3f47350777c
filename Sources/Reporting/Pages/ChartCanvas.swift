import Quantities

/// What the charts of a page share: a drawing with its title and description, and texts of a known width.
///
/// Marks carry their figures as `data-from` and `data-to` or as `data-at`, and ticks theirs as `data-tick`, all in the
/// unit of the axis, so that a program can hold the picture to the figures.
enum ChartCanvas {
    /// The width of a drawing that stands by itself, in pixels of CSS: what A4 leaves between margins of 12 mm.
    static let width = 700.0
    /// The width of one character of a drawing's texts, at most, in pixels: they are of one width, 10 pixels high.
    static let characterWidth = 6.1

    /// A drawing `height` pixels high; `id` tells its title from that of other drawings.
    static func draw(
        _ id: String, width: Double = width, height: Double, title: String, description: String,
        into html: inout HTMLWriter,
        _ body: (inout HTMLWriter) -> Void
    ) {
        html.element("figure") { html in
            html.element(
                "svg",
                [
                    "xmlns": "http://www.w3.org/2000/svg", "role": "img", "id": .text(id),
                    "aria-labelledby": .text("\(id)-title \(id)-desc"), "width": .pixels(width),
                    "height": .pixels(height), "viewBox": .text("0 0 \(Int(width)) \(Int(height.rounded(.up)))"),
                ]
            ) { html in
                html.element("title", ["id": .text("\(id)-title")], text: title)
                html.element("desc", ["id": .text("\(id)-desc")], text: description)
                html.newLine()
                body(&html)
            }
        }
        html.newLine()
    }

    /// A text whose end, begin or middle stands at `x`, its base line at `y`.
    static func write(
        _ text: String, _ kind: String = "label", x: Double, y: Double, anchor: Anchor = .start,
        into html: inout HTMLWriter
    ) {
        html.element(
            "text", ["class": .text(kind), "x": .pixels(x), "y": .pixels(y), "text-anchor": .text(anchor.rawValue)],
            text: text)
        html.newLine()
    }

    /// Which part of a text stands at its place.
    enum Anchor: String {
        case start, middle, end
    }

    /// A text of `count` characters at most, a longer one cut: the table has all of it.
    static func cut(_ text: String, to count: Int) -> String {
        text.count <= count ? text : text.prefix(max(count - 1, 0)) + "…"
    }

    /// The room that the longest of some texts takes, in pixels.
    static func room(for texts: [String]) -> Double {
        Double(texts.map(\.count).max() ?? 0) * characterWidth
    }
}

/// An axis below rows of marks: lines through all of them and a label at each tick.
struct HorizontalAxis {
    let ticks: ChartTicks
    let scale: ChartScale

    /// From `start` to `end`, in pixels, for figures from 0 to `largest`.
    init(upTo largest: ExactDecimal, from start: Double, to end: Double, isCounted: Bool = false) {
        // A label needs about 50 pixels.
        ticks = ChartTicks(upTo: largest, steps: max(2, Int((end - start) / 50)), isCounted: isCounted)
        scale = ChartScale(upper: ticks.upper.double, start: start, end: end)
    }

    /// The lines between two heights, the labels below them, and what they count at the end.
    func draw(from top: Double, to bottom: Double, title: String, into html: inout HTMLWriter) {
        for value in ticks.values {
            let x = scale.position(value)
            html.empty(
                "line",
                [
                    "class": "tick", "data-tick": .text(value.description), "x1": .pixels(x), "x2": .pixels(x),
                    "y1": .pixels(top), "y2": .pixels(bottom),
                ])
            ChartCanvas.write(ticks.label(value), "axis", x: x, y: bottom + 12, anchor: .middle, into: &html)
        }
        ChartCanvas.write(
            title, "axis", x: (scale.start + scale.end) / 2, y: bottom + 26, anchor: .middle, into: &html)
    }
}
