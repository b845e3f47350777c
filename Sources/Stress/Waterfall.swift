import Margining
import Quantities

/// What a defaulted member's close-out costs, in minor units of the base currency, each 0 or more.
package struct DefaultedMember: Sendable {
    /// Index into the house's members.
    package let member: Int
    /// Σ max(0, E) over its units: a gain of one pays no other's loss but through the surplus below.
    package let loss: Int64
    /// What of it R of the units that lose bears.
    package let margin: Int64
    /// What of its clients' loss its house has to spare, where the stress set says that it covers them.
    package let houseSurplus: Int64

    package init(member: Int, loss: Int64, margin: Int64, houseSurplus: Int64) {
        self.member = member
        self.loss = loss
        self.margin = margin
        self.houseSurplus = houseSurplus
    }

    /// Its shortfall of docs/methodology.md §8.4.
    package var shortfall: Int64 { loss - margin - houseSurplus }
}

/// Who bears the losses of a default, in which order.
///
/// Amounts are whole minor units of the base currency, 0 or more, and the lines add up to the loss exactly. In order:
/// each defaulter's margin, what its house has to spare for its clients, its own contribution; what is left of all
/// defaulters' contributions; the house's tranche (the fund less all contributions, not below 0); the survivors'
/// contributions; then what the survivors are assessed for, without a limit, or where nobody survives what stays
/// uncovered. A step of several members is shared by their contributions, or what is left of them, by largest
/// remainder, equal remainders in the order of members; assessments evenly where no survivor has paid anything in.
/// Contributions never exceed the fund but by a rate (§8.1): else what reaches the last step is what the shortfalls of
/// §8.7 exceed the fund by. O(members · log members).
package struct Waterfall: Sendable {
    /// A step, in the order in which they are drawn on.
    package enum Step: String, CaseIterable, Sendable {
        case margin
        case houseSurplus = "house_surplus"
        case ownContribution = "own_contribution"
        case defaultersContributions = "defaulters_contributions"
        case houseTranche = "house_tranche"
        case survivorsContributions = "survivors_contributions"
        case assessment
        case uncovered
    }

    /// What one member, or the house, bears in one step.
    package struct Line: Hashable, Sendable {
        package let step: Step
        /// Index into the house's members; nil for the house's tranche and what nobody bears.
        package let member: Int?
        /// Above 0.
        package let amount: Int64
    }

    /// Who defaulted, by member.
    package let defaulted: [DefaultedMember]
    /// What all lines come to.
    package let loss: Int64
    /// In the order of the steps, and in each by member; lines of 0 are left out.
    package private(set) var lines: [Line] = []

    /// `contributions` are by member of the house; `defaulted` is by member, each once.
    package init(_ defaulted: [DefaultedMember], fund: Int64, contributions: [Int64]) {
        self.defaulted = defaulted
        loss = defaulted.reduce(0) { $0 + $1.loss }
        for member in defaulted { add(.margin, member.member, member.margin) }
        for member in defaulted { add(.houseSurplus, member.member, member.houseSurplus) }
        var rest: Int64 = 0
        var left = [Int64](repeating: 0, count: contributions.count)
        for member in defaulted {
            let own = min(member.shortfall, contributions[member.member])
            add(.ownContribution, member.member, own)
            left[member.member] = contributions[member.member] - own
            rest += member.shortfall - own
        }
        draw(.defaultersContributions, on: left, &rest)
        let tranche = min(rest, max(0, fund - contributions.reduce(0, +)))
        add(.houseTranche, nil, tranche)
        rest -= tranche
        let names = Set(defaulted.map(\.member))
        let survivors = contributions.indices.filter { !names.contains($0) }
        draw(
            .survivorsContributions, on: contributions.indices.map { names.contains($0) ? 0 : contributions[$0] }, &rest
        )
        if survivors.isEmpty {
            add(.uncovered, nil, rest)
        } else {
            let shares = sharedByLargestRemainder(rest, weights: survivors.map { contributions[$0] })
            for (member, share) in zip(survivors, shares) { add(.assessment, member, share) }
        }
    }

    /// What a step bears in all.
    package func total(of step: Step) -> Int64 { lines.reduce(0) { $1.step == step ? $0 + $1.amount : $0 } }

    private mutating func add(_ step: Step, _ member: Int?, _ amount: Int64) {
        if amount > 0 { lines.append(Line(step: step, member: member, amount: amount)) }
    }

    /// Takes as much of `amounts`, by member, as is needed.
    private mutating func draw(_ step: Step, on amounts: [Int64], _ rest: inout Int64) {
        let drawn = min(rest, amounts.reduce(0, +))
        guard drawn > 0 else { return }
        for (member, share) in sharedByLargestRemainder(drawn, weights: amounts).enumerated() {
            add(step, member, share)
        }
        rest -= drawn
    }
}

extension ShortfallTerms {
    /// What the members of some groups lose at exposures by portfolio, by member.
    func defaulted(_ groups: Set<Int>, exposures: [Int64]) -> [DefaultedMember] {
        units.members.indices.filter { groups.contains(units.groupOfMember[$0]) }.map { member in
            var (loss, margin, surplus, ofClients): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
            for unit in units.spans[member] {
                let (exposure, cover) = (units.sum(exposures, of: unit), units.sum(covers, of: unit))
                loss += max(0, exposure)
                margin += min(max(0, exposure), cover)
                if units.units[unit].isHouse {
                    surplus = max(0, cover - exposure)
                } else {
                    ofClients += max(0, exposure - cover)
                }
            }
            return DefaultedMember(
                member: member, loss: loss, margin: margin,
                houseSurplus: houseSurplusCoversClients ? min(surplus, ofClients) : 0)
        }
    }
}
