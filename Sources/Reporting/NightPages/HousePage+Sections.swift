import Quantities

/// What is added and watched, and what the files are held to.
extension HousePage {
    /// The oldest first, and of a day the largest.
    mutating func writeOpenCalls(to html: inout HTMLWriter) {
        guard !content.openCalls.isEmpty else { return }
        html.element("h2", text: "Calls that are not met")
        html.newLine()
        let overdue = content.openCalls.count { $0.state == "overdue" }
        PageDocument.say("\(content.openCalls.count) in all, \(overdue) of them overdue.", to: &html)
        var table = PageTable(
            "The oldest first; age in business days, amounts in the call currency",
            [
                .words("Night"), .figures("Age"), .words("Member"), .words("Account"), .figures("Called"),
                .figures("Met"), .figures("Open"), .words("Currency"), .words("Due"), .words("State"),
            ])
        let ranked = content.openCalls.sorted {
            ($1.ageDays, $1.open.minorUnits, $0.account) < ($0.ageDays, $0.open.minorUnits, $1.account)
        }
        for call in ranked {
            table.add(
                [
                    ["\(call.callDate)"], ["\(call.ageDays)"], [call.member], [call.account], [call.called.digits],
                    [call.met.digits], [call.open.digits], ["\(call.open.currency.code)"], ["\(call.dueDate)"],
                    [call.state.replacing("_", with: " ")],
                ], isMarked: call.state == "overdue")
        }
        write(table, to: &html)
    }

    mutating func writeNights(to html: inout HTMLWriter) {
        guard content.nights.contains(where: { $0.nights.count > 1 }) else { return }
        html.element("h2", text: "The nights up to this one")
        html.newLine()
        for nights in content.nights { NightsChart(nights).draw(into: &html) }
        html.element("div", ["class": "pair"]) { html in
            for table in content.nights.tables(of: "all members together") { write(table, to: &html) }
        }
    }

    mutating func writeAddOns(to html: inout HTMLWriter) {
        guard !content.addOns.isEmpty else { return }
        html.element("h2", text: "Add-ons")
        html.newLine()
        write(content.addOns.table(of: "All members together"), to: &html)
    }

    mutating func writeConcentrations(to html: inout HTMLWriter) {
        guard !content.concentrations.isEmpty else { return }
        html.element("h2", text: "Concentration beyond what accounts are charged")
        html.newLine()
        var table = PageTable(
            "Members with an excess, in the margin currency",
            [
                .words("Member"), .words("Combined commodity"), .figures("Net delta"), .figures("Charge as one"),
                .figures("Charged"), .figures("Excess"), .words("Currency"),
            ])
        for row in content.concentrations {
            table.add([
                [row.member], [row.combinedCommodity], [row.netDelta.plainText], [row.memberCharge.digits],
                [row.ownCharges.digits], [row.excess.digits], ["\(row.excess.currency.code)"],
            ])
        }
        write(table, to: &html)
    }

    func writeStress(to html: inout HTMLWriter) {
        guard let stress = content.stress else { return }
        html.element("h2", text: "Stress")
        html.newLine()
        PageDocument.say("\(stress.finding) The page \(StressPage.name) has the rest.", to: &html)
    }

    /// Blocking findings first, stale data next, then the others; past a count they are only counted.
    mutating func writeFindings(to html: inout HTMLWriter) {
        html.element("h2", text: "Findings")
        html.newLine()
        guard !content.findings.isEmpty else {
            return PageDocument.say("The data gates and monitoring found nothing, and nothing is stale.", to: &html)
        }
        let stale = content.findings.count(where: \.isStale)
        PageDocument.say(
            "\(content.findings.count) in all; \(stale == 0 ? "nothing is" : "\(stale) tell of data that are") stale.",
            to: &html)
        let ranked = content.findings.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }.map(\.element)
        write(Array(ranked.prefix(Self.findingsListed)).table(of: "Blocking ones first, then what is stale"), to: &html)
        if ranked.count > Self.findingsListed {
            PageDocument.say(
                "Left out: \(ranked.count - Self.findingsListed); the report findings has every one.", to: &html)
        }
    }

    private static let findingsListed = 30

    /// The sums that the files of all members come to, of the report of calls.
    mutating func writeTotals(to html: inout HTMLWriter) {
        let totals = content.totals.filter { $0.report == ReportCatalogue.marginCall.name && $0.member == nil }
        html.element("h2", text: "Control totals")
        html.newLine()
        var table = PageTable(
            "Sums of the columns of margin-call over all members’ files; manifest.json has those of every report",
            [.words("Figure"), .words("Currency"), .figures("Total"), .figures("Rows")])
        for total in totals {
            let currency = content.members.first { $0.margin.currency.code == total.currency }?.margin.currency
            table.add([
                [total.figure.replacing("_", with: " ")], ["\(total.currency)"],
                [currency.map { total.amount.text(decimals: $0.decimals) } ?? total.amount.description],
                ["\(total.rowCount)"],
            ])
        }
        write(table, to: &html)
    }
}
