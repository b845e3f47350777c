import Quantities

/// A backtest as one page: HTML that needs nothing else, without scripts, on screen and on A4 (methodology §12).
///
/// Each chart has its figures as a table below it, in the spelling of the reports' CSV. Equal values give equal bytes.
package struct BacktestPage {
    /// Spells of days that are drawn again on their own, where a walk has them.
    private static let spells = [
        ("the crisis of 2008", BusinessDate(year: 2008, month: 7, day: 1), BusinessDate(year: 2009, month: 6, day: 30)),
        ("the year 2020", BusinessDate(year: 2020, month: 1, day: 1), BusinessDate(year: 2020, month: 12, day: 31)),
        ("the year 2022", BusinessDate(year: 2022, month: 1, day: 1), BusinessDate(year: 2022, month: 12, day: 31)),
    ]
    /// Exceptions listed day by day, at most.
    private static let exceptionsListed = 60

    private let content: BacktestPageContent

    /// The bytes of the page.
    package static func page(_ content: BacktestPageContent) -> [UInt8] {
        let page = BacktestPage(content: content)
        return PageDocument.page(content.title, [rules]) { html in
            page.writeTop(to: &html)
            for (number, walk) in content.walks.enumerated() { page.write(walk, number + 1, to: &html) }
            for section in content.sections {
                html.element("h2", text: section.title)
                PageDocument.say(section.text, to: &html)
                page.write(section.table, to: &html)
            }
            page.writeFooter(to: &html)
        }
    }

    private func writeTop(to html: inout HTMLWriter) {
        html.element("h1", text: content.title)
        html.newLine()
        PageDocument.writeFacts(content.facts, to: &html)
        html.element("p", ["class": content.holds ? "lead holds" : "lead"], text: content.finding)
        html.newLine()
    }

    /// All days of a walk, its crises enlarged, a row a year, and its exceptions.
    private func write(_ walk: BacktestPageContent.Walk, _ number: Int, to html: inout HTMLWriter) {
        html.element("h2", text: "\(walk.name): the margin against the moves that followed")
        PageDocument.say(walk.verdict, to: &html)
        MarginChart(walk, walk.days, id: "walk-\(number)", title: "\(walk.name), all days").draw(into: &html)
        for (place, spell) in Self.spells.enumerated() {
            let days = walk.days.filter { spell.1 <= $0.date && $0.date <= spell.2 }
            guard days.count > 20, days.count < walk.days.count else { continue }
            MarginChart(
                walk, days, id: "walk-\(number)-\(place + 1)", title: "\(walk.name), \(spell.0)"
            ).draw(into: &html)
        }
        write(years(of: walk), to: &html)
        write(exceptions(of: walk), to: &html)
    }

    private func years(of walk: BacktestPageContent.Walk) -> BacktestPageContent.Table {
        let years = Dictionary(grouping: walk.days, by: \.date.civil.year).sorted { $0.key < $1.key }
        return BacktestPageContent.Table(
            caption: "\(walk.name) by year, amounts in \(walk.currency) a contract; years with an exception are bold",
            columns: [
                ("Year", false), ("Days", true), ("Exceptions", true), ("Largest move", true),
                ("Smallest margin", true),
                ("Largest margin", true),
            ],
            rows: years.map { year, days in
                [
                    "\(year)", "\(days.count)", "\(days.count(where: \.isException))",
                    days.compactMap(\.move).max().map(walk.text) ?? "–",
                    walk.text(days.map(\.margin).min() ?? 0), walk.text(days.map(\.margin).max() ?? 0),
                ]
            }, marked: Set(years.indices.filter { years[$0].value.contains(where: \.isException) }),
            whenEmpty: "")
    }

    private func exceptions(of walk: BacktestPageContent.Walk) -> BacktestPageContent.Table {
        let days = walk.days.filter(\.isException)
        let left = days.count - Self.exceptionsListed
        let note = left > 0 ? "; the last \(Self.exceptionsListed) of \(days.count), all in the CSV file of days" : ""
        return BacktestPageContent.Table(
            caption: "Exceptions of \(walk.name), amounts in \(walk.currency) a contract\(note)",
            columns: [("Day", false), ("Margin", true), ("Move", true), ("Above the margin", true)],
            rows: days.suffix(Self.exceptionsListed).map { day in
                [
                    "\(day.date)", walk.text(day.margin), walk.text(day.move ?? 0),
                    walk.text((day.move ?? 0) - day.margin),
                ]
            }, whenEmpty: "No move was above the margin.")
    }

    private func write(_ table: BacktestPageContent.Table, to html: inout HTMLWriter) {
        guard !table.rows.isEmpty else { return PageDocument.say(table.whenEmpty, to: &html) }
        var shown = PageTable(
            table.caption, table.columns.map { $0.isFigure ? .figures($0.head) : .words($0.head) })
        for (place, row) in table.rows.enumerated() {
            shown.add(row.map { [$0] }, isMarked: table.marked.contains(place))
        }
        shown.write(to: &html)
    }

    private func writeFooter(to html: inout HTMLWriter) {
        html.element("footer") { html in
            for sentence in [
                "An exception is a move, or a loss of frozen positions, above the margin, strictly, in minor units. A"
                    + " scan range covers moves to either side at its confidence.",
                "With a horizon of several days the windows of neighbouring nights overlap and exceptions come in runs:"
                    + " the thinned tests decide, not those of all nights.",
                "How it is computed: docs/methodology.md §12. The same figures as CSV and JSON: the reports"
                    + " \(content.reports) beside this page, column by column in docs/reports.md.",
            ] { html.element("p", text: sentence) }
        }
        html.newLine()
    }

    /// What the charts of margins need beside the rules of every page.
    private static let rules: StaticString = """

        .moves { fill: #c9c9c9; stroke: none; }
        .held { fill: none; stroke: #1d4e7c; stroke-width: 1.5; }
        .exception { fill: #b3261e; } .peak { fill: #1d4e7c; }

        """
}
