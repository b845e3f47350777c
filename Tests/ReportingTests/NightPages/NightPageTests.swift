import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

@Suite struct `The pages of a night` {
    private func header(run: Int32) -> RunHeader {
        RunHeader(
            run: RunIdentity(businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: run),
            parameterSet: "2018-12", roundingTable: "methodology-1.4", numbersVersions: [:])
    }

    private func text(_ content: MemberPageContent) -> String {
        String(decoding: MemberPage.page(content, header: header(run: 1)).bytes, as: UTF8.self)
    }

    private var houseText: String {
        String(decoding: HousePage.page(NightPageSamples.house, header: header(run: 1)).bytes, as: UTF8.self)
    }

    @Test func `have equal bytes for equal values`() {
        #expect(text(NightPageSamples.ordinary) == text(NightPageSamples.ordinary))
        #expect(text(NightPageSamples.wide) == text(NightPageSamples.wide))
        #expect(houseText == houseText)
    }

    @Test func `begin with what is to be paid: amount, currency, due time with its zone, account, reason`() throws {
        let page = text(NightPageSamples.ordinary)
        let first = try #require(page.firstRange(of: "<p class=\"lead\">"))
        let sentence =
            "<a href=\"#call-1\"><strong>5194000.00 USD</strong></a> to be paid by 2019-01-02 12:00 Europe/Berlin, "
            + "account A-C1: its deficit of 5193364.34 USD is above the threshold of 50000.00 USD.</p>"
        #expect(page[first.upperBound...].hasPrefix(sentence))
        #expect(page.contains("<tbody class=\"marked\" id=\"call-1\">"))
        #expect(page.contains("<strong>200000.00 USD</strong></a> returned, due 2019-01-02"))
        #expect(text(NightPageSamples.bare).contains("Nothing is called and nothing is returned."))
    }

    @Test func `say in words why, whatever the reason`() {
        for (code, words) in [
            ("deficit_within_threshold", "is within the threshold of 50000.00 USD"),
            ("deficit_above_trigger", "is above the intraday trigger"),
            ("deficit_within_trigger", "is within the intraday trigger"), ("covered", "it is covered"),
            ("excess_returned", "its collateral is worth more than it needs, by -"),
            ("no_call_rule", "no call rule is in force"), ("no_intraday_trigger", "has no intraday trigger"),
        ] {
            var content = NightPageSamples.bare
            content.calls = [NightPageSamples.call("B-H", requirement: 9, collateral: 0, call: 7, reason: code)]
            #expect(text(content).contains(words), "\(code)")
        }
    }

