/// A table of a page, which counts its rows: a caption, heads with their scope, and a cell for each.
struct PageTable {
    /// A column by its head.
    struct Heading {
        let text: String
        let isFigure: Bool

        /// A column of texts.
        static func words(_ text: String) -> Heading { Heading(text: text, isFigure: false) }
        /// A column of figures, which stand below one another by their last digit.
        static func figures(_ text: String) -> Heading { Heading(text: text, isFigure: true) }

        /// How a text of the column is set: figures and short texts in one piece, others broken where they must be.
        func kind(of text: String) -> AttributeValue {
            isFigure ? "figure" : text.count <= PageTable.wholeUpTo ? "name" : "words"
        }
    }

    /// What a cell shows: one text, or several below one another. The first cell of a row is its head.
    typealias Cell = [String]

    /// From how many characters of a cell of figures on a table is set smaller, and smaller still.
    private static let denseFrom = 14
    private static let densestFrom = 17
    /// Up to how many characters a text is never broken.
    private static let wholeUpTo = 15

    private let caption: String
    private let headings: [Heading]
    private(set) var rows: [(cells: [Cell], isMarked: Bool, anchor: String?)] = []

    init(_ caption: String, _ headings: [Heading]) {
        self.caption = caption
        self.headings = headings
    }

    /// A row, in the order of the heads; a marked one is set off from the others. Its cells have one text each, or as
    /// many as the others that have several. `anchor`, where there is one, is what links to the row name.
    mutating func add(_ cells: [Cell], isMarked: Bool = false, anchor: String? = nil) {
        precondition(cells.count == headings.count, "a row has a cell for each head")
        let counts = Set(cells.map(\.count)).subtracting([1])
        precondition(counts.count <= 1 && !counts.contains(0), "the texts of a row stand beside one another")
        rows.append((cells, isMarked, anchor))
    }

    func write(to html: inout HTMLWriter) {
        html.element("table", ["class": setting]) { html in
            html.element("caption", text: caption)
            html.element("thead") { html in
                html.element("tr") { html in
                    for heading in headings {
                        html.element(
                            "th", ["scope": "col", "class": heading.kind(of: heading.text)], text: heading.text)
                    }
                }
            }
            html.newLine()
            for row in rows { write(row.cells, isMarked: row.isMarked, anchor: row.anchor, to: &html) }
        }
        html.newLine()
    }

    private var setting: AttributeValue {
        let lengths = rows.flatMap { row in
            zip(headings, row.cells).filter(\.0.isFigure).flatMap(\.1).map(\.count)
        }
        let longest = lengths.max() ?? 0
        return longest >= Self.densestFrom ? "densest" : longest >= Self.denseFrom ? "dense" : "usual"
    }

    /// A row is a group of lines: a cell with one text reaches over all of them.
    private func write(_ cells: [Cell], isMarked: Bool, anchor: String?, to html: inout HTMLWriter) {
        let lines = cells.map(\.count).max() ?? 1
        let kind: AttributeValue = isMarked ? "marked" : "plain"
        let attributes: HTMLWriter.Attributes =
            if let anchor { ["class": kind, "id": .text(anchor)] } else { ["class": kind] }
        html.element("tbody", attributes) { html in
            for line in 0..<lines {
                html.element("tr") { html in
                    for (index, cell) in cells.enumerated() where line < cell.count {
                        let height = cell.count == 1 ? lines : 1
                        let kind = headings[index].kind(of: cell[line])
                        if index == 0 {
                            html.element(
                                "th", ["scope": "rowgroup", "rowspan": .text("\(height)"), "class": kind]
                            ) { write(cell[line], to: &$0) }
                        } else {
                            html.element("td", ["rowspan": .text("\(height)"), "class": kind]) { html in
                                write(cell[line], to: &html)
                            }
                        }
                    }
                }
                html.newLine()
            }
        }
    }
    /// A text; of a list with commas each short part in one piece.
    private func write(_ text: String, to html: inout HTMLWriter) {
        var parts = text.split(separator: ", ", omittingEmptySubsequences: false)[...]
        guard parts.count > 1 else { return html.text(text) }
        while let part = parts.popFirst() {
            let piece = String(part) + (parts.isEmpty ? "" : ",")
            if part.count <= Self.wholeUpTo {
                html.element("span", ["class": "name"], text: piece)
            } else {
                html.text(piece)
            }
            if !parts.isEmpty { html.text(" ") }
        }
    }
}
