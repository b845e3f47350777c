import ClearingModel
import EndOfDay
import Parameters
import Quantities
import Runtime
import Stress

/// A followed default as lines for the operator; amounts are in the base currency.
struct DefaultText {
    private let followed: FollowedDefault

    init(_ followed: FollowedDefault) { self.followed = followed }

    func lines(_ title: String) -> [String] {
        let (rounds, waterfall) = (followed.secondRound.rounds, followed.waterfall)
        var lines = [
            "\(title), scenario \(followed.secondRound.scenario) \(followed.scenario), amounts in \(followed.base.code)"
        ]
        lines += rounds.flatMap(roundLines)
        if let refusal = followed.secondRound.refusal { lines.append("the rounds end here: \(refusal)") }
        if followed.secondRound.capReached {
            lines.append("the rounds end here: groups still defaulted in the last that the stress set follows")
        }
        guard !waterfall.defaulted.isEmpty else { return lines }
        lines.append("losses at the prices of round \(rounds.count - 1): \(money(waterfall.loss))")
        var left = waterfall.loss
        for step in Waterfall.Step.allCases {
            let total = waterfall.total(of: step)
            guard total > 0 else { continue }
            left -= total
            let shares = waterfall.lines.filter { $0.step == step }.compactMap { line in
                line.member.map { "\(followed.members[$0]) \(money(line.amount))" }
            }
            lines.append(
                "  \(step.words) \(money(total))" + (left > 0 ? ", left \(money(left))" : "")
                    + (shares.isEmpty ? "" : ": " + shares.joined(separator: ", ")))
        }
        if waterfall.loss == 0 { lines.append("  nobody loses") }
        return lines
    }

    private func roundLines(_ round: SecondRound.Round) -> [String] {
        var lines: [String] = []
        for impact in round.impacts {
            lines.append(
                "  \(impact.combinedCommodity): closing out \(impact.netDelta.text) contracts moves the price by "
                    + "\(impact.priceMove)" + participation(impact))
        }
        for member in round.members {
            lines.append(
                "  \(followed.members[member.member]) needs \(money(member.need)), uncovered "
                    + "\(money(member.uncovered)), can raise \(money(member.resource))"
                    + (member.defaults ? ": defaults" : ""))
        }
        let names = round.defaulting.map(group)
        let event =
            if !names.isEmpty {
                names.joined(separator: ", ") + (names.count == 1 ? " defaults" : " default")
            } else if round.number == 0 {
                "no group has a shortfall, so that nobody defaults"
            } else {
                round.members.isEmpty ? "nobody is left to default" : "nobody defaults"
            }
        return [
            "round \(round.number): \(event); shortfall \(money(round.shortfall)), fund left \(money(round.fundLeft))"
        ] + lines
    }

    private func participation(_ impact: CloseOutImpact) -> String {
        guard let participation = impact.participation else { return "" }
        let days = plural(Int64(followed.closeOutDays), "day")
        return ", \(participation.text(decimals: 6)) of the volume of \(days)"
            + (impact.isMoreThanVolume ? ", more than is traded" : "")
    }

    /// A group with its members, where they are not named alike.
    private func group(_ index: Int) -> String {
        let code = followed.groups[index]
        let members = followed.members.indices.filter { followed.memberGroups[$0] == code }.map {
            followed.members[$0].text
        }
        return members == [code.text] ? code.text : "\(code) (\(members.joined(separator: ", ")))"
    }

    private func money(_ units: Int64) -> String {
        ExactDecimal(minorUnits: units, decimals: followed.base.decimals).text(decimals: followed.base.decimals)
    }
}

extension Waterfall.Step {
    /// Who bears it.
    fileprivate var words: String {
        switch self {
        case .margin: "their margin bears"
        case .houseSurplus: "what their houses have to spare for clients bears"
        case .ownContribution: "their own contributions bear"
        case .defaultersContributions: "what is left of their contributions bears"
        case .houseTranche: "the house's tranche bears"
        case .survivorsContributions: "the survivors' contributions bear"
        case .assessment: "assessments of the survivors bear"
        case .uncovered: "nobody bears"
        }
    }
}
