import ClearingModel
import Quantities

/// A member's night as one page: HTML that needs nothing else, without scripts, on screen and on A4 (docs/reports.md,
/// *Pages*).
///
/// First what is to be paid, then why, then what is to come. Each drawing has a title and a description, and its
/// figures as a table below it with the digits of the reports' CSV; a figure of a sentence or drawing links to its row.
/// Equal values give equal bytes.
package struct MemberPage {
    /// The page's name among the reports.
    package static let name = "member-page"

    let content: MemberPageContent
    let header: RunHeader
    private(set) var rowCount: Int64 = 0

    /// The page of a member in a run; the run's number is no content of the page.
    package static func page(_ content: MemberPageContent, header: RunHeader) -> ReportPage {
        var page = MemberPage(content: content, header: header)
        var runPart = 0..<0
        let bytes = PageDocument.page(page.title, [NightPageStyle.rules]) { html in
            runPart = page.writeTop(to: &html)
            page.writeCalls(to: &html)
            page.writeBuildUps(to: &html)
            page.writeAddOns(to: &html)
            page.writeAttributions(to: &html)
            page.writeTomorrow(to: &html)
            page.writeNights(to: &html)
            page.writePositions(to: &html)
            page.writeReducingTrades(to: &html)
            page.writeTouches(to: &html)
            page.writeFooter(to: &html)
        }
        return ReportPage(
            name: name, member: content.member, bytes: bytes, runPart: runPart, rowCount: page.rowCount)
    }

    private init(content: MemberPageContent, header: RunHeader) {
        self.content = content
        self.header = header
    }

    private var title: String {
        "Margin of \(content.member), \(header.run.businessDate) \(header.run.cycle.rawValue)"
    }

    /// The title, what the page is of, and what is to be paid in sentences. Returns where the run's number stands.
    private func writeTop(to html: inout HTMLWriter) -> Range<Int> {
        html.element("h1", text: title)
        html.newLine()
        let runPart = PageDocument.writeFacts(
            [
                ("Member", content.name), ("Business date", "\(header.run.businessDate)"),
                ("Run", "\(header.run.runNumber)"), ("Parameter set", header.parameterSet),
            ], to: &html)
        let payments = content.payments
        if payments.isEmpty {
            html.element("p", ["class": "lead holds"], text: "Nothing is called and nothing is returned.")
        }
        for payment in payments.prefix(Self.paymentsInWords) { write(payment, to: &html) }
        if payments.count > Self.paymentsInWords {
            html.element(
                "p", ["class": "lead"],
                text: "\(payments.count - Self.paymentsInWords) more accounts are called or paid: the table has them.")
        }
        if !content.synthetic.isEmpty {
            let names = content.synthetic.joined(separator: ", ")
            html.element(
                "p", ["class": "note"],
                text: "Part of the data is made up, not taken from a market: all of \(names).")
        }
        html.newLine()
        return runPart
    }

    /// How many calls and returns are told in sentences; the table has all.
    private static let paymentsInWords = 6

    private func write(_ call: PageCall, to html: inout HTMLWriter) {
        let isCall = call.callAmount.minorUnits > 0
        html.element("p", ["class": isCall ? "lead" : "lead holds"]) { html in
            html.element("a", ["href": .text("#\(anchor(of: call))")]) { html in
                html.element("strong", text: "\(isCall ? call.callAmount : call.returnAmount)")
            }
            let due = "\(call.dueDate)" + (content.callsDue.isEmpty ? "" : " \(content.callsDue)")
            html.text(isCall ? " to be paid by \(due)" : " returned, due \(due)")
            html.text(", account \(call.account): \(call.reason).")
        }
        html.newLine()
    }

    /// What links to the row of an account's call.
    func anchor(of call: PageCall) -> String {
        "call-\((content.calls.firstIndex { $0.account == call.account } ?? 0) + 1)"
    }

    private mutating func writeCalls(to html: inout HTMLWriter) {
        html.element("h2", text: "Calls")
        html.newLine()
        var table = PageTable(
            "In the account’s call currency; unpaid is variation margin, the deficit what is asked less what is there",
            [
                .words("Account"), .words("Origin"), .words("Currency"), .figures("Requirement"), .figures("Add-ons"),
                .figures("Unpaid"), .figures("Collateral"), .figures("Intraday"), .figures("Deficit"),
                .figures("Call"), .figures("Return"), .words("Due"),
            ])
        for call in content.calls {
            let amounts = [
                call.requirement, call.addOns, call.unpaidVariationMargin, call.collateralValue,
                call.intradayCollected, call.deficit, call.callAmount, call.returnAmount,
            ]
            table.add(
                [[call.account], [call.origin], [call.currency]] + amounts.map { [$0.digits] }
                    + [["\(call.dueDate)"]],
                isMarked: call.callAmount.minorUnits > 0, anchor: anchor(of: call))
        }
        write(table, to: &html)
    }

    private func writeFooter(to html: inout HTMLWriter) {
        html.element("h2", text: "How to compute it again")
        html.newLine()
        let digest = content.callDigest.map { ", content SHA-256 \($0)" } ?? ""
        PageDocument.say(
            "Every figure stands in the files of this folder: margin-call\(digest), and the reports that it adds up. "
                + "margin replicate computes the requirement from its positions, accounts, parameters and "
                + "risk-arrays (docs/replication.md); docs/methodology.md has each rule, manifest.json the SHA-256 of "
                + "each file.",
            to: &html)
    }

    /// Writes a table and counts its rows.
    mutating func write(_ table: PageTable, to html: inout HTMLWriter) {
        rowCount += Int64(table.rows.count)
        table.write(to: &html)
    }
}

extension PageCall {
    /// Why it is called, paid or left alone, in words.
    var reason: String {
        let limit = threshold.map { " of \($0)" } ?? ""
        return switch reasonCode {
        case "deficit_above_threshold": "its deficit of \(deficit) is above the threshold\(limit)"
        case "deficit_within_threshold": "its deficit of \(deficit) is within the threshold\(limit)"
        case "deficit_above_trigger": "its deficit of \(deficit) is above the intraday trigger"
        case "deficit_within_trigger": "its deficit of \(deficit) is within the intraday trigger"
        case "excess_returned":
            "its collateral is worth more than it needs, by \(Money.zero(deficit.currency) - deficit)"
        case "covered": "it is covered"
        case "no_call_rule": "no call rule is in force for its class"
        case "no_intraday_trigger": "its class has no intraday trigger"
        default: reasonCode
        }
    }
}

extension Money {
    /// The amount with the currency's decimals, as the reports' CSV has it.
    var digits: String { amount.text(decimals: currency.decimals) }
}
