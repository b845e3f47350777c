import ClearingModel
import Quantities

/// The house's night as one page: HTML that needs nothing else, without scripts (docs/reports.md, *Pages*).
///
/// As the page of a member: sentences first, figures as text, links within the page, equal bytes for equal values.
package struct HousePage {
    /// The page's name among the reports.
    package static let name = "house-page"

    let content: HousePageContent
    private let header: RunHeader
    private(set) var rowCount: Int64 = 0

    /// The page of a run; its number is no content of the page.
    package static func page(_ content: HousePageContent, header: RunHeader) -> ReportPage {
        var page = HousePage(content: content, header: header)
        var runPart = 0..<0
        let bytes = PageDocument.page(page.title, [NightPageStyle.rules]) { html in
            runPart = page.writeTop(to: &html)
            page.writeMembers(to: &html)
            page.writeOpenCalls(to: &html)
            page.writeChanges(to: &html)
            page.writeNights(to: &html)
            page.writeAddOns(to: &html)
            page.writeConcentrations(to: &html)
            page.writeStress(to: &html)
            page.writeFindings(to: &html)
            page.writeTotals(to: &html)
        }
        return ReportPage(name: name, bytes: bytes, runPart: runPart, rowCount: page.rowCount)
    }

    private init(content: HousePageContent, header: RunHeader) {
        self.content = content
        self.header = header
    }

    private var title: String { "The house, \(header.run.businessDate) \(header.run.cycle.rawValue)" }

    /// The title, what the page is of, and what is called by currency. Returns where the run's number stands.
    private func writeTop(to html: inout HTMLWriter) -> Range<Int> {
        html.element("h1", text: title)
        html.newLine()
        let runPart = PageDocument.writeFacts(
            [
                ("Business date", "\(header.run.businessDate)"), ("Cycle", header.run.cycle.rawValue),
                ("Run", "\(header.run.runNumber)"), ("Parameter set", header.parameterSet),
            ], to: &html)
        for (currency, members) in byCurrency {
            let called = members.filter { $0.callAmount.minorUnits > 0 }
            let sum = called.reduce(Money.zero(currency)) { $0 + $1.callAmount }
            html.element("p", ["class": called.isEmpty ? "lead holds" : "lead"]) { html in
                html.element("a", ["href": "#members"]) { $0.element("strong", text: "\(sum)") }
                let due = content.callsDue.isEmpty ? "" : ", due \(content.callsDue) of the day that each call names"
                html.text(" is called from \(called.count) of \(members.count) members\(called.isEmpty ? "" : due).")
            }
            html.newLine()
        }
        return runPart
    }

    private var byCurrency: [(currency: Currency, members: [PageMemberCall])] {
        Dictionary(grouping: content.members) { $0.margin.currency }.map { (currency: $0.key, members: $0.value) }
            .sorted { "\($0.currency.code)" < "\($1.currency.code)" }
    }

    private mutating func writeMembers(to html: inout HTMLWriter) {
        html.element("h2", ["id": "members"], text: "Calls by member")
        html.newLine()
        let looksAhead = content.members.contains { $0.tomorrow != nil }
        var table = PageTable(
            "Margin is requirement and add-ons; tomorrow is what the next date calls if nothing moves",
            [
                .words("Member"), .words("Currency"), .figures("Accounts"), .figures("Called"), .figures("Margin"),
                .figures("Collateral"), .figures("Call"), .figures("Return"),
            ] + (looksAhead ? [.figures("Tomorrow")] : []))
        for member in content.members {
            let amounts = [member.margin, member.collateralValue, member.callAmount, member.returnAmount]
            table.add(
                [
                    [member.member], ["\(member.margin.currency.code)"], ["\(member.accounts)"], ["\(member.calls)"],
                ] + amounts.map { [$0.digits] } + (looksAhead ? [[member.tomorrow?.digits ?? "–"]] : []),
                isMarked: member.callAmount.minorUnits > 0, anchor: anchor(of: member))
        }
        write(table, to: &html)
    }

    /// What links to the row of a member's calls.
    private func anchor(of member: PageMemberCall) -> String {
        let place = content.members.firstIndex {
            $0.member == member.member && $0.margin.currency == member.margin.currency
        }
        return "member-\((place ?? 0) + 1)"
    }

    /// The largest changes of each currency as a waterfall, and all of them as a table.
    private mutating func writeChanges(to html: inout HTMLWriter) {
        let changes = content.changes
        guard !changes.isEmpty else { return }
        html.element("h2", text: "What moved since the night before")
        html.newLine()
        for (currency, members) in byCurrency {
            let own = changes.filter { $0.change.currency == currency }
            let before = members.compactMap(\.marginBefore).reduce(Money.zero(currency), +)
            guard !own.isEmpty else { continue }
            let shown = own.prefix(Self.changesDrawn)
            let rest = own.dropFirst(Self.changesDrawn).reduce(Money.zero(currency)) { $0 + $1.change }
            let sum = own.reduce(before) { $0 + $1.change }
            var steps = [WaterfallChart.Step("the night before", before, anchor: "changes", isSum: true)]
            steps += shown.map {
                .init(ChartCanvas.cut($0.member.member, to: 34), $0.change, anchor: anchor(of: $0.member))
            }
            if own.count > shown.count { steps.append(.init("the others", rest, anchor: "changes")) }
            steps.append(.init("this night, of the same members", sum, anchor: "changes", isSum: true))
            WaterfallChart(
                id: "changes-\(currency.code)", title: "Margin in \(currency.code) since the night before",
                description: "A bar a member, the largest change first, from the margin of the night before to this "
                    + "night’s. The table below has the figures.", steps: steps
            ).draw(into: &html)
        }
        var table = PageTable(
            "Members whose margin changed, the largest change of each currency first",
            [.words("Member"), .words("Currency"), .figures("Before"), .figures("Now"), .figures("Change")])
        for (member, change) in changes.prefix(Self.changesListed) {
            table.add([
                [member.member], ["\(change.currency.code)"], [(member.margin - change).digits], [member.margin.digits],
                [change.digits],
            ])
        }
        html.element("div", ["id": "changes"]) { write(table, to: &$0) }
        if changes.count > Self.changesListed {
            PageDocument.say(
                "Left out: \(changes.count - Self.changesListed) smaller changes; house-summary has every member.",
                to: &html)
        }
    }

    private static let changesDrawn = 8
    private static let changesListed = 40

    /// Writes a table and counts its rows.
    mutating func write(_ table: PageTable, to html: inout HTMLWriter) {
        rowCount += Int64(table.rows.count)
        table.write(to: &html)
    }
}