    /// Every step is a difference, so that they add up to what is required, whatever the parts are.
    @Test func `steps add up to the requirement`() {
        for buildUp in NightPageSamples.ordinary.buildUps {
            #expect(
                buildUp.steps.reduce(Money.zero(buildUp.currency)) { $0 + buildUp.amount($1) } == buildUp.requirement)
        }
        let (yen, dollar) = (NightPageSamples.ordinary.buildUps[0], NightPageSamples.ordinary.buildUps[1])
        #expect(yen.requirement.minorUnits == 0 && dollar.requirement.minorUnits == 1_434_132_636)
        #expect(yen.amount(.netting).minorUnits == 5_656_515 - 31_191_493)
        #expect(yen.amount(.groups).minorUnits == 6_900_000 - 6_861_225)
        #expect(yen.amount(.limits).minorUnits == 26_645_700 - 8_985 - 6_900_000)
        #expect(!dollar.steps.contains(.groups) && !dollar.steps.contains(.shortOptions))
    }

    /// Each bar begins where the one before it ended and is as long as its amount, in its direction: a sign that is
    /// turned moves all that follow. The last is the requirement from zero.
    @Test func `draw each step from where the one before it ended`() throws {
        let page = text(NightPageSamples.ordinary)
        for buildUp in NightPageSamples.ordinary.buildUps {
            let drawing = try #require(
                page.firstMatch(of: try Regex("id=\"requirement-\(buildUp.currency.code)\"[^§]*?</svg>")))
            let bars = page[drawing.range].matches(of: /class="mark ([a-z]+)" data-from="([^"]*)" data-to="([^"]*)"/)
                .map { "\($0.output.1) \($0.output.2) \($0.output.3)" }
            var (level, expected) = (ExactDecimal.zero, [String]())
            for step in buildUp.steps {
                let amount = buildUp.amount(step).amount
                let end = level + amount
                expected.append("\(amount.signum < 0 ? "saved" : "added") \(min(level, end)) \(max(level, end))")
                level = end
            }
            let sum = buildUp.requirement.amount
            #expect(bars == expected + ["sum \(min(sum, .zero)) \(max(sum, .zero))"])
        }
    }

    @Test func `link to rows of their own and nowhere else`() {
        for page in [text(NightPageSamples.ordinary), text(NightPageSamples.wide), houseText] {
            let links = Set(page.matches(of: /href="([^"]*)"/).map { String($0.output.1) })
            let anchors = Set(page.matches(of: /[ ]id="([^"]*)"/).map { "#" + $0.output.1 })
            #expect(!links.isEmpty && links.isSubset(of: anchors), "\(links.subtracting(anchors))")
            #expect(!page.contains("<script") && !page.contains("http-equiv=\"refresh\""))
        }
    }

    @Test func `of a member are a file of its own, not issued again where only the run's number differs`() throws {
        let scratch = try ScratchFolder()
        var earlier: [ReportFileEntry] = []
        for number: Int32 in 1...3 {
            var folder = try ReportFolder(root: scratch.path, header: header(run: number), earlier: earlier)
            var content = NightPageSamples.ordinary
            if number == 3 { content.callsDue = "13:00 Europe/Berlin" }
            try folder.add(MemberPage.page(content, header: header(run: number)))
            let sealed = try folder.seal()
            let file = try #require(sealed.files.first)
            let issuer: Int32 = number == 2 ? 1 : number
            #expect(file.name == "member-page.2018-12-31.ALPHA.EOD.r\(issuer).html" && file.member == "ALPHA")
            #expect(file.corrects == (number == 3 ? 1 : nil))
            // Three calls, twelve steps, eight of the change, an add-on, three of tomorrow, twenty nights, ten
            // positions, nine trades, two that touch.
            #expect(file.rowCount == 68)
            #expect(scratch.names("2018-12-31/EOD/r\(number)/members/ALPHA") == [file.name, "manifest.json"].sorted())
            earlier = [file]
        }
    }

    @Test func `of the house rank changes and findings, and count what they leave out`() throws {
        let page = houseText
        let changes = NightPageSamples.house.members.compactMap { member in
            member.marginBefore.map { abs(member.margin.minorUnits - $0.minorUnits) }
        }
        #expect(changes.max() == 25_005)
        let table = try #require(page.firstRange(of: "largest change of each currency first"))
        let dollars = try #require(
            page[table.upperBound...].firstMatch(of: /rowgroup"[^>]*>(M[0-9]+)<.*\n.*rowgroup"[^>]*>(M[0-9]+)</))
        #expect(dollars.output.1 == "M5")
        #expect(page.contains("40 in all; 5 tell of data that are stale."))
        #expect(page.contains("Left out: 10; the report findings has every one."))
        let block = try #require(page.firstRange(of: "WTI-F-40,")),
            stale = try #require(page.firstRange(of: "WTI-F-7,"))
        let other = try #require(page.firstRange(of: "WTI-F-1,"))
        #expect(block.lowerBound < stale.lowerBound && stale.lowerBound < other.lowerBound)
        #expect(page.contains("the fund would have to bear") && page.contains(">1286800.00<"))
    }

    @Test func `of the house tell how old calls are that are not met, the oldest first`() throws {
        let page = houseText
        #expect(page.contains("<p>3 in all, 1 of them overdue.</p>"))
        let table = try #require(page.firstRange(of: "The oldest first; age in business days"))
        let rows = page[table.upperBound...].matches(of: /<td[^>]*>(overdue|partly met|issued)</).map(\.output.1)
        #expect(rows == ["overdue", "partly met", "issued"] && page.contains(">7999.99<"))
    }

    @Test func `of a member show findings about its own and its series, never another's key`() {
        func finding(_ table: String, _ key: String) -> PageFinding {
            PageFinding(rule: "r", severity: "flag", table: table, rowKey: key, column: "c", waiver: nil)
        }
        func isShown(_ table: String, _ key: String) -> Bool {
            finding(table, key).isAbout(own: ["ALPHA", "A-H"], series: ["WTI-1"])
        }
        #expect(isShown("settlement_price", "2018-12-31, WTI-1, settlement"))
        #expect(!isShown("settlement_price", "2018-12-31, WTI-2, settlement"))
        #expect(isShown("position", "2018-12-31, A-H, , WTI-2") && isShown("clearing_member", "ALPHA"))
        #expect(!isShown("position", "2018-12-31, B-H, , WTI-1") && !isShown("series", "WTI-1"))
    }
}
