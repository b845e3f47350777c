import ClearingModel
import Quantities

/// The picture of stress testing as one page: HTML that needs nothing else, without scripts, on screen and on A4
/// (methodology §8).
///
/// Each chart has a title and a description, and its figures as a table below it, with the digits of the reports'
/// CSV. Equal values give equal bytes.
package struct StressPage {
    /// The page's name among the reports.
    package static let name = "stress-page"

    let content: StressPageContent
    private let header: RunHeader
    private(set) var rowCount: Int64 = 0

    /// The page of a run; its number is no content of the page.
    package static func page(_ content: StressPageContent, header: RunHeader) -> ReportPage {
        var page = StressPage(content: content, header: header)
        var runPart = 0..<0
        let bytes = PageDocument.page(page.title) { html in
            runPart = page.writeTop(to: &html)
            page.writeCovers(to: &html)
            page.writeEdges(to: &html)
            page.writeRounds(to: &html)
            page.writeFooter(to: &html)
        }
        return ReportPage(name: name, bytes: bytes, runPart: runPart, rowCount: page.rowCount)
    }

    private init(content: StressPageContent, header: RunHeader) {
        self.content = content
        self.header = header
    }

    private var title: String { "Stress of \(header.run.businessDate) \(header.run.cycle.rawValue)" }

    /// The title, what run and terms the figures are of, and the finding in a sentence. Returns where the run's number
    /// stands.
    private func writeTop(to html: inout HTMLWriter) -> Range<Int> {
        html.element("h1", text: title)
        html.newLine()
        let runPart = PageDocument.writeFacts(
            [
                ("Business date", "\(header.run.businessDate)"), ("Cycle", header.run.cycle.rawValue),
                ("Run", "\(header.run.runNumber)"), ("Parameter set", header.parameterSet),
                ("Stress set", content.stressSet), ("Base currency", content.currency),
                ("Guaranty fund", content.text(content.fund)), ("Groups it is held against", "\(content.coverCount)"),
            ], to: &html)
        html.element("p", ["class": content.isSufficient ? "lead holds" : "lead"], text: content.finding)
        html.newLine()
        return runPart
    }

    private func writeFooter(to html: inout HTMLWriter) {
        html.element("footer") { html in
            let sentences = [
                "Every figure is computed by valuing the book again under the scenario’s moves; none is a forecast or "
                    + "says how likely a scenario is. Amounts are in \(content.currency).",
                "A shortfall is what closing out would cost beyond requirement and add-ons. What the fund would have "
                    + "to bear is the sum of the largest groups’ shortfalls, mutualised what those groups’ own "
                    + "contributions leave of it, sufficiency the fund over it.",
                "How they are computed: docs/methodology.md §8. The same figures as CSV and JSON: the reports "
                    + "cover-two, reverse-stress, second-round, second-round-impacts and second-round-members of this "
                    + "run, column by column in docs/reports.md.",
            ]
            for sentence in sentences { html.element("p", text: sentence) }
        }
        html.newLine()
    }

    /// Writes a table and counts its rows.
    mutating func write(_ table: PageTable, to html: inout HTMLWriter) {
        rowCount += Int64(table.rows.count)
        table.write(to: &html)
    }
}
