import Quantities

/// The three pictures and the tables below them.
extension StressPage {
    mutating func writeCovers(to html: inout HTMLWriter) {
        html.element("h2", text: "What the fund would have to bear")
        PageDocument.say(
            "Each bar is a scenario, the largest need first; its segments are the groups with the largest "
                + "shortfalls, the largest darkest. The red line is the fund. The outlined bar is the bound in which "
                + "no combined commodity offsets another: it is never the maximum.", to: &html)
        CoverChart(content).draw(into: &html)
        var table = PageTable(
            "Scenarios, amounts in \(content.currency); the worst is bold; – where nothing is needed",
            [
                .figures("No."), .words("Scenario"), .words("Kind"), .words("Groups"),
                .figures("Shortfall"), .figures("Cover-1"), .figures("Cover-\(content.coverCount)"),
                .figures("Mutualised"),
                .figures("Sufficiency"),
            ])
        for row in content.ranked + [content.bound].compactMap({ $0 }) {
            table.add(
                [
                    ["\(row.number)"], [row.code], [row.kind],
                    row.shares.isEmpty ? ["none"] : row.shares.map(\.group),
                    row.shares.isEmpty ? [""] : row.shares.map { content.text($0.shortfall) },
                    [content.text(row.coverOne)], [content.text(row.coverTwo)], [content.text(row.mutualised)],
                    [row.sufficiency.map(\.plainText) ?? "–"],
                ], isMarked: row.isMaximum)
        }
        write(table, to: &html)
    }

    mutating func writeEdges(to html: inout HTMLWriter) {
        html.element("h2", text: "How far each scenario is from the edge")
        guard let reverseMax = content.reverseMax, !content.edges.isEmpty else {
            return PageDocument.say("The stress set asks for no reverse stress.", to: &html)
        }
        PageDocument.say(
            "Each dot is the multiple of a scenario’s moves at which the fund breaks: left of 1 it breaks before "
                + "the moves are whole. The grid ends at \(reverseMax); an arrow there says that the fund holds on "
                + "all of it.",
            to: &html)
        EdgeChart(content, reverseMax: reverseMax).draw(into: &html)
        var table = PageTable(
            "Reverse stress, amounts in \(content.currency); the smallest multiple is bold",
            [
                .figures("No."), .words("Scenario"), .words("Outcome"), .figures("Multiple"),
                .figures("Cover-\(content.coverCount) there"), .words("Groups there"),
            ])
        for edge in content.rankedEdges {
            let start: [PageTable.Cell] = [["\(edge.number)"], [edge.code]]
            let rest: [PageTable.Cell] =
                switch edge.outcome {
                case .reached(let multiplier, let coverTwo, let groups):
                    [["reached"], [multiplier.description], [content.text(coverTwo)], [groups.joined(separator: ", ")]]
                case .notReached: [["not reached"], ["–"], ["–"], [""]]
                case .domain(let reason): [["no value: \(reason)"], ["–"], ["–"], [""]]
                }
            table.add(start + rest, isMarked: edge.isSmallest)
        }
        write(table, to: &html)
    }

    mutating func writeRounds(to html: inout HTMLWriter) {
        html.element("h2", text: "After the default")
        guard let ending = content.ending, !content.rounds.isEmpty else {
            return PageDocument.say(
                content.followsDefaults
                    ? "No group has a shortfall, so that there is no default to follow."
                    : "The stress set follows no default through the others.", to: &html)
        }
        PageDocument.say(
            "The default of the groups with the largest shortfalls in scenario \(ending.scenarioNumber) "
                + "\(ending.scenario), followed through the others. The filled bar is the shortfall of all who have "
                + "defaulted so far, the outlined one what is left of the fund; the red line is the whole fund. "
                + "\(end(ending))",
            to: &html)
        RoundChart(content).draw(into: &html)
        writeRoundTable(to: &html)
        writeImpacts(to: &html)
        writeSurvivors(to: &html)
    }

    private func end(_ ending: PageRoundsEnding) -> String {
        if !ending.reason.isEmpty { return "The rounds end before their time: \(ending.reason)." }
        return ending.capReached
            ? "The rounds end where the stress set stops following: groups still defaulted in the last."
            : "The rounds end when nobody else defaults."
    }

    private mutating func writeRoundTable(to html: inout HTMLWriter) {
        var table = PageTable(
            "Rounds, amounts in \(content.currency)",
            [.figures("Round"), .words("Groups that default in it"), .figures("Shortfall"), .figures("Fund left")])
        for round in content.rounds {
            table.add([
                ["\(round.number)"], [round.groups.isEmpty ? "none" : round.groups.joined(separator: ", ")],
                [content.text(round.shortfall)], [content.text(round.fundLeft)],
            ])
        }
        write(table, to: &html)
    }

    private mutating func writeImpacts(to html: inout HTMLWriter) {
        var table = PageTable(
            "What closing the defaulters out does to prices",
            [
                .figures("Round"), .words("Combined commodity"), .figures("Net delta"), .figures("Price move"),
                .figures("Participation"), .words("More than is traded"), .words("Data"),
            ])
        for round in content.rounds {
            for impact in round.impacts {
                table.add([
                    ["\(round.number)"], [impact.combinedCommodity], [impact.netDelta.plainText],
                    [impact.priceMove.description], [impact.participation.map(\.plainText) ?? "no volume"],
                    [impact.isMoreThanVolume ? "yes" : "no"], [impact.isSynthetic ? "made up" : "real"],
                ])
            }
        }
        if table.rows.isEmpty { return PageDocument.say("Nothing is closed out.", to: &html) }
        write(table, to: &html)
    }

    /// Who has something left uncovered; the others are counted.
    private mutating func writeSurvivors(to html: inout HTMLWriter) {
        var table = PageTable(
            "What surviving members would have to find beyond their collateral, amounts in \(content.currency); who "
                + "cannot is bold",
            [
                .figures("Round"), .words("Member"), .words("Group"), .figures("Need"), .figures("Uncovered"),
                .figures("Can raise"), .words("Defaults"),
            ])
        var covered = 0
        for round in content.rounds {
            for member in round.survivors {
                guard member.uncovered.signum > 0 else {
                    covered += 1
                    continue
                }
                let goes = member.defaults ? "yes" : round.groups.contains(member.group) ? "with its group" : "no"
                table.add(
                    [
                        ["\(round.number)"], [member.member], [member.group], [content.text(member.need)],
                        [content.text(member.uncovered)], [content.text(member.resource)], [goes],
                    ], isMarked: member.defaults)
            }
        }
        if !table.rows.isEmpty { write(table, to: &html) }
        if covered > 0 {
            PageDocument.say(
                "Left out: \(covered) row\(covered == 1 ? "" : "s") of the report second-round-members, of members "
                    + "whose "
                    + "collateral covers what they need.", to: &html)
        }
    }
}
