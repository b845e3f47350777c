import ClearingModel
import Postgres
import Quantities
import Reporting

/// What the page of stress shows of a run: the rows of the reports of stress, in the reports' own words, and what each
/// group that is named is short of.
package struct StressPageReader {
    private let reports: ReportReader

    package init(_ reports: ReportReader) { self.reports = reports }

    /// - Throws: `PostgresError` for a run that was not stressed.
    package func read() throws -> StressPageContent {
        let run = reports.run
        let terms = try reports.database.one(
            .stressPageTerms,
            [.int64(run.id), .int64(run.load), run.businessDate.value, .text(run.parameterSet.text)])
        var content = StressPageContent(
            stressSet: try terms.text("stress_set"), currency: try terms.text("currency"),
            decimals: Int(try terms.int64("minor_unit_decimals")), coverCount: Int(try terms.int64("cover_count")),
            fund: try terms.decimal("fund"), reverseMax: try terms.decimalOrNull("reverse_max"),
            followsDefaults: try terms.bool("follows_defaults"))
        content.scenarios = try scenarios()
        content.edges = try edges()
        try readRounds(into: &content)
        return content
    }

    private func scenarios() throws -> [PageScenario] {
        let shares = Dictionary(
            try reports.database.rows(.stressPageShares, [.int64(reports.run.id)]).map { row in
                let share = PageShare(
                    group: try row.text("member_group"),
                    shortfall: try row.decimal("shortfall").withoutTrailingZeros)
                return (try row.int64("scenario_number"), [share])
            }, uniquingKeysWith: +)
        var scenarios: [PageScenario] = []
        try reports.database.stream(.reportCoverTwo, reports.literals) { row in
            let number = try row.int64()
            let (code, kind, isMaximum) = (try row.text(), try row.text(), try row.bool())
            // The groups, the currency and the totals of the house: named with the shares, said once, and not shown.
            for _ in 0..<4 { try row.skip() }
            let (coverOne, coverTwo, mutualised) = (try row.decimal(), try row.decimal(), try row.decimal())
            // The fund is the same in every row.
            try row.skip()
            let (sufficiency, isSufficient) = (try row.decimalOrNull(), try row.bool())
            // Whether contributions exceed the fund is no figure of a scenario.
            try row.skip()
            scenarios.append(
                PageScenario(
                    number: Int(number), code: code, kind: kind, isMaximum: isMaximum, shares: shares[number] ?? [],
                    coverOne: coverOne, coverTwo: coverTwo, mutualised: mutualised,
                    sufficiency: sufficiency, isSufficient: isSufficient))
        }
        return scenarios
    }

    private func edges() throws -> [PageEdge] {
        var edges: [PageEdge] = []
        try reports.database.stream(.reportReverseStress, reports.literals) { row in
            let number = Int(try row.int64())
            let (code, status, isSmallest) = (try row.text(), try row.text(), try row.bool())
            try row.skip()
            let (multiplier, coverTwo) = (try row.decimalOrNull(), try row.decimalOrNull())
            let (groups, reason) = (try row.text().split(separator: " ").map(String.init), try row.text())
            let outcome: PageEdge.Reach =
                if let multiplier, let coverTwo {
                    .reached(multiplier: multiplier.withoutTrailingZeros, coverTwo: coverTwo, groups: groups)
                } else if status == "domain" {
                    .domain(reason: reason)
                } else {
                    .notReached
                }
            edges.append(PageEdge(number: number, code: code, outcome: outcome, isSmallest: isSmallest))
        }
        return edges
    }

    private func readRounds(into content: inout StressPageContent) throws {
        var rounds: [PageRound] = []
        try reports.database.stream(.reportSecondRound, reports.literals) { row in
            let (round, scenario) = (Int(try row.int64()), Int(try row.int64()))
            let (code, groups) = (try row.text(), try row.text().split(separator: " ").map(String.init))
            try row.skip()
            rounds.append(
                PageRound(number: round, groups: groups, shortfall: try row.decimal(), fundLeft: try row.decimal()))
            content.ending = PageRoundsEnding(
                scenarioNumber: scenario, scenario: code, capReached: try row.bool(), reason: try row.text())
        }
        let places = Dictionary(
            rounds.indices.map { (rounds[$0].number, $0) }, uniquingKeysWith: { first, _ in first })
        let commodities = try reports.reference.commodities.get()
        try reports.database.stream(.reportSecondRoundImpacts, reports.literals) { row in
            let place = places[Int(try row.int64())]
            let commodity = try row.text()
            let position = commodities.index.position(of: Array(commodity.utf8).span)
            let impact = PageImpact(
                combinedCommodity: commodity, isSynthetic: position.map { commodities.isSynthetic[$0] } ?? false,
                netDelta: try row.decimal(), priceMove: try row.decimal(), participation: try row.decimalOrNull(),
                isMoreThanVolume: try row.bool())
            if let place { rounds[place].impacts.append(impact) }
        }
        try reports.database.stream(.reportSecondRoundMembers, reports.literals) { row in
            let place = places[Int(try row.int64())]
            let (member, group) = (try row.text(), try row.text())
            try row.skip()
            let survivor = PageSurvivor(
                member: member, group: group, need: try row.decimal(), uncovered: try row.decimal(),
                resource: try row.decimal(), defaults: try row.bool())
            if let place { rounds[place].survivors.append(survivor) }
        }
        content.rounds = rounds
    }
}
