import ClearingModel
import EndOfDay
import Quantities
import Runtime
import Storage
import Stress

/// How a guaranty fund is sized and shared.
package struct FundTerms: Sendable {
    /// What contributions are in proportion to.
    package enum Weight: String, CaseIterable, Sendable {
        /// A member's largest stress shortfall over the nights.
        case shortfall
        /// Its requirement and add-ons of the business date, without the stress add-on.
        case requirement
    }

    /// Published nights looked back at, the business date's among them; above 0.
    package let nights: Int
    /// Fraction on top of the largest need, 0 or more.
    package let buffer: ExactDecimal
    /// Least size, in units of the base currency, 0 or more.
    package let floor: ExactDecimal
    package let weight: Weight
    /// Least contribution of a member, in units of the base currency, 0 or more.
    package let minimum: ExactDecimal
    /// What of the fund is the house's, in units of the base currency, 0 or more.
    package let houseTranche: ExactDecimal

    package init(
        nights: Int, buffer: ExactDecimal, floor: ExactDecimal, weight: Weight, minimum: ExactDecimal,
        houseTranche: ExactDecimal
    ) {
        self.nights = nights
        self.buffer = buffer
        self.floor = floor
        self.weight = weight
        self.minimum = minimum
        self.houseTranche = houseTranche
    }
}

/// A guaranty fund proposed from what the last published nights found, every figure with where it comes from.
///
/// Size: the largest Cover-2 need of the nights with a buffer, not below the floor, rounded up to a whole unit.
/// Contributions: the size less the house's tranche, by weight, with a minimum (`fundContributions`). Nothing is
/// written.
package struct ProposedFund: Sendable {
    /// One member's.
    package struct Contribution: Sendable {
        package let member: MemberCode
        package let amount: Money
        /// What it is in proportion to.
        package let weight: Money
        /// Whether the minimum binds.
        package let isMinimum: Bool
        /// The member's largest shortfall; nil where no night has the member.
        package let worst: WorstShortfall?
    }

    package let terms: FundTerms
    package let base: Currency
    /// The published nights that were looked at, the newest first.
    package let nights: [StressedNight]
    /// The night with the largest need, the earliest of equal ones.
    package let largest: StressedNight
    package let need: StressedNight.Need
    package let size: Money
    /// Whether the floor decides about the size.
    package let isFloor: Bool
    /// By member of the business date's run; they add up to the size less the house's tranche.
    package let contributions: [Contribution]
    package let effectiveFrom: BusinessDate

    /// Proposes a fund from the published nights up to a run's, which must be stressed, from a date on, or from the
    /// business day after the run's.
    /// - Throws: `Failure` 66 where the run was not stressed, 65 where the nights are in several currencies, the
    ///   calendar ends, or the terms do not fit the fund.
    package static func propose(
        _ terms: FundTerms, after context: RunContext, effectiveFrom: BusinessDate?, from database: Database
    ) throws -> ProposedFund {
        let store = StressHistoryStore(database)
        let (date, cycle) = (context.businessDate, context.cycle)
        return try database.atomically {
            guard let (base, requirements) = try store.members(run: context.run) else {
                throw Failure(
                    .inputMissing, "\(context.title) has no stress test: its parameter set has no stress set",
                    hint: "load a set with a row of stress_set, and run the night again")
            }
            let nights = try store.nights(cycle, through: date, count: terms.nights)
            let stressed = nights.compactMap { night in night.need.map { (night: night, need: $0) } }
            if let other = stressed.first(where: { $0.need.currency != base.code }) {
                throw Failure(
                    .inputRejected,
                    "\(other.night.businessDate) was stressed in \(other.need.currency), \(date) in \(base.code)",
                    hint: "look back at fewer nights: --nights")
            }
            guard let first = stressed.last else {
                throw Failure(
                    .inputMissing, "no published night up to \(date) has a scenario to size a fund by",
                    hint: "load a set with rows of stress_scenario, and run the night again")
            }
            // From the newest on: an equal need of an earlier night takes its place.
            let largest = stressed.reduce(first) { $1.need.coverTwo >= $0.need.coverTwo ? $1 : $0 }
            let worst = try store.worstShortfalls(cycle, through: date, count: terms.nights)
            let sized = fundSize(largestNeed: largest.need.coverTwo, buffer: terms.buffer, floor: terms.floor)
            let weights = requirements.map {
                terms.weight == .requirement ? $0.amount : worst[$0.member]?.amount ?? 0
            }
            let shares = try terms.shares(of: sized, weights, base)
            return ProposedFund(
                terms: terms, base: base, nights: nights, largest: largest.night, need: largest.need,
                size: Money(rounding: sized, currency: base),
                isFloor: sized > fundSize(largestNeed: largest.need.coverTwo, buffer: terms.buffer, floor: .zero),
                contributions: requirements.indices.map { index in
                    Contribution(
                        member: requirements[index].member,
                        amount: Money(minorUnits: shares[index].amount, currency: base),
                        weight: Money(minorUnits: weights[index], currency: base), isMinimum: shares[index].isMinimum,
                        worst: worst[requirements[index].member])
                },
                effectiveFrom: try effectiveFrom ?? nextDay(after: context, from: database))
        }
    }

    private static func nextDay(after context: RunContext, from database: Database) throws -> BusinessDate {
        let calendar = try BusinessCalendar.load(pinnedAt: context.pinnedLoad, from: database)
        guard let next = calendar.next(after: context.businessDate) else {
            throw Failure(
                .inputMissing, "the calendar ends on \(context.businessDate)",
                hint: "say from when the fund holds: --effective-from D")
        }
        return next
    }

    /// The rows that `margin load` takes.
    package var tables: [NewTableFolder.Table] {
        let currency = "\(base.code)"
        return [
            NewTableFolder.Table(
                name: "guaranty_fund", columns: ["effective_from", "amount", "currency"],
                rows: [["\(effectiveFrom)", size.text, currency]]),
            NewTableFolder.Table(
                name: "guaranty_fund_contribution", columns: ["effective_from", "member", "amount", "currency"],
                rows: contributions.map { ["\(effectiveFrom)", $0.member.text, $0.amount.text, currency] }),
        ]
    }
}

