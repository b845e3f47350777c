import Quantities

/// A calibration as one page: HTML that needs nothing else, without scripts, on screen and on A4 (methodology §10).
///
/// Each chart has its figures as a table below it, in the spelling of the reports' CSV. Equal values give equal bytes.
package struct CalibrationPage {
    private let content: CalibrationPageContent

    /// The bytes of the page.
    package static func page(_ content: CalibrationPageContent) -> [UInt8] {
        let page = CalibrationPage(content: content)
        return PageDocument.page(page.title, [rules]) { html in
            html.element("h1", text: page.title)
            html.newLine()
            PageDocument.writeFacts(content.facts, to: &html)
            page.writeValues(to: &html)
            page.writeOpinions(to: &html)
            for (number, item) in content.items.enumerated() where item.history.count > 1 {
                page.write(item, number + 1, to: &html)
            }
            page.writeCrises(to: &html)
            page.writeFooter(to: &html)
        }
    }

    private var title: String { "Calibration \(content.parameterSet)" }

    /// Every proposed value with its bounds, and what each tool adds.
    private func writeValues(to html: inout HTMLWriter) {
        html.element("h2", text: "What is proposed")
        PageDocument.say(
            "Of the bounds the largest binds, of an offset rate the smallest; ◂ stands by it. Bold are the values that "
                + "an approver is to look at.", to: &html)
        var values = PageTable(
            "Proposed values",
            [
                .words("Value"), .figures("Old"), .figures("New"), .figures("Change"), .words("Bounds"),
                .figures("In return units"), .words("Remark"),
            ])
        for item in content.items {
            values.add(
                [
                    [item.name], [item.old?.description ?? "–"], [item.new.description],
                    [item.change?.text(decimals: 6) ?? "–"],
                    item.bounds.map { $0.binds ? "\($0.name) ◂" : $0.name }, item.bounds.map(\.value.description),
                    [item.remark.isEmpty ? "–" : item.remark],
                ], isMarked: item.isFlagged)
        }
        values.write(to: &html)
        html.element("h2", text: "What the tools cost")
        PageDocument.say(
            "What each tool against procyclicality adds on this day, before step limit and increment: the figure with "
                + "all of the rule’s tools, and without this one. A tool that does not bind costs nothing today.",
            to: &html
        )
        var tools = PageTable(
            "Tools", [.words("Value"), .words("Tool"), .figures("With"), .figures("Without"), .figures("Adds")])
        for item in content.items {
            for tool in item.tools {
                tools.add(
                    [
                        [item.name], [tool.name], [tool.with.description], [tool.without.description],
                        [(tool.with - tool.without).description],
                    ], isMarked: tool.with > tool.without)
            }
        }
        if tools.rows.isEmpty { return PageDocument.say("No rule has a tool.", to: &html) }
        tools.write(to: &html)
    }

    /// What the data says beside the offset rates and calendar charges.
    private func writeOpinions(to html: inout HTMLWriter) {
        guard !content.opinions.isEmpty else { return }
        html.element("h2", text: "A second opinion")
        PageDocument.say(
            "What spreads lost, held against margins by each method, calibrated again and again with what was known by "
                + "then. It proposes nothing. Standing is the value in force today, chosen by people who knew these "
                + "days.", to: &html)
        var table = PageTable(
            "Second opinion",
            [
                .words("Spread"), .words("Method"), .figures("Value now"), .figures("Above margin"), .figures("Days"),
                .figures("Coverage"), .figures("Mean margin"), .words("Covers"),
            ])
        for opinion in content.opinions {
            table.add([
                [opinion.spread], [opinion.method], [opinion.value?.description ?? "–"], ["\(opinion.exceptions)"],
                ["\(opinion.nights)"], [opinion.coverage.text(decimals: 6)], ["\(opinion.meanMargin)"],
                [opinion.covers.isEmpty ? "–" : opinion.covers],
            ])
        }
        table.write(to: &html)
    }

    /// What each rule would have asked for through years of crisis.
    private func writeCrises(to html: inout HTMLWriter) {
        guard !content.crises.isEmpty || !content.missedCrises.isEmpty else { return }
        html.element("h2", text: "What it would have asked for in a crisis")
        PageDocument.say(
            "Each price scan range had its rule been in force before, calibrated again and again with what was "
                + "known by then, with its tools and without; in units of price.", to: &html)
        var table = PageTable(
            "Years of crisis", content.crisisColumns.map { $0.isFigure ? .figures($0.head) : .words($0.head) })
        for row in content.crises { table.add(row.map { [$0] }) }
        if !content.crises.isEmpty { table.write(to: &html) }
        guard !content.missedCrises.isEmpty else { return }
        let missed = content.missedCrises.joined(separator: "; ")
        PageDocument.say("Not reached, since the history begins too late or ends before: \(missed).", to: &html)
    }

    /// A rule's bounds over time.
    private func write(_ item: CalibrationPageContent.Item, _ number: Int, to html: inout HTMLWriter) {
        html.element("h2", text: "\(item.name): what bound it")
        PageDocument.say(
            "Had the rule been in force since \(item.history[0].date), calibrated every quarter with what was known by "
                + "then.", to: &html)
        BoundChart(item, id: "bounds-\(number)").draw(into: &html)
        let names = item.history[item.history.count - 1].bounds.map(\.name)
        var table = PageTable(
            "\(item.name), bounds in return units; ◂ binds",
            [.words("Day")] + names.map { .figures($0) } + [.figures("Proposed")])
        for point in item.history {
            let cells = names.map { name -> PageTable.Cell in
                guard let bound = point.bounds.first(where: { $0.name == name }) else { return ["–"] }
                return [bound.binds ? "◂ \(bound.value)" : bound.value.description]
            }
            table.add([["\(point.date)"]] + cells + [[point.proposed.description]])
        }
        table.write(to: &html)
    }

    private func writeFooter(to html: inout HTMLWriter) {
        html.element("footer") { html in
            for sentence in [
                "The set is a proposal: nothing is in force until another person approves it.",
                "How it is computed: docs/methodology.md §10. The same figures as CSV and JSON: the reports"
                    + " calibration, impact and second-opinion-walk beside this page, column by column in"
                    + " docs/reports.md.",
            ] { html.element("p", text: sentence) }
        }
        html.newLine()
    }

    /// What the charts of bounds need beside the rules of every page.
    private static let rules: StaticString = """

        .line { fill: none; stroke-width: 1.5; }
        .line-0 { stroke: #1d4e7c; } .line-1 { stroke: #2e6b34; }
        .line-2 { stroke: #b3261e; } .line-3 { stroke: #8a6d00; }
        .binding { fill: #1b1b1b; }

        """
}
