import Quantities
import Scenarios

/// What one owner's positions in a risk group come to by simulation (docs/methodology.md §7).
package struct SimulatedGroupRisk: Sendable {
    /// One combined commodity that the owner holds, with the core of its positions alone.
    package struct Held: Sendable {
        /// Index into the book's combined commodities.
        package let combinedCommodity: Int
        /// 0 or more.
        package let core: Money

        package init(combinedCommodity: Int, core: Money) {
            self.combinedCommodity = combinedCommodity
            self.core = core
        }
    }

    /// The caller's index of the group.
    package let group: Int
    package let measure: RiskGroupMeasure
    /// 0 or more.
    package let core: Money
    /// In the order of the book, at least one.
    package let held: [Held]

    package init(group: Int, measure: RiskGroupMeasure, core: Money, held: [Held]) {
        precondition(!held.isEmpty, "a simulated group is held")
        self.group = group
        self.measure = measure
        self.core = core
        self.held = held
    }
}

/// A risk group beside its scanning risk: what counts, and what the other measure says.
package struct RiskGroupOutcome: Sendable {
    /// The part of a combined commodity in a replaced risk; the parts add up to it.
    package struct Share: Sendable {
        package let combinedCommodity: Int
        package let standaloneCore: Money
        package let risk: Money
        package let initialRisk: Money
        package let standaloneInitialRisk: Money
    }

    package let simulated: SimulatedGroupRisk
    /// Sum of the group's risk lines by scanning, spreads and charges.
    package let scanRisk: Money
    /// What counts, and the measure that does not.
    package let risk: Money
    package let challenger: Money
    package let initialRisk: Money
    /// Empty where scanning counts.
    package let shares: [Share]
}

extension MarginKernel {
    /// An owner's requirement with the risk of its simulated groups in the place of their combined commodities' lines,
    /// before the offset cap and net option value (docs/methodology.md §6.6, §7).
    ///
    /// A group that declares scanning changes nothing. A scan-based spread lies wholly inside a group or outside all.
    package func counting(
        _ groups: [SimulatedGroupRisk], in owner: OwnerRequirement, of account: AccountTerms
    ) -> (requirement: OwnerRequirement, outcomes: [RiskGroupOutcome]) {
        guard !groups.isEmpty else { return (owner, []) }
        var lines = owner.riskLines
        var outcomes: [RiskGroupOutcome] = []
        for group in groups {
            let members = group.held.map(\.combinedCommodity)
            let replaced = lines.filter { $0.legs.allSatisfy(members.contains) }
            guard !replaced.isEmpty else { continue }
            let found = outcome(group, replaced, in: owner, of: account)
            outcomes.append(found)
            if group.measure == .scan { continue }
            let index = lines.firstIndex { $0.legs.allSatisfy(members.contains) } ?? lines.endIndex
            lines.removeAll { $0.legs.allSatisfy(members.contains) }
            lines.insert(line(of: found, replaced), at: index)
        }
        return (
            owner.replacing(riskLines: lines, currencies: currencyRequirements(of: account, riskLines: lines)), outcomes
        )
    }

    private func outcome(
        _ group: SimulatedGroupRisk, _ lines: [RiskLine], in owner: OwnerRequirement, of account: AccountTerms
    ) -> RiskGroupOutcome {
        let scan = lines.dropFirst().reduce(lines[0].risk) { $0 + $1.risk }
        let isScanHigher = scan.minorUnits > group.core.minorUnits
        let (higher, lower) = isScanHigher ? (scan, group.core) : (group.core, scan)
        let (risk, challenger) =
            switch group.measure {
            case .scan: (scan, group.core)
            case .expectedShortfall: (group.core, scan)
            case .higher: (higher, lower)
            }
        let initialRisk =
            group.measure == .scan
            ? lines.dropFirst().reduce(lines[0].initialRisk) { $0 + $1.initialRisk }
            : Self.initialRisk(risk, account: account)
        return RiskGroupOutcome(
            simulated: group, scanRisk: scan, risk: risk, challenger: challenger, initialRisk: initialRisk,
            shares: group.measure == .scan
                ? [] : shares(of: group, risk: risk, initialRisk: initialRisk, in: owner, account))
    }

    /// The risk shared by the cores of the combined commodities alone; where all are 0 by their scanning risks, and
    /// where those are 0 too evenly.
    private func shares(
        of group: SimulatedGroupRisk, risk: Money, initialRisk: Money, in owner: OwnerRequirement,
        _ account: AccountTerms
    ) -> [RiskGroupOutcome.Share] {
        let scanned = group.held.map { held in
            owner.combinedCommodities.first { $0.combinedCommodity == held.combinedCommodity }
        }
        var weights = group.held.map(\.core.minorUnits)
        if weights.allSatisfy({ $0 == 0 }) { weights = scanned.map { $0?.risk.minorUnits ?? 0 } }
        if weights.allSatisfy({ $0 == 0 }) { weights = weights.map { _ in 1 } }
        let total = weights.reduce(0) { $0 + Int128($1) }
        let unit = PowersOfTen.int128(risk.currency.decimals)
        func shared(_ amount: Money) -> [Money] {
            sharedByLargestRemainder(
                amount,
                over: weights.map { ExactFraction(Int128(amount.minorUnits) * Int128($0), over: total * unit) })
        }
        let (risks, initialRisks) = (shared(risk), shared(initialRisk))
        return group.held.indices.map { index in
            let alone = Self.initialRisk(group.held[index].core, account: account)
            let scan = scanned[index]?.standaloneInitialRisk ?? alone
            return RiskGroupOutcome.Share(
                combinedCommodity: group.held[index].combinedCommodity, standaloneCore: group.held[index].core,
                risk: risks[index], initialRisk: initialRisks[index],
                standaloneInitialRisk: group.measure == .higher && scan.minorUnits > alone.minorUnits ? scan : alone)
        }
    }

    /// The group's line; its scanning components are the replaced lines' added.
    private func line(of outcome: RiskGroupOutcome, _ lines: [RiskLine]) -> RiskLine {
        func sum(_ component: KeyPath<RiskLine, Money>) -> Money {
            lines.dropFirst().reduce(lines[0][keyPath: component]) { $0 + $1[keyPath: component] }
        }
        return RiskLine(
            source: .riskGroup(outcome.simulated.group), legs: outcome.simulated.held.map(\.combinedCommodity),
            scan: sum(\.scan), intra: sum(\.intra), delivery: sum(\.delivery), credits: sum(\.credits),
            shortOptionMinimum: sum(\.shortOptionMinimum), netOptionValue: sum(\.netOptionValue), risk: outcome.risk,
            initialRisk: outcome.initialRisk,
            standaloneInitialRisk: outcome.shares.reduce(.zero(outcome.risk.currency)) {
                $0 + $1.standaloneInitialRisk
            },
            isLongPremiumOptionsOnly: lines.allSatisfy(\.isLongPremiumOptionsOnly))
    }
}