extension Money {
    /// The amount alone, with the currency's decimals.
    package var text: String { amount.text(decimals: currency.decimals) }
}

extension FundTerms {
    /// Contributions to a fund of a size, by member as the weights are.
    fileprivate func shares(
        of size: ExactDecimal, _ weights: [Int64], _ base: Currency
    ) throws -> [FundContribution] {
        let decimals = base.decimals
        for amount in [minimum, houseTranche] where amount.withoutTrailingZeros.scale > decimals {
            throw Failure(.usage, "\(amount) has more decimals than \(base.code)")
        }
        guard size <= ExactDecimal(minorUnits: .max, decimals: decimals) else {
            throw Failure(.inputRejected, "a fund of \(size) \(base.code) leaves 64 bits of minor units")
        }
        guard houseTranche <= size else {
            throw Failure(
                .inputRejected, "the house's tranche of \(houseTranche) is more than the fund of \(size) \(base.code)",
                hint: "a smaller --house-tranche, or a larger --floor")
        }
        let total = (size - houseTranche).minorUnits(decimals: decimals)
        guard minimum <= size,
            let shares = fundContributions(total, weights: weights, minimum: minimum.minorUnits(decimals: decimals))
        else {
            throw Failure(
                .inputRejected,
                "\(plural(Int64(weights.count), "member")) paying at least \(minimum) each pay more than the "
                    + "\(ExactDecimal(minorUnits: total, decimals: decimals)) \(base.code) that are to be paid",
                hint: "a smaller --minimum, or a larger --floor")
        }
        return shares
    }
}
